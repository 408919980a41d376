"""The schemas against botocore's model of the DLM API, shape by shape.

botocore itself checks types, unknown and required members and lower limits only; what its
model says about upper limits, patterns and enums is compared here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from ssmlint.model.policy import PolicyForm
from ssmlint_rules.policy_structure import COMMON, FORM_SCHEMAS
from ssmlint_rules.structure import schema

botocore_loaders = pytest.importorskip("botocore.loaders")

MODEL = botocore_loaders.Loader().load_service_model("dlm", "service-2")["shapes"]
DEFS = schema(COMMON)["$defs"]

#: Differences that are meant: the place, and where the schema's own value comes from.
DIFFERENCES = {
    "CreateRule.Interval minimum": "the documentation of CreateRule.Interval lists the values",
    "CreateRule.Interval enum": "the documentation of CreateRule.Interval lists the values",
    "CreateInterval maximum": "documentation: 1 to 7 days",
    "RetainInterval minimum": "documentation: 2 to 14 days",
    "RetainInterval maximum": "documentation: 2 to 14 days",
    "Exclusions.ExcludeVolumeTypes enum": "user guide, default policies: the volume types",
}

#: Objects of the API that are requests or answers: they have schemas of their own.
TOP = {
    "CreateLifecyclePolicyRequest": FORM_SCHEMAS[PolicyForm.CREATE],
    "UpdateLifecyclePolicyRequest": FORM_SCHEMAS[PolicyForm.UPDATE],
    "LifecyclePolicy": FORM_SCHEMAS[PolicyForm.STORED],
}


def limits_of_model(shape: dict[str, Any]) -> dict[str, Any]:
    """The limits of a shape in the words of JSON Schema."""
    kind = shape["type"]
    low, high = {
        "string": ("minLength", "maxLength"),
        "list": ("minItems", "maxItems"),
        "map": ("minProperties", "maxProperties"),
    }.get(kind, ("minimum", "maximum"))
    found = {low: shape.get("min"), high: shape.get("max"), "enum": shape.get("enum")}
    pattern = shape.get("pattern")
    # "Any character" in a notation that JSON Schema does not know.
    found["pattern"] = None if pattern == r"[\p{all}]*" else pattern and normal(pattern)
    if kind == "structure":
        found["required"] = sorted(shape.get("required", ())) or None
        found["members"] = sorted(shape["members"])
    return said(found)


def said(limits: dict[str, Any]) -> dict[str, Any]:
    """The limits without those that say nothing, such as a length of at least 0."""
    lengths = ("minLength", "minItems", "minProperties")
    return {k: v for k, v in limits.items() if v is not None and not (k in lengths and v == 0)}


def normal(pattern: str) -> str:
    """A pattern anchored and in the classes that all dialects share."""
    if not pattern.startswith("^"):
        # The service matches the whole text (inferred from the documented anchors).
        pattern = f"^{pattern}$"
    pattern = re.sub(r"(?<!\[)\\d", "[0-9]", pattern)
    return pattern.replace(r"\w", "A-Za-z0-9_").replace(r"\/", "/").replace(r"\*", "*")


def limits_of_schema(node: dict[str, Any]) -> dict[str, Any]:
    keys = ("minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "enum")
    found = {key: node.get(key) for key in (*keys, "minProperties", "maxProperties", "pattern")}
    if "properties" in node:
        found["required"] = sorted(node.get("required", ())) or None
        found["members"] = sorted(node["properties"])
    return said(found)


def resolved(node: dict[str, Any]) -> dict[str, Any]:
    reference = node.get("$ref", "")
    name = reference.rpartition("/")[2]
    found: dict[str, Any] = DEFS.get(name, node)
    return found


def differences(name: str, shape_name: str, node: dict[str, Any]) -> Iterator[str]:
    """What the model and the schema say differently at and below a shape."""
    shape, node = MODEL[shape_name], resolved(node)
    ours, theirs = limits_of_schema(node), limits_of_model(shape)
    for key in sorted({*ours, *theirs}):
        if ours.get(key) != theirs.get(key):
            yield f"{name} {key}"
    match shape["type"]:
        case "structure":
            for member, value in shape["members"].items():
                below = node["properties"].get(member, {})
                if below.get("$ref") != "policy-details.schema.json":
                    yield from differences(_name(name, member, below), value["shape"], below)
        case "list":
            yield from differences(name, shape["member"]["shape"], node.get("items", {}))
        case "map":
            yield from differences(f"{name}.key", shape["key"]["shape"], node["propertyNames"])
            value = node["additionalProperties"]
            yield from differences(f"{name}.value", shape["value"]["shape"], value)


def _name(parent: str, member: str, below: dict[str, Any]) -> str:
    """A member is named by its own shape where it has one."""
    shape = below.get("$ref", "").rpartition("/")[2]
    return shape or f"{parent}.{member}"


def all_differences() -> set[str]:
    found = set(differences("PolicyDetails", "PolicyDetails", DEFS["PolicyDetails"]))
    for shape, name in TOP.items():
        found |= set(differences(shape, shape, schema(name)))
    return found


def test_schemas_say_what_the_model_says() -> None:
    assert all_differences() - set(DIFFERENCES) == set()


def test_every_listed_difference_is_one() -> None:
    assert set(DIFFERENCES) - all_differences() == set()
