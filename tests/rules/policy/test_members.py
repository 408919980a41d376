"""Which member belongs to which kind of policy."""

from __future__ import annotations

from typing import Any

import pytest

from ssmlint.files import read
from ssmlint.model.policy import PolicyKind
from ssmlint.source import Source
from ssmlint_rules.policy_structure import KIND_SCHEMAS, kinds_with, shapes
from ssmlint_rules.structure import schema
from tests.rules.asking import ask
from tests.rules.policy.build import as_json, event, images, instances, script, simplified, volumes

KINDS = {
    "SV": (PolicyKind.SNAPSHOTS_OF_VOLUMES, volumes()),
    "SI": (PolicyKind.SNAPSHOTS_OF_INSTANCES, instances()),
    "AMI": (PolicyKind.IMAGES, images()),
    "EV": (PolicyKind.EVENTS, event()),
    "DV": (PolicyKind.DEFAULT_FOR_VOLUMES, simplified("VOLUME")["PolicyDetails"]),
    "DI": (PolicyKind.DEFAULT_FOR_INSTANCES, simplified("INSTANCE")["PolicyDetails"]),
}

#: The bracketed remarks of the API reference, member by member.
ALLOWED = {
    "PolicyType": "SV SI AMI EV DV DI",
    "PolicyLanguage": "SV SI AMI EV DV DI",
    "ResourceTypes": "SV SI AMI",
    "ResourceLocations": "SV SI AMI",
    "ResourceType": "DV DI",
    "TargetTags": "SV SI AMI",
    "Schedules": "SV SI AMI",
    "Parameters": "SV SI AMI",
    "Parameters.ExcludeBootVolume": "SI",
    "Parameters.ExcludeDataVolumeTags": "SI",
    "Parameters.NoReboot": "AMI",
    "EventSource": "EV",
    "Actions": "EV",
    "CreateInterval": "DV DI",
    "RetainInterval": "DV DI",
    "CopyTags": "DV DI",
    "CrossRegionCopyTargets": "DV DI",
    "ExtendDeletion": "DV DI",
    "Exclusions": "DV DI",
    "Exclusions.ExcludeBootVolumes": "DV",
    "Exclusions.ExcludeVolumeTypes": "DV",
    "Exclusions.ExcludeTags": "DV DI",
    "Schedules.Name": "SV SI AMI",
    "Schedules.CopyTags": "SV SI AMI",
    "Schedules.TagsToAdd": "SV SI AMI",
    "Schedules.VariableTags": "SI AMI",
    "Schedules.CreateRule": "SV SI AMI",
    "Schedules.CreateRule.Location": "SV SI",
    "Schedules.CreateRule.Scripts": "SI",
    "Schedules.RetainRule": "SV SI AMI",
    "Schedules.FastRestoreRule": "SV SI",
    "Schedules.ShareRules": "SV SI",
    "Schedules.ArchiveRule": "SV",
    "Schedules.DeprecateRule": "AMI",
    "Schedules.CrossRegionCopyRules": "SV SI AMI",
    "Schedules.CrossRegionCopyRules.DeprecateRule": "AMI",
}

#: Members of which a value of the right type says nothing more.
VALUES: dict[str, Any] = {
    "Schedules": [],
    "ResourceTypes": [],
    "ResourceLocations": [],
    "TargetTags": [],
    "Actions": [],
    "CrossRegionCopyTargets": [],
    "CrossRegionCopyRules": [],
    "ShareRules": [],
    "Scripts": [],
    "TagsToAdd": [],
    "VariableTags": [],
    "ExcludeDataVolumeTags": [],
    "ExcludeVolumeTypes": [],
    "ExcludeTags": [],
    "CreateInterval": 1,
    "RetainInterval": 7,
    "CopyTags": False,
    "ExtendDeletion": False,
    "ExcludeBootVolume": False,
    "ExcludeBootVolumes": False,
    "NoReboot": True,
    "Name": "x",
    "Location": "CLOUD",
    "ResourceType": "VOLUME",
}


def with_member(details: dict[str, Any], path: str) -> dict[str, Any]:
    """Details that have a member, if need be inside of others that have it."""
    first, _, rest = path.partition(".")
    present = details.get(first)
    if not rest:
        return {**details, first: VALUES.get(first, {}) if present is None else present}
    if first in ("Schedules", "CrossRegionCopyRules"):
        items = present or [{}]
        return {**details, first: [with_member(items[0], rest)]}
    return {**details, first: with_member(present or {}, rest)}


@pytest.mark.parametrize("path", ALLOWED)
@pytest.mark.parametrize("kind", KINDS)
def test_member_of_kind(kind: str, path: str) -> None:
    details = with_member(KINDS[kind][1], path)
    found = ask("member-of-other-policy-kind", as_json(details), "policy.json")
    names = {f.source.at(f.span).strip('"') for f in found}
    if kind in ALLOWED[path].split():
        assert not names
    elif not any(kind in ALLOWED[parent].split() for parent in (path.partition(".")[0],)):
        assert path.partition(".")[0] in names
    else:
        assert names & set(path.split("."))


@pytest.mark.parametrize("path", ALLOWED)
def test_message_names_the_kinds_that_have_it(path: str) -> None:
    expected = {KINDS[kind][0] for kind in ALLOWED[path].split()}
    assert set(kinds_with(tuple(path.split(".")))) == expected


@pytest.mark.parametrize("kind", KINDS)
def test_kind_is_recognised(kind: str) -> None:
    expected, details = KINDS[kind]
    (policy,) = read(Source("policy.json", as_json(details))).policies
    assert policy.kind is expected


def test_every_member_of_the_details_is_in_the_table() -> None:
    known = set(shapes()["PolicyDetails"]["properties"])
    known |= {f"Schedules.{name}" for name in shapes()["Schedule"]["properties"]}
    assert known <= set(ALLOWED)


def test_kind_schemas_forbid_only_what_exists() -> None:
    for name in KIND_SCHEMAS.values():
        _check_known(schema(name), "PolicyDetails")


def _check_known(overlay: dict[str, Any], shape: str) -> None:
    properties = shapes()[shape]["properties"]
    for member, inner in overlay.get("properties", {}).items():
        assert member in properties, f"{shape}.{member}"
        below = properties[member].get("items", properties[member]).get("$ref", "")
        if below.rpartition("/")[2] in shapes():
            _check_known(inner.get("items", inner), below.rpartition("/")[2])


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"ResourceTypes": ["Instance"]}, "did you mean `INSTANCE`?"),
        ({"ResourceTypes": ["instances"]}, "did you mean `INSTANCE`?"),
        ({"PolicyType": "EBS_SNAPSHOT_MANAGMENT"}, "did you mean `EBS_SNAPSHOT_MANAGEMENT`?"),
    ],
)
def test_misspelt_discriminator_is_the_only_finding(changes: dict[str, Any], message: str) -> None:
    scripted = instances()["Schedules"][0]
    scripted = {**scripted, "VariableTags": [{"Key": "a", "Value": "$(instance-id)"}]}
    text = as_json(instances(scripted, **changes))
    (finding,) = ask("unknown-policy-value", text, "policy.json")
    assert message in finding.message
    assert ask("member-of-other-policy-kind", text, "policy.json") == []


def test_misspelt_type_of_an_ami_policy() -> None:
    deprecated = {**images()["Schedules"][0], "DeprecateRule": {"Count": 3}}
    text = as_json(images(deprecated, PolicyType="IMAGE_MANAGMENT"))
    assert len(ask("unknown-policy-value", text, "policy.json")) == 1
    assert ask("member-of-other-policy-kind", text, "policy.json") == []


def test_a_misspelt_choice_is_no_missing_one() -> None:
    policy = as_json(script(ExecuteOperationOnFailure=False))
    assert ask("implicit-crash-consistent", policy, "policy.json") == []
    assert len(ask("unknown-policy-member", policy, "policy.json")) == 1
