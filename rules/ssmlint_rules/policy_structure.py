"""A lifecycle policy against the JSON Schema of its form and kind, with places in the file.

No rule: `unknown-policy-member`, `missing-policy-member` and others each take one kind of
the errors that `errors_of` finds.  Form and kind are chosen before anything is validated,
so that an error speaks of the policy that was meant.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ssmlint.model.policy import LifecyclePolicy, PolicyForm, PolicyKind
from ssmlint.reuse import once
from ssmlint.tree import Mapping, plain
from ssmlint_rules.acceptance import accepts
from ssmlint_rules.structure import Path, StructureError, located, schema

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

COMMON = "policy-common.schema.json"
DETAILS = "policy-details.schema.json"

KIND_SCHEMAS = {
    PolicyKind.SNAPSHOTS_OF_VOLUMES: "policy-snapshots-of-volumes.schema.json",
    PolicyKind.SNAPSHOTS_OF_INSTANCES: "policy-snapshots-of-instances.schema.json",
    PolicyKind.IMAGES: "policy-images.schema.json",
    PolicyKind.EVENTS: "policy-events.schema.json",
    PolicyKind.DEFAULT_FOR_VOLUMES: "policy-default-for-volumes.schema.json",
    PolicyKind.DEFAULT_FOR_INSTANCES: "policy-default-for-instances.schema.json",
}
FORM_SCHEMAS = {
    PolicyForm.DETAILS: DETAILS,
    PolicyForm.CREATE: "policy-create-request.schema.json",
    PolicyForm.UPDATE: "policy-update-request.schema.json",
    PolicyForm.STORED: "policy-stored.schema.json",
}

#: What a schema says of a member that only other kinds of policy have.
ELSEWHERE = {"$ref": f"{COMMON}#/$defs/Elsewhere"}


@once
def errors_of(policy: LifecyclePolicy) -> tuple[StructureError, ...]:
    """Every breach of the schema, at most one of a keyword at one place.

    What stands inside of something that does not belong there is not looked at.
    """
    form, kind = FORM_SCHEMAS[policy.form], KIND_SCHEMAS[policy.kind]
    data = plain(policy.root)
    if accepts(form, data, schema_files(form, kind)):
        return ()
    found = [
        one
        for error in _validator(form, kind).iter_errors(data)
        for one in _placed(policy, error)
        if _counts(policy, one)
    ]
    elsewhere = {error.path for error in found if error.keyword == "not"}
    ill_typed = {error.path for error in found if error.keyword == "type"} - elsewhere
    # Of two lists of values at one place the longer one is the API's own.
    found.sort(key=lambda error: len(error.schema.get("enum", ())))
    unique = {
        _identity(error): error
        for error in found
        if not _is_inside(error, elsewhere, "not") and not _is_inside(error, ill_typed, "type")
    }
    return tuple(sorted(unique.values(), key=lambda error: error.span))


def _placed(policy: LifecyclePolicy, error: Any) -> Iterator[StructureError]:
    for one in located(policy.root, error):
        if "propertyNames" in error.absolute_schema_path and isinstance(one.node, Mapping):
            # The path ends at the map, and the key is what the error is about.
            yield dataclasses.replace(one, entry=one.node.entry(str(error.instance)))
        else:
            yield one


def _is_inside(error: StructureError, closed: set[Path], keyword: str) -> bool:
    """Whether an error stands in (or is a further one of) what a graver one is about."""
    parents = (error.path[:length] for length in range(len(error.path)))
    if any(parent in closed for parent in parents):
        return True
    return error.path in closed and error.keyword != keyword


def _identity(error: StructureError) -> tuple[object, ...]:
    keyword = "enum" if error.keyword == "const" else error.keyword
    entry = error.entry.key.span if error.entry else None
    return (keyword, error.path, error.missing, entry)


def _counts(policy: LifecyclePolicy, error: StructureError) -> bool:
    """Whether an error says something in the form that the policy is written in."""
    match policy.form:
        case PolicyForm.STORED:
            # The service itself has written this: what it accepted may stay.
            return error.keyword not in ("not", "required", "minItems", "minProperties")
        case PolicyForm.UPDATE if error.path == ("PolicyDetails",):
            # An update may leave out what does not change.
            return error.keyword != "required"
    return error.keyword != "not" or policy.is_kind_certain


def schema_files(form: str, kind: str) -> dict[str, dict[str, Any]]:
    """The schemas by the names that they refer to each other by."""
    return {form: schema(form), COMMON: schema(COMMON), DETAILS: schema(kind)}


@functools.cache
def _validator(form: str, kind: str) -> Validator:
    # Takes about 75 ms to import: only when there is an error to report.
    from jsonschema import Draft202012Validator
    from referencing import Registry, Resource

    registry: Any = Registry()
    files = schema_files(form, kind)
    for name, file in files.items():
        resource: Any = Resource.from_contents(file)
        registry = registry.with_resource(name, resource)
    return Draft202012Validator(files[form], registry=registry)


@functools.cache
def shapes() -> dict[str, dict[str, Any]]:
    """The objects of the API by name, each with its schema."""
    found = schema(COMMON)["$defs"].items()
    return {name: shape for name, shape in found if "properties" in shape}


def accepted_form(member: str, pattern: str, text: str) -> str | None:
    """The same value as the API writes it: `09:00`, twelve digits, a Region in small letters."""
    match member:
        case "Times":
            meant = text.strip().zfill(5)
        case "TargetAccounts" | "SnapshotOwner":
            meant = re.sub(r"[\s-]", "", text)
        case "Target" | "TargetRegion" | "AvailabilityZones" | "AvailabilityZoneIds":
            meant = text.strip().lower()
        case _:
            return None
    return meant if re.search(pattern, meant) else None


def shape_of(error: StructureError) -> str:
    """The API's name for the mapping that an error is about, in backquotes."""
    title = str(error.schema.get("title", ""))
    return f"`{title}`" if title in shapes() else f"the {title[:1].lower()}{title[1:]}"


def a_policy(policy: LifecyclePolicy) -> str:
    """The kind of a policy with its article: `an AMI policy`, `a snapshot policy for ...`."""
    words = policy.kind.value
    return f"an {words}" if words[0] in "Ae" else f"a {words}"


def member_path(path: Path) -> tuple[str, ...]:
    """A path below `PolicyDetails` without the indices."""
    names = tuple(part for part in path if isinstance(part, str))
    return names[1:] if names[:1] == ("PolicyDetails",) else names


def kinds_with(members: tuple[str, ...]) -> tuple[PolicyKind, ...]:
    """The kinds of policy that have a member, by its path below `PolicyDetails`."""
    return tuple(
        kind for kind, name in KIND_SCHEMAS.items() if not _is_elsewhere(schema(name), members)
    )


def _is_elsewhere(node: dict[str, Any], members: tuple[str, ...]) -> bool:
    for member in members:
        node = node.get("items", node).get("properties", {}).get(member, {})
        if node == ELSEWHERE:
            return True
    return False
