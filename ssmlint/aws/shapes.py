"""Services, operations and shapes, as views over botocore's service models.

The format is that of `botocore/data/SERVICE/VERSION/service-2.json`, with the additions of
`service-2.sdk-extras.json` beside it (botocore's `docs/source/reference/loaders.rst`).
"""

from __future__ import annotations

import functools
import gzip
import json
import os
from collections.abc import Mapping
from typing import Any

from ssmlint.records import dataclass


def folded(name: str) -> str:
    """A name without what is written differently: `DescribeInstances`, `describe_instances`."""
    return name.replace("_", "").replace("-", "").casefold()


@dataclass(frozen=True, eq=False)
class Shape:
    """What a parameter or a part of a reply is."""

    name: str
    data: Mapping[str, Any]
    shapes: Mapping[str, Mapping[str, Any]]

    @property
    def type(self) -> str:
        """`structure`, `list`, `map`, `string`, `boolean`, `integer` ..."""
        return str(self.data.get("type", ""))

    @property
    def is_open(self) -> bool:
        """Whether anything may stand in it."""
        return bool(self.data.get("document"))

    @property
    def values(self) -> tuple[str, ...]:
        """The only values that a string can have; none where it can have any."""
        return tuple(self.data.get("enum", ()))

    @functools.cached_property
    def members(self) -> dict[str, Shape]:
        """The members of a structure."""
        named = self.data.get("members", {})
        return {name: self._shape(target) for name, target in named.items()}

    @property
    def required(self) -> tuple[str, ...]:
        """The members that must be given; not those that callers make up where they are not."""
        members = self.data.get("members", {})
        return tuple(
            name
            for name in self.data.get("required", ())
            if not members.get(name, {}).get("idempotencyToken")
        )

    @property
    def item(self) -> Shape | None:
        """What the items of a list are, and the values of a map."""
        target = self.data.get("member") or self.data.get("value")
        return self._shape(target) if target else None

    def _shape(self, target: Mapping[str, Any]) -> Shape:
        name = str(target["shape"])
        return Shape(name, {**self.shapes.get(name, {}), **_own(target)}, self.shapes)


def _own(target: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in target.items() if key in ("streaming", "document")}


@dataclass(frozen=True, eq=False)
class Operation:
    """One operation of a service."""

    name: str
    input: Shape
    output: Shape

    @property
    def is_streaming(self) -> bool:
        """Whether a part of what it gives back is a stream of bytes or events."""
        parts = (member.data for member in self.output.members.values())
        return any(part.get("streaming") or part.get("eventstream") for part in parts)


class Service:
    """One service."""

    def __init__(self, name: str, data: Mapping[str, Any]) -> None:
        self.name = name
        self._shapes: Mapping[str, Mapping[str, Any]] = data.get("shapes", {})
        self._operations: Mapping[str, Mapping[str, Any]] = data.get("operations", {})

    @functools.cached_property
    def _names(self) -> dict[str, str]:
        return {folded(name): name for name in self._operations}

    @property
    def operations(self) -> tuple[str, ...]:
        """The names of its operations."""
        return tuple(self._operations)

    def operation(self, name: str) -> Operation | None:
        """The operation that a name means, as `DescribeInstances` or `describe_instances`."""
        known = self._names.get(folded(name))
        if known is None:
            return None
        data = self._operations[known]
        return Operation(known, self._shape(data.get("input")), self._shape(data.get("output")))

    def _shape(self, target: Mapping[str, Any] | None) -> Shape:
        name = str(target["shape"]) if target else ""
        return Shape(name, self._shapes.get(name, {"type": "structure"}), self._shapes)


@functools.lru_cache(maxsize=2)
def service_names(folder: str) -> tuple[str, ...]:
    """The services that botocore knows."""
    names = (name for name in os.listdir(folder) if os.path.isdir(os.path.join(folder, name)))
    return tuple(sorted(names))


@functools.lru_cache(maxsize=32)
def service(folder: str, name: str) -> Service | None:
    """The newest model of a service, None where there is none that can be read."""
    try:
        versions = sorted(os.listdir(os.path.join(folder, name)))
        place = os.path.join(folder, name, versions[-1])
        model = _read(os.path.join(place, "service-2.json"))
        extras = [entry for entry in os.listdir(place) if entry.startswith("service-2.")]
        for extra in sorted(entry for entry in extras if "sdk-extras" in entry):
            _merge(model, _read(os.path.join(place, extra.removesuffix(".gz"))).get("merge", {}))
    except (OSError, ValueError, IndexError):
        return None
    return Service(name, model)


def _read(path: str) -> dict[str, Any]:
    packed = f"{path}.gz"
    if os.path.exists(packed):
        with gzip.open(packed, "rb") as file:
            data: dict[str, Any] = json.loads(file.read())
            return data
    with open(path, "rb") as file:
        data = json.loads(file.read())
        return data


def _merge(into: dict[str, Any], more: Mapping[str, Any]) -> None:
    for key, value in more.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            _merge(into[key], value)
        else:
            into[key] = value
