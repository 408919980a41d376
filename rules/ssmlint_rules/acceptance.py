"""A quick look whether a JSON Schema accepts some data, without importing `jsonschema`.

Most documents are accepted, and then nothing more is to be said.  `jsonschema` (which takes
longer to import than a small document takes to check) is asked only for the errors of the
others.  A keyword that is not known here means no answer, so nothing is accepted by mistake;
a test holds the answers against those of `jsonschema`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from typing import Any

from ssmlint.records import dataclass

Schema = Mapping[str, Any]

#: Keywords that say something about a value but ask nothing of it.
_ANNOTATIONS = frozenset(
    {"$schema", "$id", "$defs", "$comment", "title", "description", "deprecated", "default"}
    | {"examples", "then", "else"}
)


def accepts(name: str, data: object, files: Mapping[str, Schema]) -> bool:
    """Whether the schema of that name surely accepts data as `json.loads` makes them.

    `files` holds the schema and those it refers to, by the names it gives them.
    """
    try:
        return _Scope(name, files).accepts(files[name], data)
    except _Unsure:
        return False


class _Unsure(Exception):
    """A keyword, or a use of one, that is not known here."""


@dataclass(frozen=True, slots=True)
class _Scope:
    """The file whose schema is looked at, which its references start from."""

    name: str
    files: Mapping[str, Schema]

    def accepts(self, schema: Schema | bool, data: Any) -> bool:
        if isinstance(schema, bool):
            return schema
        for keyword, wanted in schema.items():
            if keyword not in _ANNOTATIONS:
                check = _KEYWORDS.get(keyword)
                if check is None:
                    raise _Unsure
                if not check(self, wanted, data, schema):
                    return False
        return True

    def refer(self, reference: str, data: Any) -> bool:
        name, _, pointer = reference.partition("#")
        scope = _Scope(name or self.name, self.files)
        schema: Any = self.files.get(scope.name)
        for part in pointer.split("/")[1:]:
            schema = schema.get(part) if isinstance(schema, dict) else None
        if schema is None:
            raise _Unsure
        return scope.accepts(schema, data)


_Keyword = Callable[[_Scope, Any, Any, Schema], bool]


def _type(_: _Scope, wanted: Any, data: Any, __: Schema) -> bool:
    names = [wanted] if isinstance(wanted, str) else wanted
    return any(_TYPES[name](data) for name in names)


_TYPES: dict[str, Callable[[Any], bool]] = {
    "object": lambda data: isinstance(data, dict),
    "array": lambda data: isinstance(data, list),
    "string": lambda data: isinstance(data, str),
    "boolean": lambda data: isinstance(data, bool),
    "null": lambda data: data is None,
    "number": lambda data: _is_number(data),
    "integer": lambda data: (
        (isinstance(data, int) and not isinstance(data, bool))
        or (isinstance(data, float) and data.is_integer())
    ),
}


def _is_number(data: Any) -> bool:
    return isinstance(data, int | float) and not isinstance(data, bool)


def _equal(wanted: Any, data: Any) -> bool:
    if isinstance(wanted, list | dict) or isinstance(data, list | dict):
        if type(wanted) is not type(data):
            return False
        raise _Unsure
    return isinstance(wanted, bool) is isinstance(data, bool) and bool(wanted == data)


def _additional(scope: _Scope, wanted: Any, data: Any, schema: Schema) -> bool:
    known = schema.get("properties", {})
    return not isinstance(data, dict) or all(
        scope.accepts(wanted, value) for key, value in data.items() if key not in known
    )


def _properties(scope: _Scope, wanted: Any, data: Any, _: Schema) -> bool:
    return not isinstance(data, dict) or all(
        scope.accepts(wanted[key], value) for key, value in data.items() if key in wanted
    )


def _if(scope: _Scope, wanted: Any, data: Any, schema: Schema) -> bool:
    branch = "then" if scope.accepts(wanted, data) else "else"
    return scope.accepts(schema.get(branch, True), data)


@functools.cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


_KEYWORDS: dict[str, _Keyword] = {
    "$ref": lambda scope, wanted, data, _: scope.refer(wanted, data),
    "type": _type,
    "const": lambda _, wanted, data, __: _equal(wanted, data),
    "enum": lambda _, wanted, data, __: any(_equal(one, data) for one in wanted),
    "required": lambda _, wanted, data, __: (
        not isinstance(data, dict) or all(key in data for key in wanted)
    ),
    "properties": _properties,
    "additionalProperties": _additional,
    "propertyNames": lambda scope, wanted, data, _: (
        not isinstance(data, dict) or all(scope.accepts(wanted, key) for key in data)
    ),
    "items": lambda scope, wanted, data, _: (
        not isinstance(data, list) or all(scope.accepts(wanted, item) for item in data)
    ),
    "contains": lambda scope, wanted, data, _: (
        not isinstance(data, list) or any(scope.accepts(wanted, item) for item in data)
    ),
    "allOf": lambda scope, wanted, data, _: all(scope.accepts(one, data) for one in wanted),
    "not": lambda scope, wanted, data, _: not scope.accepts(wanted, data),
    "if": _if,
    "pattern": lambda _, wanted, data, __: (
        not isinstance(data, str) or _pattern(wanted).search(data) is not None
    ),
    "minLength": lambda _, wanted, data, __: not isinstance(data, str) or len(data) >= wanted,
    "maxLength": lambda _, wanted, data, __: not isinstance(data, str) or len(data) <= wanted,
    "minItems": lambda _, wanted, data, __: not isinstance(data, list) or len(data) >= wanted,
    "maxItems": lambda _, wanted, data, __: not isinstance(data, list) or len(data) <= wanted,
    "minProperties": lambda _, wanted, data, __: not isinstance(data, dict) or len(data) >= wanted,
    "maxProperties": lambda _, wanted, data, __: not isinstance(data, dict) or len(data) <= wanted,
    "minimum": lambda _, wanted, data, __: not _is_number(data) or data >= wanted,
    "maximum": lambda _, wanted, data, __: not _is_number(data) or data <= wanted,
}
