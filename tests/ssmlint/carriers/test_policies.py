"""Every form a policy comes in is recognised by content, and nothing else is."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssmlint.carriers.looks import may_hold_policy
from ssmlint.files import read
from ssmlint.model.policy import LifecyclePolicy, PolicyForm, PolicyKind
from ssmlint.source import Source

DETAILS: dict[str, Any] = {
    "PolicyType": "EBS_SNAPSHOT_MANAGEMENT",
    "ResourceTypes": ["VOLUME"],
    "TargetTags": [{"Key": "backup", "Value": "nightly"}],
    "Schedules": [{"CreateRule": {"CronExpression": "cron(0 3 * * ? *)"}}],
}
ROLE = "arn:aws:iam::111122223333:role/backup"
REQUEST = {"ExecutionRoleArn": ROLE, "Description": "x", "State": "ENABLED"}


def found(data: object, path: str = "file.json") -> tuple[LifecyclePolicy, ...]:
    text = json.dumps(data)
    policies = read(Source(path, text)).policies
    assert not policies or may_hold_policy(text)
    return policies


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in DETAILS.items() if key != name}


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (DETAILS, PolicyForm.DETAILS),
        ({"PolicyDetails": DETAILS}, PolicyForm.DETAILS),
        ({**REQUEST, "PolicyDetails": DETAILS}, PolicyForm.CREATE),
        ({"ExecutionRoleArn": ROLE, "PolicyDetails": DETAILS}, PolicyForm.CREATE),
        ({**REQUEST, "DefaultPolicy": "VOLUME"}, PolicyForm.CREATE),
        ({"DefaultPolicy": "INSTANCE", "RetainInterval": 7}, PolicyForm.CREATE),
        ({"PolicyLanguage": "SIMPLIFIED", "ResourceType": "VOLUME"}, PolicyForm.DETAILS),
        ({"PolicyId": "policy-0a", "PolicyDetails": {"TargetTags": []}}, PolicyForm.UPDATE),
        ({"PolicyId": "policy-0a", "State": "DISABLED", "PolicyDetails": DETAILS}, PolicyForm.UPDATE),
        ({"Policy": {**REQUEST, "PolicyId": "policy-0a", "PolicyDetails": DETAILS}}, PolicyForm.STORED),
        ({**REQUEST, "DateCreated": "2025-01-01", "PolicyDetails": DETAILS}, PolicyForm.STORED),
    ],
)  # fmt: skip
def test_forms(data: object, form: PolicyForm) -> None:
    (policy,) = found(data)
    assert policy.form is form


def test_lists() -> None:
    assert len(found([DETAILS, {**REQUEST, "PolicyDetails": DETAILS}])) == 2
    assert len(found({"Policies": [{**REQUEST, "PolicyDetails": DETAILS}, DETAILS]})) == 2
    assert len(found([DETAILS, 1, "x", {"a": 1}])) == 1


def test_stream_of_yaml_documents() -> None:
    text = f"{json.dumps(DETAILS)}\n---\n{json.dumps({**REQUEST, 'PolicyDetails': DETAILS})}\n"
    assert len(read(Source("file.yaml", text)).policies) == 2


@pytest.mark.parametrize("name", ["PolicyType", "ResourceTypes", "TargetTags", "Schedules"])
def test_one_member_may_be_missing(name: str) -> None:
    assert len(found(without(name))) == 1


@pytest.mark.parametrize("name", ["PolicyType", "Schedules"])
def test_one_member_may_be_misspelt(name: str) -> None:
    assert len(found({**without(name), f"{name}x": DETAILS[name]})) == 1


def test_misspelt_details_of_a_request() -> None:
    (policy,) = found({**REQUEST, "PolicyDetail": DETAILS})
    assert policy.details is None


@pytest.mark.parametrize(
    "data",
    [
        {},
        [],
        {"Schedules": [{"Name": "daily", "Cron": "0 3 * * *"}], "Name": "jobs"},
        {"Schedules": [{"CreateRule": {}}]},
        {"Schedules": [], "TargetTags": [], "Parameters": {}},
        {"PolicyType": "TargetTrackingScaling", "ResourceTypes": ["a"], "Parameters": {}},
        {"PolicyType": "SERVICE_CONTROL_POLICY", "TargetTags": []},
        {"PolicyType": "EBS_SNAPSHOT_MANAGEMENT"},
        {"Policy": {"Version": "2012-10-17", "Statement": []}},
        {"PolicyDetails": {"Name": "x"}, "Description": "y"},
        {"PolicyId": "p-1", "PolicyDetails": {"a": 1}},
        {"EventSource": "aws:s3", "Actions": ["notify"], "Parameters": {}},
        {"ExecutionRoleArn": ROLE, "Description": "x", "State": "ENABLED"},
        {"Resources": {"Backup": {"Type": "AWS::DLM::LifecyclePolicy", "Properties": {}}}},
        {"DefaultPolicy": "allow", "Exclusions": []},
        {"Policies": [DETAILS], "Marker": "x"},
    ],
)
def test_near_misses(data: object) -> None:
    assert found(data) == ()


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"ResourceTypes": ["INSTANCE"]}, PolicyKind.SNAPSHOTS_OF_INSTANCES),
        ({"ResourceTypes": "INSTANCE"}, PolicyKind.SNAPSHOTS_OF_INSTANCES),
        ({"PolicyType": "IMAGE_MANAGEMENT"}, PolicyKind.IMAGES),
        ({"PolicyType": "EVENT_BASED_POLICY"}, PolicyKind.EVENTS),
        ({"PolicyLanguage": "SIMPLIFIED"}, PolicyKind.DEFAULT_FOR_VOLUMES),
        ({"PolicyLanguage": "SIMPLIFIED", "ResourceType": "INSTANCE"}, PolicyKind.DEFAULT_FOR_INSTANCES),
        ({}, PolicyKind.SNAPSHOTS_OF_VOLUMES),
    ],
)  # fmt: skip
def test_kinds(changes: dict[str, Any], kind: PolicyKind) -> None:
    (policy,) = found({**DETAILS, **changes})
    assert policy.kind is kind


def test_kind_without_resource_types_follows_from_the_scripts() -> None:
    scripts = [{"ExecutionHandler": "freeze"}]
    (policy,) = found(
        {**without("ResourceTypes"), "Schedules": [{"CreateRule": {"Scripts": scripts}}]}
    )
    assert policy.kind is PolicyKind.SNAPSHOTS_OF_INSTANCES


def test_kind_of_an_update_may_be_a_guess() -> None:
    (policy,) = found({"PolicyId": "policy-0a", "PolicyDetails": without("PolicyType")})
    assert not policy.is_kind_certain
    (policy,) = found(DETAILS)
    assert policy.is_kind_certain


def test_broken_file_that_speaks_of_policies_is_ours() -> None:
    text = json.dumps(DETAILS)[:-1]
    assert read(Source("file.json", text)).is_ours
    assert not read(Source("file.json", '{"Schedules": [')).is_ours


_NAMES = st.sampled_from([*DETAILS, *REQUEST, "PolicyDetails", "Policy", "CreateRule", "Policies"])
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["VOLUME"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=4),
    max_leaves=12,
)


@given(_VALUES)
def test_any_tree_is_looked_at_without_a_crash(data: object) -> None:
    for policy in found(data):
        assert policy.kind
        assert policy.label_span
        assert list(policy.scripts) is not None
