"""The quick look at schemas says what `jsonschema` says."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from ssmlint import files
from ssmlint.source import decode
from ssmlint.tree import Mapping, plain
from ssmlint_rules import policy_structure
from ssmlint_rules.acceptance import accepts
from ssmlint_rules.structure import COMMON, schema, schema_files, schema_of

CORPUS = Path(__file__).parents[3] / "shared"

COMMAND = {
    "schemaVersion": "2.2",
    "description": "says hello",
    "parameters": {"name": {"type": "String", "default": "x", "allowedValues": ["x", "y"]}},
    "mainSteps": [
        {
            "action": "aws:runShellScript",
            "name": "greet",
            "precondition": {"StringEquals": ["platformType", "Linux"]},
            "inputs": {"timeoutSeconds": "60", "runCommand": ["echo {{ name }}"]},
        },
        {
            "action": "aws:configurePackage",
            "name": "agent",
            "inputs": {"name": "x", "action": "Install"},
        },
    ],
}
OLD_COMMAND = {
    "schemaVersion": "1.2",
    "runtimeConfig": {
        "aws:runShellScript": {"properties": [{"id": "0.aws:x", "runCommand": ["date"]}]}
    },
}
POLICY = {
    "Description": "daily",
    "State": "ENABLED",
    "ExecutionRoleArn": "arn:aws:iam::123456789012:role/dlm",
    "PolicyDetails": {
        "PolicyType": "EBS_SNAPSHOT_MANAGEMENT",
        "ResourceTypes": ["INSTANCE"],
        "TargetTags": [{"Key": "backup", "Value": "yes"}],
        "Schedules": [
            {
                "Name": "daily",
                "CreateRule": {"Interval": 24, "IntervalUnit": "HOURS", "Times": ["03:00"]},
                "RetainRule": {"Count": 7},
            }
        ],
    },
}

RUNBOOK = {
    "schemaVersion": "0.3",
    "assumeRole": "{{ role }}",
    "parameters": {"role": {"type": "AWS::IAM::Role::Arn"}},
    "variables": {"count": {"type": "Integer", "default": 1}},
    "mainSteps": [
        {
            "name": "choose",
            "action": "aws:branch",
            "inputs": {
                "Choices": [
                    {
                        "NextStep": "each",
                        "Or": [
                            {"Variable": "{{ variable:count }}", "NumericEquals": 1},
                            {"Not": {"Variable": "{{ role }}", "StringEquals": "x"}},
                        ],
                    }
                ]
            },
            "isEnd": True,
        },
        {
            "name": "each",
            "action": "aws:loop",
            "inputs": {
                "Iterators": "{{ ids }}",
                "MaxIterations": 5,
                "Steps": [
                    {
                        "name": "stop",
                        "action": "aws:changeInstanceState",
                        "onFailure": "Continue",
                        "inputs": {"InstanceIds": ["i"], "DesiredState": "stopped"},
                        "outputs": [{"Name": "x", "Selector": "$.x", "Type": "String"}],
                    },
                    {
                        "name": "run",
                        "action": "aws:executeScript",
                        "inputs": {"Runtime": "python3.11", "Handler": "x", "Script": "x"},
                    },
                ],
            },
        },
    ],
    "outputs": ["stop.x"],
}
SESSION = {
    "schemaVersion": "1.0",
    "sessionType": "Port",
    "properties": {"portNumber": "{{ port }}", "type": "LocalPortForwarding"},
    "parameters": {"port": {"type": "String", "default": "22"}},
}

POLICY_FILES = policy_structure.schema_files(
    "policy-create-request.schema.json", "policy-snapshots-of-instances.schema.json"
)
CASES = [
    ("command-2.2.schema.json", {COMMON: schema(COMMON)}, COMMAND),
    ("command-1.2.schema.json", {COMMON: schema(COMMON)}, OLD_COMMAND),
    ("automation-0.3.schema.json", {}, RUNBOOK),
    ("session-1.0.schema.json", {}, SESSION),
    ("policy-create-request.schema.json", POLICY_FILES, POLICY),
]
cases = pytest.mark.parametrize(("name", "files", "data"), CASES, ids=[case[0] for case in CASES])

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 200_000),
    st.floats(-10, 10),
    st.sampled_from(["", "String", "Linux", "aws:runShellScript", "60", "EBS_SNAPSHOT_MANAGEMENT"]),
    st.text(max_size=4),
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["type", "name", "action", "inputs", "x"]), inner, max_size=3
        ),
    ),
    max_leaves=6,
)


def is_valid(name: str, files: dict[str, Any], data: Any) -> bool:
    registry: Any = Registry()
    for file, contents in files.items():
        resource: Any = Resource.from_contents(contents)
        registry = registry.with_resource(file, resource)
    wanted = files.get(name) or schema(name)
    return bool(Draft202012Validator(wanted, registry=registry).is_valid(data))


def places(data: Any) -> list[tuple[Any, Any]]:
    """Every container in some data with each of its keys or indices."""
    found: list[tuple[Any, Any]] = []
    if isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            found += [(data, key), *places(value)]
    return found


@cases
def test_what_is_right_is_accepted(name: str, files: dict[str, Any], data: Any) -> None:
    assert accepts(name, data, {name: schema(name), **files})


@cases
@given(st.data())
def test_spoilt_data(name: str, files: dict[str, Any], data: Any, draw: st.DataObject) -> None:
    spoilt = copy.deepcopy(data)
    for _ in range(draw.draw(st.integers(1, 3))):
        container, key = draw.draw(st.sampled_from(places(spoilt)))
        if isinstance(container, dict) and draw.draw(st.booleans()):
            container[draw.draw(st.sampled_from([f"{key}x", "onFailure", "CopyTags"]))] = (
                container.pop(key) if draw.draw(st.booleans()) else draw.draw(values)
            )
        else:
            container[key] = draw.draw(values)
        if not places(spoilt):
            break
    known = {name: schema(name), **files}
    assert accepts(name, spoilt, known) == is_valid(name, known, spoilt)


def test_a_keyword_that_is_not_known_accepts_nothing() -> None:
    assert not accepts("a", 1, {"a": {"multipleOf": 1}})
    assert not accepts("a", 1, {"a": {"$ref": "b#/gone"}})
    assert accepts("a", 1, {"a": {"type": "integer"}})


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not here")
def test_the_corpus() -> None:
    answers = set()
    for path in sorted((CORPUS / "corpus").rglob("*.*")):
        if path.suffix not in (".yaml", ".yml", ".json"):
            continue
        for document in files.read(decode(path.read_bytes(), path.name)).documents:
            assert isinstance(document.root, Mapping)
            name = schema_of(document)
            known = schema_files(name)
            data = plain(document.root)
            answers.add(answer := accepts(name, data, known))
            assert answer == is_valid(name, known, data), path
    assert answers == {True, False}
