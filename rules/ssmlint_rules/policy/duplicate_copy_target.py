"""
## What it does
Reports two rules that copy to the same destination.

## Why is this bad?
There is one rule for each destination. A second one for the same Region adds nothing or a second
copy that is paid for; no source says which (inferred to be a mistake, hence a warning).

## Example
```yaml schedule
CreateRule:
  CronExpression: cron(0 3 * * ? *)
RetainRule: {Count: 7}
CrossRegionCopyRules:
  - Target: eu-central-1
    Encrypted: true
    RetainRule: {Interval: 7, IntervalUnit: DAYS}
  - Target: eu-central-1  # <-
    Encrypted: true
    RetainRule: {Interval: 1, IntervalUnit: YEARS}
```
Use instead:
```yaml schedule
CreateRule:
  CronExpression: cron(0 3 * * ? *)
RetainRule: {Count: 7}
CrossRegionCopyRules:
  - Target: eu-central-1
    Encrypted: true
    RetainRule: {Interval: 7, IntervalUnit: DAYS}
  - Target: eu-north-1
    Encrypted: true
    RetainRule: {Interval: 1, IntervalUnit: YEARS}
```

## References
- [EBS user guide: snapshot lifecycle policies](https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-ami-policy.html): cross-Region copy
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ssmlint.model.policy import LifecyclePolicy
from ssmlint.model.policy_members import mappings
from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.tree import Mapping, Scalar
from ssmlint_rules.wording import is_filled_in_later


@rule("POL502", "duplicate-copy-target", Severity.WARNING, on=LifecyclePolicy)
def duplicate_copy_target(policy: LifecyclePolicy) -> Iterator[Problem]:
    """Report each destination after the first of its name, list by list."""
    lists: list[Iterable[Mapping]] = [schedule.copy_rules for schedule in policy.schedules]
    actions = mappings(policy.details, "Actions")
    lists += [mappings(action, "CrossRegionCopy") for action in actions]
    lists += [mappings(node, "CrossRegionCopyTargets") for node in policy.setting_nodes]
    for copies in lists:
        first: dict[str, Scalar] = {}
        for copy in copies:
            node = copy.get_scalar("Target") or copy.get_scalar("TargetRegion")
            if node is None or is_filled_in_later(node.text):
                continue
            earlier = first.setdefault(node.text, node)
            if earlier is not node:
                text = f"`{node.text}` is the destination of another copy, too"
                yield Problem(node.span, text, (Note(earlier.span, "the first one"),))
