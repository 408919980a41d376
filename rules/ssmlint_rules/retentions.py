"""Every rule of retention in a policy, for the rules about them. No rule."""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import LifecyclePolicy, Schedule
from ssmlint.model.policy_members import Retention, mappings, retention
from ssmlint.records import dataclass

#: The longest retention, as the API reference gives it for each unit (`RetainRule`,
#: `FastRestoreRule`, `CrossRegionCopyRetainRule`).
HUNDRED_YEARS = {"DAYS": 36500, "WEEKS": 5200, "MONTHS": 1200, "YEARS": 100}
#: The same for `DeprecateRule` and `CrossRegionCopyDeprecateRule`.
TEN_YEARS = {"DAYS": 3650, "WEEKS": 520, "MONTHS": 120, "YEARS": 10}


@dataclass(frozen=True, slots=True)
class Found:
    """A rule of retention and what it is for."""

    rule: Retention
    has_count: bool
    """Whether the rule may have a `Count`; those for copies may not."""
    longest: dict[str, int] | None
    """The most units of each kind, None where no source says."""


def retentions(policy: LifecyclePolicy) -> Iterator[Found]:
    """Every rule of retention that the policy holds, in no particular order."""
    for schedule in policy.schedules:
        yield from _of_schedule(schedule)
    for action in mappings(policy.details, "Actions"):
        for copy in mappings(action, "CrossRegionCopy"):
            rule = retention(copy.entry("RetainRule"))
            if rule is not None:
                yield Found(rule, False, HUNDRED_YEARS)


def _of_schedule(schedule: Schedule) -> Iterator[Found]:
    own = (
        (schedule.retain_rule, HUNDRED_YEARS),
        (schedule.archive_rule, None),
        (schedule.fast_restore_rule, HUNDRED_YEARS),
        (schedule.deprecate_rule, TEN_YEARS),
    )
    for rule, longest in own:
        if rule is not None:
            yield Found(rule, True, longest)
    for copy in schedule.copy_rules:
        for member, longest in (("RetainRule", HUNDRED_YEARS), ("DeprecateRule", TEN_YEARS)):
            rule = retention(copy.entry(member))
            if rule is not None:
                yield Found(rule, False, longest)
