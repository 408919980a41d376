"""What kind of value a step passes on, as far as the document says so."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf

from ssmlint.automation.runbook import outputs_of
from ssmlint.model.document import SsmDocument
from ssmlint.model.references import REFERENCE
from ssmlint.tree import Mapping, Node, Scalar, Sequence

#: What values of YAML and JSON are called in runbooks.
_PLAIN: MappingOf[type, str] = {bool: "Boolean", int: "Integer", float: "Integer", str: "String"}


def kind_of_value(document: SsmDocument, node: Node) -> str:
    """The type of a value (`StringList`, ...); empty where the document does not tell."""
    match node:
        case Mapping():
            return "StringMap"
        case Sequence():
            is_maps = any(isinstance(item, Mapping) for item in node.items)
            return "MapList" if is_maps else "StringList"
        case Scalar(text=text):
            whole = REFERENCE.fullmatch(text.strip())
            if whole is not None:
                return _kind_of_reference(document, whole["name"])
            return "String" if "{{" in text else _PLAIN.get(type(node.value), "")
    return ""


def _kind_of_reference(document: SsmDocument, name: str) -> str:
    parameter = document.parameters.get(name)
    if parameter is not None:
        return parameter.type or ""
    step, _, output = name.partition(".")
    found = next((one for one in document.all_steps if one.name == step), None)
    return outputs_of(found).get(output, "") if found is not None else ""
