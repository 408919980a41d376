"""A document against the JSON Schema of its kind and version, with places in the file.

No rule: `unknown-key`, `missing-key`, `wrong-type` and others each take one kind of the
errors that `errors_of` finds.  The schema is chosen by kind and `schemaVersion` before
anything is validated, and inside it the inputs by `action` or `sessionType`, so that an
error always speaks of the one thing that is wrong.
"""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Iterator
from collections.abc import Mapping as MappingABC
from typing import TYPE_CHECKING, Any

from ssmlint.model.document import DocumentKind, SsmDocument
from ssmlint.records import dataclass
from ssmlint.restructuring import in_list
from ssmlint.reuse import once
from ssmlint.rule import Edit
from ssmlint.source import Source, Span
from ssmlint.tree import Entry, Mapping, Node, Scalar, Sequence, plain, resolve
from ssmlint_rules.acceptance import accepts
from ssmlint_rules.wording import stands_for_another

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

Path = tuple[str | int, ...]

COMMON = "command-common.schema.json"
#: The keyword of the one error of a document whose parts are nested too deeply to be judged.
DEPTH = "depth"

AUTOMATION = "automation-0.3.schema.json"
SESSION = "session-1.0.schema.json"

#: Which schema describes which `schemaVersion` of a Command document. The agent's list is
#: `SupportedDocumentVersions` in `agent/appconfig/constants.go`.
SCHEMAS = {
    "1.0": "command-1.2.schema.json",
    "1.2": "command-1.2.schema.json",
    "2.0": "command-2.0.schema.json",
    "2.0.1": "command-2.0.schema.json",
    "2.0.2": "command-2.0.schema.json",
    "2.0.3": "command-2.0.schema.json",
    "2.2": "command-2.2.schema.json",
}


@dataclass(frozen=True, slots=True)
class StructureError:
    """One breach of the schema."""

    keyword: str
    """The keyword of the schema that is not kept: `type`, `required`, `enum` ..."""
    path: Path
    """Keys and indices that lead from the document's root to `node`."""
    node: Node
    """What the schema objects to; for `required` and unknown keys their mapping."""
    label: Span
    """Where to point when `node` as a whole is meant: its key, else its first character."""
    entry: Entry | None
    """The unknown key with its value."""
    missing: str | None
    """The key that is not there."""
    known: tuple[str, ...]
    """The keys that the mapping may have."""
    schema: MappingABC[str, Any]
    """The part of the schema that is not kept."""
    parent: Node | None = None
    """What holds `node`; None for the root."""

    @property
    def span(self) -> Span:
        """The value where it is a scalar, else the label."""
        return self.node.span if isinstance(self.node, Scalar) else self.label

    @property
    def is_input(self) -> bool:
        """Whether `node` is the inputs of a plugin, or one of them."""
        return self.path[2:3] in (("inputs",), ("properties",))


@once
def errors_of(document: SsmDocument) -> tuple[StructureError, ...]:
    """Every breach of the schema of a document."""
    data = plain(document.root)
    name = schema_of(document)
    if "schemaVersion" in data:
        data["schemaVersion"] = document.schema_version  # its type has a rule of its own
    try:
        if accepts(name, data, schema_files(name)):
            return ()
        found = list(_validator(name).iter_errors(data))
    except RecursionError:  # dozens of loops inside of one another
        label = _first(document.root)
        return (StructureError(DEPTH, (), document.root, label, None, None, (), {}),)
    return tuple(one for error in found for one in located(document.root, error))


def schema_files(name: str) -> dict[str, MappingABC[str, Any]]:
    """A schema and what it refers to, by their names."""
    names = (name,) if name in (AUTOMATION, SESSION) else (name, COMMON)
    return {each: schema(each) for each in names}


def schema_of(document: SsmDocument) -> str:
    """The name of the schema file for a document."""
    return schema_for(document.kind, document.schema_version)


def schema_for(kind: DocumentKind, version: str) -> str:
    """The name of the schema file for documents of a kind and `schemaVersion`."""
    match kind:
        case DocumentKind.AUTOMATION:
            return AUTOMATION
        case DocumentKind.SESSION:
            return SESSION
    return SCHEMAS.get(version, "command-2.2.schema.json")


@functools.cache
def schema(name: str) -> dict[str, Any]:
    """A schema file of this pack, as Python data."""
    path = os.path.join(os.path.dirname(__file__), "schemas", name)
    with open(path, encoding="utf-8") as file:
        data: dict[str, Any] = json.load(file)
    return data


@functools.cache
def plugins() -> MappingABC[str, MappingABC[str, Any]]:
    """The plugins of Command documents by name, each with the schema of its inputs."""
    found = schema(COMMON)["$defs"].items()
    return {name: inputs for name, inputs in found if name.startswith("aws:")}


@functools.cache
def actions() -> MappingABC[str, MappingABC[str, Any]]:
    """The actions of Automation documents by name, each with the schema of its inputs."""
    found = schema(AUTOMATION)["$defs"].items()
    return {name: inputs for name, inputs in found if name.startswith("aws:")}


@functools.cache
def _validator(name: str) -> Validator:
    # Takes about 75 ms to import: only when there is an error to report.
    from jsonschema import Draft202012Validator
    from referencing import Registry, Resource

    registry: Any = Registry()
    for file, contents in schema_files(name).items():
        resource: Any = Resource.from_contents(contents)
        registry = registry.with_resource(file, resource)
    return Draft202012Validator(schema(name), registry=registry)


def located(root: Mapping, error: Any) -> Iterator[StructureError]:
    """The errors of `jsonschema` with their places below `root`, one for each key."""
    path: Path = tuple(error.absolute_path)
    node, label = _follow(root, path)
    parent = _follow(root, path[:-1])[0] if path else None
    known = tuple(error.schema.get("properties", ()))
    make = functools.partial(
        StructureError,
        error.validator,
        path,
        node,
        label,
        known=known,
        schema=error.schema,
        parent=parent,
    )
    match error.validator:
        case "additionalProperties" if isinstance(node, Mapping):
            for entry in node.entries:
                if entry.key.text not in known:
                    yield make(entry=entry, missing=None)
        case "required" if isinstance(node, Mapping):
            # One error for each missing key, and the key stands only in its words.
            name = str(error.message).split("'")[1]
            yield make(entry=None, missing=name)
        case _:
            yield make(entry=None, missing=None)


def _follow(root: Mapping, path: Path) -> tuple[Node, Span]:
    """The node at the end of a path, and the span of its nearest label."""
    node: Node = root
    label = _first(root)
    for part in path:
        if isinstance(node, Mapping):
            entry = node.entry(str(part))
            if entry is None:
                break
            node, label = entry.value, entry.key.span
        elif isinstance(node, Sequence) and isinstance(part, int):
            node = node.items[part]
            label = _first(node)
    return node, label


def _first(node: Node) -> Span:
    """A step's name or action, a mapping's first key, else the node's first character."""
    if isinstance(node, Mapping):
        named = node.get_scalar("name") or node.get_scalar("action")
        if named is not None:
            return named.span
        if node.entries:
            return node.entries[0].key.span
    return node.span if isinstance(node, Scalar) else Span(node.span.start, node.span.start + 1)


def listed_value(source: Source, error: StructureError, entry: Entry, key: str) -> Edit | None:
    """Make a list of a member's value, where the schema wants one at that key."""
    types = error.schema.get("properties", {}).get(key, {}).get("type", ())
    value = entry.value
    if "array" not in types or not isinstance(value, Scalar) or stands_for_another(value.text):
        return None
    return in_list(source, error.node, entry) if isinstance(error.node, Mapping) else None


def place_of(document: SsmDocument, path: Path) -> str:
    """Words for the mapping that a path leads to: ``step `freeze` `` ..."""
    match path:
        case ():
            kind = document.kind.value
            return f"an {kind} document" if kind[0] in "AEIOU" else f"a {kind} document"
        case ("parameters", str(name)):
            return f"parameter `{name}`"
        case ("variables", str(name)):
            return f"variable `{name}`"
        case (*_, "mainSteps" | "Steps", int(index)):
            step = _member(document, path, "name")
            return f"step `{step}`" if step else f"step {index + 1}"
        case (*_, "mainSteps" | "Steps", int(), "inputs"):
            action = _member(document, path[:-1], "action")
            return f"the inputs of `{action}`" if action else "the inputs"
        case (*_, "outputs", int(index)):
            output = _member(document, path, "Name")
            return f"output `{output}`" if output else f"output {index + 1}"
        case ("runtimeConfig", str(name), *_):
            return f"`{name}`"
        case (*_, str(name), int()):
            return f"an item of `{name}`"
    return f"`{path[-1]}`"


def _member(document: SsmDocument, path: Path, key: str) -> str | None:
    """The scalar of that key in the mapping that a path leads to."""
    node = resolve(document.root, path)
    found = node.get_scalar(key) if isinstance(node, Mapping) else None
    return found.text if found else None
