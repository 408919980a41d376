"""The schema files as an editor uses them: by themselves, with the details' own dispatch."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

import ssmlint_rules
from ssmlint.files import read
from ssmlint.model.policy import PolicyForm
from ssmlint.source import decode
from ssmlint.tree import plain
from ssmlint_rules.policy_structure import FORM_SCHEMAS

SCHEMAS = {
    path.name: json.loads(path.read_text("utf-8"))
    for path in (Path(ssmlint_rules.__file__).parent / "schemas").glob("policy-*.json")
}
POLICIES = Path(__file__).parents[3] / "fixtures/policies"
#: The guide's mistakes that are no matter of structure.
BEYOND = {"guide-seven-fields", "guide-short-account-id"}


def validator(name: str) -> Draft202012Validator:
    registry: Any = Registry().with_resources(
        (file, Resource.from_contents(data)) for file, data in SCHEMAS.items()
    )
    return Draft202012Validator(SCHEMAS[name], registry=registry)


def errors(path: Path) -> list[str]:
    found = []
    for policy in read(decode(path.read_bytes(), path.name)).policies:
        data = plain(policy.root)
        if policy.form is PolicyForm.STORED:
            data.pop("Tags", None)  # an empty map, which no request may have
        found += [e.message for e in validator(FORM_SCHEMAS[policy.form]).iter_errors(data)]
    return found


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMAS[name])
    assert SCHEMAS[name]["$id"] == name
    assert SCHEMAS[name]["title"]


@pytest.mark.parametrize("path", sorted(POLICIES.glob("good/*")), ids=lambda path: path.stem)
def test_good_policies_are_valid(path: Path) -> None:
    assert errors(path) == []


@pytest.mark.parametrize("path", sorted(POLICIES.glob("bad/*")), ids=lambda path: path.stem)
def test_bad_policies_are_not(path: Path) -> None:
    assert bool(errors(path)) == (path.stem not in BEYOND)
