"""The values of options: checked, and made into what the rest of ssmlint wants."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ssmlint.configuration.places import KeyPath
from ssmlint.configuration.table import SEVERITIES, Kind, Option
from ssmlint.globs import Glob, problem_of
from ssmlint.near import nearest
from ssmlint.packs import all_rules
from ssmlint.rule import Severity
from ssmlint.settings import is_selector, near_rule
from ssmlint.toml import type_name

_VERSION = re.compile(r"\d+(?:\.\d+){1,3}")


class WrongValue(Exception):
    """A value that an option does not take; `path` leads from the option to the place."""

    def __init__(self, message: str, path: KeyPath = (), hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.hint = hint


def read_value(option: Option, value: Any, directory: str) -> Any:
    """What an option's value means; paths and patterns are those of a folder (absolute).

    Raises `WrongValue`.
    """
    if option.kind is Kind.CHOICE:
        return _choice(value, option.choices)
    return _READERS[option.kind](value, directory)


def _wrong_type(expected: str, value: Any, path: KeyPath = ()) -> WrongValue:
    return WrongValue(f"expected {expected}, not {type_name(value)}", path)


def _text(value: Any, path: KeyPath = (), expected: str = "a string") -> str:
    if not isinstance(value, str):
        raise _wrong_type(expected, value, path)
    return value


def _texts(value: Any, path: KeyPath = ()) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise _wrong_type("a list of strings", value, path)
    expected = "a list of strings"
    return tuple(_text(item, (*path, n), expected) for n, item in enumerate(value))


def _table(value: Any, path: KeyPath = ()) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise _wrong_type("a table", value, path)
    return value


def _choice(value: Any, choices: Sequence[str], path: KeyPath = ()) -> str:
    text = _text(value, path)
    if text not in choices:
        near = nearest(text, choices)
        listed = ", ".join(f"`{choice}`" for choice in choices)
        hint = f"did you mean `{near}`?" if near else ""
        raise WrongValue(f"`{text}` is not one of {listed}", path, hint)
    return text


def _selector(text: str, path: KeyPath) -> str:
    if not is_selector(text, all_rules()):
        near = near_rule(text, all_rules())
        hint = f"did you mean `{near}`?" if near else "`ssmlint rule --all` lists the rules"
        raise WrongValue(f"unknown rule `{text}`", path, hint)
    return text


def _selectors(value: Any, _: str = "", path: KeyPath = ()) -> tuple[str, ...]:
    texts = _texts(value, path)
    return tuple(_selector(text, (*path, number)) for number, text in enumerate(texts))


def _glob(text: str, directory: str, path: KeyPath) -> Glob:
    problem = problem_of(text)
    if problem is not None:
        raise WrongValue(f"`{text}` is no pattern: {problem}", path)
    return Glob(text, directory)


def _globs(value: Any, directory: str) -> tuple[Glob, ...]:
    texts = _texts(value)
    return tuple(_glob(text, directory, (number,)) for number, text in enumerate(texts))


def _path(value: Any, directory: str) -> str:
    text = _text(value)
    if not text:
        raise WrongValue("an empty path")
    return os.path.normpath(os.path.join(directory, os.path.expanduser(text)))


def _version(value: Any, _: str) -> str:
    text = _text(value)
    if not _VERSION.fullmatch(text):
        raise WrongValue(f"`{text}` is no version number", hint="expected one like `3.2.2303.0`")
    return text


def _flag(value: Any, _: str) -> bool:
    if not isinstance(value, bool):
        raise _wrong_type("`true` or `false`", value)
    return value


def _severities(value: Any, _: str) -> dict[str, Severity]:
    found: dict[str, Severity] = {}
    for selector, severity in _table(value).items():
        _selector(selector, (selector,))
        found[selector] = Severity(_choice(severity, SEVERITIES, (selector,)))
    return found


def _file_selectors(value: Any, directory: str) -> tuple[tuple[Glob, tuple[str, ...]], ...]:
    return tuple(
        (_glob(pattern, directory, (pattern,)), _selectors(selectors, path=(pattern,)))
        for pattern, selectors in _table(value).items()
    )


def _documents(value: Any, directory: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, written in _table(value).items():
        text = _text(written, (name,), "a path, as a string")
        path = os.path.normpath(os.path.join(directory, os.path.expanduser(text)))
        if not os.path.isfile(path) and _looks_like_a_path(text):
            raise WrongValue(f"there is no file `{text}`", (name,))
        found[name] = path if os.path.isfile(path) else text
    return found


def _looks_like_a_path(text: str) -> bool:
    return "/" in text or os.sep in text or text.endswith((".yaml", ".yml", ".json"))


def _effects(value: Any, _: str) -> tuple[Mapping[str, object], ...]:
    if not isinstance(value, list):
        raise WrongValue(f"expected a list of tables, not {type_name(value)}", hint=_EFFECTS_HINT)
    return tuple(_effect(row, number) for number, row in enumerate(value))


def _effect(value: Any, number: int) -> Mapping[str, object]:
    # Not at the top: few configurations have any.
    from ssmlint.shell.effect_rows import effect_row

    row = _table(value, (number,))
    try:
        effect_row(row)
    except ValueError as error:
        message = str(error)
        named = (key for key in row if f"`{key}`" in message.partition(": ")[2])
        raise WrongValue(message, (number, *list(named)[:1])) from error
    return row


_EFFECTS_HINT = "each row begins with `[[effects]]`"

_READERS: dict[Kind, Callable[[Any, str], Any]] = {
    Kind.TEXT: lambda value, _: _text(value),
    Kind.PATH: _path,
    Kind.VERSION: _version,
    Kind.SELECTORS: _selectors,
    Kind.GLOBS: _globs,
    Kind.SEVERITIES: _severities,
    Kind.FILE_SELECTORS: _file_selectors,
    Kind.DOCUMENTS: _documents,
    Kind.EFFECTS: _effects,
    Kind.FLAG: _flag,
}
