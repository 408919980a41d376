"""Where values come from: a file, the files that it extends, the command line."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ssmlint.configuration.files import PYPROJECT, Layer, Origin, shown, table_of, text_of
from ssmlint.configuration.places import KeyPath, lines_of
from ssmlint.configuration.table import BY_NAME, Joining, Kind, Option
from ssmlint.configuration.values import WrongValue, read_value
from ssmlint.errors import UserError
from ssmlint.near import nearest
from ssmlint.toml import TomlError, loads

_IN_PYPROJECT: KeyPath = ("tool", "ssmlint")


def layers_of(path: str) -> Sequence[Layer]:
    """The layers of a configuration file: what it extends first, itself last.

    Raises `UserError`, with file and line, for whatever is wrong in any of them.
    """
    layers: list[Layer] = []
    seen: list[str] = []
    asked: Origin | None = None
    while True:
        real = os.path.realpath(path)
        if real in seen and asked is not None:
            text = f"`extend` leads back to `{shown(path)}`"
            raise UserError(text, path=asked.path, line=asked.line)
        seen.append(real)
        layer = _read(path, asked)
        layers.append(layer)
        if "extend" not in layer.values:
            return layers[::-1]
        path, asked = layer.values["extend"], layer.origins["extend"]


def _read(path: str, asked: Origin | None) -> Layer:
    try:
        text = text_of(path)
    except UserError as error:
        if asked is None:
            raise
        raise UserError(error.message, path=asked.path, line=asked.line) from error
    data = table_of(text, path)
    if data is None:
        text = f"`{shown(path)}` has no table `[tool.ssmlint]`"
        raise UserError(
            text, path=asked.path if asked else None, line=asked.line if asked else None
        )
    prefix = _IN_PYPROJECT if os.path.basename(path) == PYPROJECT else ()
    where = _Where(shown(path), text, prefix)
    return layer_from(data, os.path.dirname(os.path.abspath(path)), where)


class _Where:
    """Finds the lines of keys; the text is read a second time only when one is asked for."""

    def __init__(self, path: str, text: str = "", prefix: KeyPath = ()) -> None:
        self.path = path
        self._text = text
        self._prefix = prefix
        self._lines: Mapping[KeyPath, int] | None = None

    def __call__(self, keys: KeyPath) -> Origin:
        if self._lines is None:
            self._lines = lines_of(self._text)
        full = (*self._prefix, *keys)
        while full and full not in self._lines:
            full = full[:-1]
        return Origin(self.path, self._lines.get(full))


def layer_from(data: Mapping[str, Any], directory: str, where: _Where) -> Layer:
    """Check a table of options.  Raises `UserError`."""
    values: dict[str, Any] = {}
    for key, value in data.items():
        option = BY_NAME.get(key)
        if option is None:
            raise _unknown_key(key, where)
        try:
            values[key] = read_value(option, value, directory)
        except WrongValue as wrong:
            raise _wrong_value(option, wrong, where) from wrong
    return Layer(where.path, values, {key: where((key,)) for key in values})


def _unknown_key(key: str, where: _Where) -> UserError:
    near = nearest(key.replace("_", "-"), BY_NAME)
    hint = f"did you mean `{near}`?" if near else "`ssmlint config` lists the options"
    origin = where((key,))
    return UserError(f"unknown option `{key}`", hint=hint, path=origin.path, line=origin.line)


def _wrong_value(option: Option, wrong: WrongValue, where: _Where) -> UserError:
    origin = where((option.name, *wrong.path))
    hint = wrong.hint or f"`ssmlint config {option.name}` explains it"
    text = f"`{option.name}`: {wrong.message}"
    return UserError(text, hint=hint, path=origin.path, line=origin.line)


def layer_of_words(words: Sequence[str]) -> Layer:
    """What `--config KEY=VALUE` says.  Raises `UserError`."""
    values: dict[str, Any] = {}
    origins: dict[str, Origin] = {}
    for word in words:
        origin = Origin(f"--config {word}")
        layer = layer_from(_table_in(word), os.getcwd(), _Where(origin.path))
        for name, value in layer.values.items():
            values[name] = joined(BY_NAME[name], values.get(name), value)
            origins[name] = origin
    if "extend" in values:
        raise UserError("`extend` is for files", hint="`--config FILE` names a file")
    return Layer("command line", values, origins)


def _table_in(word: str) -> dict[str, Any]:
    """`KEY=VALUE` as a table; a value that is no TOML is a string, or a list by commas."""
    key, _, value = word.partition("=")
    try:
        return loads(f"{key}={value}")
    except TomlError:
        pass
    option = BY_NAME.get(key.strip())
    listed = option is not None and option.kind in (Kind.SELECTORS, Kind.GLOBS)
    text = value.strip()
    given: Any = [part.strip() for part in text.split(",")] if listed else text
    try:
        table = loads(f"{key}=0")
    except TomlError as error:
        raise UserError(f"`{word}` is no KEY=VALUE: {error.message}") from error
    inner = table
    while isinstance(next(iter(inner.values())), dict):
        inner = next(iter(inner.values()))
    inner[next(iter(inner))] = given
    return table


def joined(option: Option, base: Any, value: Any) -> Any:
    """The value of an option where one is given on top of another (None: none)."""
    if base is None or option.joining in (Joining.REPLACES, Joining.STAYS):
        return value
    if isinstance(value, tuple):
        return (*base, *value)
    return {**base, **value}


def stacked(layers: Sequence[Layer]) -> Iterator[tuple[Option, Any, tuple[Origin, ...]]]:
    """Each option that any of the layers sets, later ones on top, and where from."""
    for option in BY_NAME.values():
        value: Any = None
        origins: tuple[Origin, ...] = ()
        for layer in layers:
            if option.name in layer.values:
                replaces = option.joining in (Joining.REPLACES, Joining.STAYS)
                value = joined(option, value, layer.values[option.name])
                here = (layer.origins[option.name],)
                origins = here if replaces else (*origins, *here)
        if origins:
            yield option, value, origins
