"""Small policies of every kind, to be changed in one place by a test."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

Data = dict[str, Any]

ROLE = "arn:aws:iam::111122223333:role/backup"
NIGHTLY = {"CronExpression": "cron(0 3 * * ? *)"}
MONTHLY = {"CronExpression": "cron(0 3 1 * ? *)"}
TAG = {"Key": "backup", "Value": "nightly"}


def changed(base: Mapping[str, Any], changes: Mapping[str, Any]) -> Data:
    """A copy with some members set, or taken out where they are None."""
    both = {**base, **changes}
    return {name: value for name, value in both.items() if value is not None}


def schedule(**changes: Any) -> Data:
    """A nightly schedule that keeps seven snapshots."""
    base = {"Name": "nightly", "CreateRule": NIGHTLY, "RetainRule": {"Count": 7}}
    return changed(base, changes)


def custom(kind: str, target: str, *schedules: Data, **changes: Any) -> Data:
    """Details of a custom policy."""
    base = {
        "PolicyType": kind,
        "ResourceTypes": [target],
        "TargetTags": [TAG],
        "Schedules": list(schedules) or [schedule()],
    }
    return changed(base, changes)


def volumes(*schedules: Data, **changes: Any) -> Data:
    """A snapshot policy for volumes."""
    return custom("EBS_SNAPSHOT_MANAGEMENT", "VOLUME", *schedules, **changes)


def instances(*schedules: Data, **changes: Any) -> Data:
    """A snapshot policy for instances."""
    return custom("EBS_SNAPSHOT_MANAGEMENT", "INSTANCE", *schedules, **changes)


def images(*schedules: Data, **changes: Any) -> Data:
    """An AMI policy."""
    return custom("IMAGE_MANAGEMENT", "INSTANCE", *schedules, **changes)


def script(**changes: Any) -> Data:
    """A snapshot policy for instances with one script."""
    base = {"ExecutionHandler": "freeze-and-thaw", "ExecutionTimeout": 60}
    create = {**NIGHTLY, "Scripts": [changed(base, changes)]}
    return instances(schedule(CreateRule=create))


def vss(**changes: Any) -> Data:
    """A snapshot policy for instances with VSS backups."""
    return script(**{"ExecutionHandler": "AWS_VSS_BACKUP", "ExecutionTimeout": None, **changes})


def sap_hana(**changes: Any) -> Data:
    """A snapshot policy for instances with SAP HANA."""
    base = {
        "ExecutionHandler": "AWSSystemsManagerSAP-CreateDLMSnapshotForSAPHANA",
        "ExecutionTimeout": 120,
        "ExecuteOperationOnScriptFailure": False,
    }
    return script(**{**base, **changes})


def copies(*rules: Data) -> Data:
    """A snapshot policy for volumes whose snapshots are copied."""
    return volumes(schedule(CrossRegionCopyRules=list(rules)))


def copy(**changes: Any) -> Data:
    """One rule for copies."""
    base = {
        "Target": "eu-central-1",
        "Encrypted": True,
        "RetainRule": {"Interval": 7, "IntervalUnit": "DAYS"},
    }
    return changed(base, changes)


def archive(create: Mapping[str, Any], retain: Data, tier: Data, **changes: Any) -> Data:
    """A snapshot policy for volumes that archives."""
    rule = {"RetainRule": {"RetentionArchiveTier": tier}}
    return volumes(schedule(CreateRule=create, RetainRule=retain, ArchiveRule=rule, **changes))


def event(**changes: Any) -> Data:
    """An event-based policy."""
    base = {
        "PolicyType": "EVENT_BASED_POLICY",
        "EventSource": {"Type": "MANAGED_CWE", "Parameters": event_parameters()},
        "Actions": [event_action()],
    }
    return changed(base, changes)


def event_parameters(**changes: Any) -> Data:
    """What an event-based policy listens for."""
    base = {
        "EventType": "shareSnapshot",
        "SnapshotOwner": ["111122223333"],
        "DescriptionRegex": "^.*nightly.*$",
    }
    return changed(base, changes)


def event_action(**changes: Any) -> Data:
    """What an event-based policy does."""
    copied = {
        "Target": "eu-central-1",
        "EncryptionConfiguration": {"Encrypted": True},
        "RetainRule": {"Interval": 7, "IntervalUnit": "DAYS"},
    }
    return changed({"Name": "copy", "CrossRegionCopy": [copied]}, changes)


def request(details: Data | None = None, **changes: Any) -> Data:
    """A create request."""
    base = {
        "ExecutionRoleArn": ROLE,
        "Description": "Nightly snapshots",
        "State": "ENABLED",
        "PolicyDetails": volumes() if details is None else details,
    }
    return changed(base, changes)


def default(resource: str = "VOLUME", **changes: Any) -> Data:
    """A default policy that says all in its request."""
    return request(PolicyDetails=None, DefaultPolicy=resource, **changes)


def simplified(resource: str = "VOLUME", **changes: Any) -> Data:
    """A default policy that says all in its details."""
    kind = "EBS_SNAPSHOT_MANAGEMENT" if resource == "VOLUME" else "IMAGE_MANAGEMENT"
    base = {"PolicyLanguage": "SIMPLIFIED", "PolicyType": kind, "ResourceType": resource}
    return request(changed(base, changes), DefaultPolicy=resource)


def as_json(data: object) -> str:
    """The file's text."""
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"
