"""A plain account of what a lifecycle policy will do.

What happens when a script fails follows the EBS user guide ("How pre and post scripts
work") and the API reference of `Script`; nothing is said here that they leave open.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from ssmlint.cron import next_fires
from ssmlint.model.firing import firing
from ssmlint.model.policy import (
    STAGE_COMMANDS,
    LifecyclePolicy,
    PolicyKind,
    PolicyScript,
    Schedule,
)
from ssmlint.model.policy_members import Retention, boolean, integer, mappings, retention, text
from ssmlint.records import dataclass
from ssmlint.tree import Mapping, Scalar, Sequence, plain

#: How many of the next fire times are shown.
FIRES = 5

#: `CreateRule.Times`, and the user guide on pre and post scripts.
_BEGINS_WITHIN = 60


@dataclass(frozen=True, slots=True)
class ScriptAccount:
    """One pre/post script of a schedule."""

    runs: str
    stages: tuple[str, ...]
    timeout_seconds: int | None
    """For each stage and attempt; None for VSS backups, where DLM decides."""
    attempts: int
    """How often a script is run at most, the first time included."""
    when_pre_fails: str | None
    when_post_fails: str | None


@dataclass(frozen=True, slots=True)
class ScheduleAccount:
    """One schedule."""

    name: str
    fires: str
    next: tuple[str, ...]
    """The next fire times in UTC, ISO 8601; empty where they are not known."""
    begins_within_minutes: int
    """How long after a fire time the creation begins at the latest."""
    scripts: tuple[ScriptAccount, ...]
    lives: tuple[str, ...]
    """How long the snapshots (or images) live, and what else becomes of them."""


@dataclass(frozen=True, slots=True)
class PolicyAccount:
    """One policy."""

    file: str
    kind: str
    description: str | None
    state: str | None
    role: str | None
    targets: tuple[str, ...]
    schedules: tuple[ScheduleAccount, ...]
    does: tuple[str, ...]
    """What a policy without schedules does."""

    def as_json(self) -> dict[str, Any]:
        """The account as JSON data."""
        return dataclasses.asdict(self)


def explain(policy: LifecyclePolicy, now: datetime) -> PolicyAccount:
    """What a policy will do from `now` on."""
    return PolicyAccount(
        file=policy.source.path,
        kind=policy.kind.value,
        description=text(policy.root, "Description"),
        state=text(policy.root, "State"),
        role=text(policy.root, "ExecutionRoleArn"),
        targets=tuple(_targets(policy)),
        schedules=tuple(_schedule(schedule, now) for schedule in policy.schedules),
        does=tuple(_without_schedules(policy)),
    )


def _targets(policy: LifecyclePolicy) -> Iterator[str]:
    if policy.kind.is_default:
        yield from _default_targets(policy)
        return
    if policy.kind is PolicyKind.EVENTS:
        return
    what = "volumes" if policy.kind is PolicyKind.SNAPSHOTS_OF_VOLUMES else "instances"
    tags = [f"{tag.key}={tag.value}" for tag in policy.target_tags]
    if tags:
        which = "the tag" if len(tags) == 1 else "at least one of the tags"
        yield f"{what} with {which} {', '.join(tags)}"
    else:
        yield f"{what}, but no target tags are given"
    place = _first_text(policy.details, "ResourceLocations")
    if place in ("OUTPOST", "LOCAL_ZONE"):
        yield f"on {'Outposts' if place == 'OUTPOST' else 'Local Zones'} only"
    if boolean(policy.parameters, "ExcludeBootVolume"):
        yield "without their boot volumes"
    if mappings(policy.parameters, "ExcludeDataVolumeTags"):
        yield "without data volumes that have an excluded tag"
    if policy.kind is PolicyKind.IMAGES:
        reboots = boolean(policy.parameters, "NoReboot") is False
        yield "rebooted for the image" if reboots else "imaged while they run, without a reboot"


def _default_targets(policy: LifecyclePolicy) -> Iterator[str]:
    volumes = policy.kind is PolicyKind.DEFAULT_FOR_VOLUMES
    yield f"all {'volumes' if volumes else 'instances'} of the Region without a recent backup"
    entry = policy.setting("Exclusions")
    if entry is not None and isinstance(entry.value, Mapping):
        names = [item.key.text for item in entry.value if plain(item.value)]
        if names:
            yield f"except what {', '.join(names)} exclude{'s' * (len(names) == 1)}"
    yield "none that is younger than 24 hours"


def _schedule(schedule: Schedule, now: datetime) -> ScheduleAccount:
    cron = firing(schedule)
    times = next_fires(cron, now, FIRES) if cron is not None else []
    return ScheduleAccount(
        name=schedule.name,
        fires=_fires(schedule),
        next=tuple(f"{time:%Y-%m-%dT%H:%MZ}" for time in times),
        begins_within_minutes=_BEGINS_WITHIN,
        scripts=tuple(_script(script) for script in schedule.scripts),
        lives=tuple(_lives(schedule)),
    )


def _fires(schedule: Schedule) -> str:
    if schedule.cron_node is not None:
        written = schedule.cron_node.text
        return written if schedule.cron is not None else f"{written}, which cannot be parsed"
    hours = schedule.interval_hours
    if hours is None:
        return "no time is given"
    start = _first_text(schedule.create_rule, "Times")
    begins = f"from {start} UTC" if start else "from a time that DLM chooses within 24 hours"
    return f"every {hours} hour{'s' * (hours != 1)} {begins}"


def _script(script: PolicyScript) -> ScriptAccount:
    attempts = script.retries + 1
    has_pre = script.is_vss or "PRE" in script.stages
    has_post = not script.is_vss and "POST" in script.stages
    return ScriptAccount(
        runs=_runs(script),
        stages=() if script.is_vss else script.stages,
        timeout_seconds=None if script.is_vss else script.timeout_seconds,
        attempts=attempts,
        when_pre_fails=_when_pre_fails(script) if has_pre else None,
        when_post_fails=_when_post_fails(script) if has_post else None,
    )


def _runs(script: PolicyScript) -> str:
    if script.is_vss:
        return "a VSS backup of Windows instances (document AWSEC2-CreateVssSnapshot)"
    name = script.handler.text if script.handler is not None else "no document"
    commands = [STAGE_COMMANDS[stage] for stage in script.stages if stage in STAGE_COMMANDS]
    return f"document {name} with command={' and then '.join(commands) or 'nothing'}"


def _again(script: PolicyScript, what: str) -> str:
    retries = script.retries
    if not retries:
        return ""
    return f"{what} up to {retries} more time{'s' * (retries != 1)}; then "


def _when_pre_fails(script: PolicyScript) -> str:
    # The guide's table of outcomes leaves VSS backups out, the reference of the members
    # does not.
    again = _again(
        script,
        "it is tried again"
        if script.is_vss
        else "the whole creation is tried again, pre script included,",
    )
    if script.falls_back:
        end = "crash-consistent snapshots are made"
    else:
        end = "the instance is skipped, and no snapshot is made"
    post = ", and the post script is not run" if "POST" in script.stages else ""
    return again + end + ("" if script.is_vss else post)


def _when_post_fails(script: PolicyScript) -> str:
    again = _again(script, "the post script alone is tried again")
    return (
        f"{again}the post script is given up: the snapshots may exist, and what the pre script "
        "froze may still be frozen"
        if "PRE" in script.stages
        else f"{again}the post script is given up"
    )


def _lives(schedule: Schedule) -> Iterator[str]:
    images = schedule.policy.kind is PolicyKind.IMAGES
    what = "AMI" if images else "snapshot"
    retain = schedule.retain_rule
    archive = schedule.archive_rule
    if retain is None or retain.type is None:
        yield "no retention is given"
    else:
        yield _ended(
            retain, what, "archived" if archive else "deregistered" if images else "deleted"
        )
    if archive is not None:
        yield f"in the archive {_ended(archive, what, 'deleted')}"
    if schedule.fast_restore_rule is not None:
        yield f"fast restore: {_kept(schedule.fast_restore_rule, what)}"
    if schedule.deprecate_rule is not None:
        yield f"deprecated: {_after(schedule.deprecate_rule)}"
    for copy in schedule.copy_rules:
        yield _copied(copy)
    for share in schedule.share_rules:
        yield _shared(share)


def _ended(rule: Retention, what: str, end: str) -> str:
    older = "older ones are" if rule.type == "count" else "then"
    return f"{_kept(rule, what)}, {older} {end}"


def _kept(rule: Retention, what: str) -> str:
    if rule.type == "count":
        return f"the last {_number(rule.count)} {what}{'s' * (rule.count != 1)} of each resource are kept"
    return f"kept for {_period(rule.interval, rule.unit)}"


def _after(rule: Retention) -> str:
    if rule.type == "count":
        return f"the oldest {_number(rule.count)}"
    return f"after {_period(rule.interval, rule.unit)}"


def _period(amount: int | None, unit: str | None) -> str:
    words = (unit or "units of time").lower()
    return f"{_number(amount)} {words[:-1] if amount == 1 and words.endswith('s') else words}"


def _number(amount: int | None) -> str:
    """A number in words; of one that cannot be read it is not hidden that it is there."""
    return "?" if amount is None else str(amount)


def _copied(copy: Mapping) -> str:
    target = text(copy, "Target") or text(copy, "TargetRegion") or "nowhere"
    rule = retention(copy.entry("RetainRule"))
    kept = f"kept for {_period(rule.interval, rule.unit)}" if rule else "with no end to their life"
    return f"copied to {target}, {kept}"


def _shared(share: Mapping) -> str:
    accounts = share.get_sequence("TargetAccounts")
    names = [item.text for item in accounts or () if isinstance(item, Scalar)]
    amount = integer(share, "UnshareInterval")
    end = f" for {_period(amount, text(share, 'UnshareIntervalUnit'))}" if amount else ""
    return f"shared with {', '.join(names) or 'nobody'}{end}"


def _without_schedules(policy: LifecyclePolicy) -> Iterator[str]:
    if policy.kind.is_default:
        yield from _default_actions(policy)
    elif policy.kind is PolicyKind.EVENTS:
        yield from _event_actions(policy)


def _default_actions(policy: LifecyclePolicy) -> Iterator[str]:
    what = "snapshot" if policy.kind is PolicyKind.DEFAULT_FOR_VOLUMES else "AMI"
    create, keep = _days(policy, "CreateInterval", 1), _days(policy, "RetainInterval", 7)
    yield f"a {what} every {create}, at a time within a window of four hours"
    yield f"kept for {keep}"
    extended = policy.setting("ExtendDeletion")
    if extended is not None and isinstance(extended.value, Scalar) and extended.value.value is True:
        yield "the last one is deleted, too, and deletion goes on when the policy has stopped"
    else:
        yield "the last one of a deleted resource is kept"
    for node in policy.setting_nodes:
        for target in mappings(node, "CrossRegionCopyTargets"):
            yield f"copied to {text(target, 'TargetRegion') or 'nowhere'}"


def _days(policy: LifecyclePolicy, member: str, default: int) -> str:
    entry = policy.setting(member)
    days = entry.value.text if entry is not None and isinstance(entry.value, Scalar) else default
    return "day" if str(days) == "1" and member == "CreateInterval" else f"{days} days"


def _event_actions(policy: LifecyclePolicy) -> Iterator[str]:
    source = policy.details.get_mapping("EventSource") if policy.details else None
    parameters = source.get_mapping("Parameters") if source else None
    owners = parameters.get_sequence("SnapshotOwner") if parameters else None
    names = [item.text for item in owners or () if isinstance(item, Scalar)]
    pattern = text(parameters, "DescriptionRegex")
    yield f"when {' or '.join(names) or 'nobody'} shares a snapshot with this account"
    if pattern:
        yield f"and its description matches {pattern}"
    for action in mappings(policy.details, "Actions"):
        for copy in mappings(action, "CrossRegionCopy"):
            yield f"it is {_copied(copy)}".replace("with no end to their life", "without an end")


def _first_text(node: Mapping | None, member: str) -> str | None:
    found = node.get(member) if node is not None else None
    if isinstance(found, Sequence) and len(found):
        found = found.items[0]
    return found.text if isinstance(found, Scalar) else None
