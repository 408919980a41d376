"""What the editor's settings say: `initializationOptions`, `workspace/configuration`.

docs/editors.md describes them for users.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from ssmlint.near import nearest
from ssmlint.records import dataclass

#: The section of the editor's settings that is ours.
SECTION = "ssmlint"

#: Milliseconds without a keystroke before a text is checked.
DEBOUNCE = 150
_LONGEST_DEBOUNCE = 10_000

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Options:
    """The editor's settings, read."""

    configuration: str | None = None
    """A configuration file that holds for all files, as `--config FILE` does."""
    isolated: bool = False
    """Whether no configuration file holds, as with `--isolated`."""
    words: tuple[str, ...] = ()
    """Options of the configuration on top of all files, as `--config KEY=VALUE` has them."""
    debounce: int = DEBOUNCE
    """In milliseconds."""


def read_options(data: Any) -> tuple[Options, tuple[str, ...]]:
    """The options in what an editor sends, and what is wrong with them, one line each.

    What is wrong is left out.  Editors send the section itself, or an object around it.
    """
    if isinstance(data, Mapping) and isinstance(data.get(SECTION), Mapping):
        data = data[SECTION]
    if data is None:
        return Options(), ()
    if not isinstance(data, Mapping):
        return Options(), (f"settings `{SECTION}` must be an object",)
    values: dict[str, Any] = {}
    problems: list[str] = []
    for key, value in data.items():
        reader = _READERS.get(key)
        if reader is None:
            near = nearest(key, _READERS)
            hint = f", did you mean `{SECTION}.{near}`?" if near else ""
            problems.append(f"unknown setting `{SECTION}.{key}`{hint}")
        elif value is not None:
            try:
                values |= reader(value)
            except ValueError as error:
                problems.append(f"setting `{SECTION}.{key}` must be {error}")
    return Options(**values), tuple(problems)


def _configuration(value: Any) -> dict[str, Any]:
    if not isinstance(value, str):
        raise ValueError("the path of a file")
    return {"configuration": value or None}


def _isolated(value: Any) -> dict[str, Any]:
    if not isinstance(value, bool):
        raise ValueError("true or false")
    return {"isolated": value}


def _debounce(value: Any) -> dict[str, Any]:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not 0 <= value <= _LONGEST_DEBOUNCE:
        raise ValueError(f"a number of milliseconds up to {_LONGEST_DEBOUNCE:,}")
    return {"debounce": int(value)}


def _options(value: Any) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise ValueError("an object with options of the configuration")
    return {"words": tuple(f"{_key(name)}={_toml(item)}" for name, item in value.items())}


_READERS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "configuration": _configuration,
    "isolated": _isolated,
    "debounce": _debounce,
    "options": _options,
}


def _key(name: str) -> str:
    return name if _BARE_KEY.fullmatch(name) else json.dumps(name)


def _toml(value: Any) -> str:
    """A value of JSON as TOML has it: strings, numbers and booleans look the same."""
    match value:
        case Mapping():
            return f"{{{', '.join(f'{_key(k)} = {_toml(v)}' for k, v in value.items())}}}"
        case list():
            return f"[{', '.join(map(_toml, value))}]"
        case None:
            raise ValueError("without `null`")
    return json.dumps(value, ensure_ascii=False)
