"""The JSON Schema of a configuration file, made from the table of options."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ssmlint.configuration.table import OPTIONS, SEVERITIES, Kind, Option
from ssmlint.project import SITE
from ssmlint.shell.effect_rows import FLAGS, LISTS, TEXTS, EffectKind

_STRING: dict[str, Any] = {"type": "string"}
_STRINGS: dict[str, Any] = {"type": "array", "items": _STRING}
_GLOB: dict[str, Any] = {"type": "string", "minLength": 1}


def schema() -> dict[str, Any]:
    """The schema of `ssmlint.toml`, and of `[tool.ssmlint]` in a `pyproject.toml`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{SITE}/ssmlint.schema.json",
        "title": "Configuration of ssmlint",
        "type": "object",
        "additionalProperties": False,
        "properties": {option.name: _property(option) for option in OPTIONS},
    }


def _property(option: Option) -> dict[str, Any]:
    about = {
        "title": option.summary,
        "description": option.text,
        "x-default": option.default,
        "x-extends": option.joining.value,
    }
    return {**about, **_shape(option)}


def _shape(option: Option) -> dict[str, Any]:
    match option.kind:
        case Kind.CHOICE:
            return {"enum": list(option.choices)}
        case Kind.SELECTORS:
            return _STRINGS
        case Kind.GLOBS:
            return {"type": "array", "items": _GLOB}
        case Kind.SEVERITIES:
            return _table({"enum": list(SEVERITIES)})
        case Kind.FILE_SELECTORS:
            return _table(_STRINGS)
        case Kind.DOCUMENTS:
            return _table({"type": "string", "minLength": 1})
        case Kind.VERSION:
            return {"type": "string", "pattern": r"^[0-9]+(\.[0-9]+){1,3}$"}
        case Kind.FLAG:
            return {"type": "boolean"}
        case Kind.EFFECTS:
            return {"type": "array", "items": _effect()}
    return {"type": "string", "minLength": 1}


def _table(values: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": values}


def _each(keys: Iterable[str], values: dict[str, Any]) -> dict[str, Any]:
    return {key: dict(values) for key in keys}


def _effect() -> dict[str, Any]:
    """A row of effects, as far as a schema can say it."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["name", "kind", "source"],
        "properties": {
            **_each(TEXTS, _STRING),
            **_each(LISTS, _STRINGS),
            **_each(FLAGS, {"type": "boolean"}),
            "kind": {"enum": [kind.value for kind in EffectKind]},
            "operands": {"type": "array"},
            "status": _table(_STRING),
        },
    }
