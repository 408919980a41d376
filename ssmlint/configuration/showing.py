"""A configuration as it came to be: every value, and where it was written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ssmlint.configuration import Configuration
from ssmlint.configuration.files import Origin
from ssmlint.configuration.table import OPTIONS, Joining, Option
from ssmlint.globs import Glob
from ssmlint.rule import Severity

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


def as_text(configuration: Configuration) -> Iterator[str]:
    """Lines of TOML, each value with a comment on where it comes from."""
    for option in _shown():
        if option.name in configuration.values:
            value = _toml(plain(configuration.values[option.name]))
            origins = ", ".join(map(str, configuration.origins[option.name]))
            yield f"{option.name} = {value}  # {origins}"
        else:
            yield f"# {option.name}: {option.default}"


def as_data(configuration: Configuration) -> dict[str, Any]:
    """The same as data: the options that are set anywhere."""
    return {
        option.name: {
            "value": plain(configuration.values[option.name]),
            "origins": [_origin(origin) for origin in configuration.origins[option.name]],
        }
        for option in _shown()
        if option.name in configuration.values
    }


def _shown() -> Iterator[Option]:
    return (option for option in OPTIONS if option.joining is not Joining.STAYS)


def _origin(origin: Origin) -> dict[str, Any]:
    return {"path": origin.path, "line": origin.line}


def plain(value: Any) -> Any:
    """A value as it may be written in a file."""
    match value:
        case Glob():
            return value.pattern
        case Severity():
            return value.value
        case Mapping():
            return {key: plain(inner) for key, inner in value.items()}
        case ((Glob(), tuple()), *_):
            return {glob.pattern: list(selectors) for glob, selectors in value}
        case tuple() | list():
            return [plain(item) for item in value]
    return value


def _toml(value: Any) -> str:
    match value:
        case Mapping():
            pairs = (f"{_key(key)} = {_toml(inner)}" for key, inner in value.items())
            return f"{{{', '.join(pairs)}}}"
        case list():
            return f"[{', '.join(_toml(item) for item in value)}]"
        case bool():
            return str(value).lower()
        case int() | float():
            return str(value)
    # What JSON escapes in a string, TOML escapes alike.
    return json.dumps(str(value), ensure_ascii=False)


def _key(text: str) -> str:
    return text if _BARE_KEY.fullmatch(text) else json.dumps(text, ensure_ascii=False)
