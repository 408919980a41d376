"""
## What it does
Reports a policy that lacks a member which has to be there.

## Why is this bad?
The API refuses the policy. CloudFormation's schema requires next to nothing, so there the
deployment fails only when it has begun.

A schedule without `CreateRule` or without `RetainRule` is a warning: the API model requires
neither of them, but then nobody has said when to create a snapshot, or how long to keep it.

An update may leave out what does not change, and a member that is there under a nearly equal
name is left to `unknown-policy-member`.

## Example
```yaml policy
PolicyType: EBS_SNAPSHOT_MANAGEMENT  # <-
ResourceTypes: [INSTANCE]
Schedules:
  - Name: nightly  # <-
    CreateRule:
      CronExpression: cron(0 3 * * ? *)
      Scripts:
        - Stages: [PRE, POST]  # <-
          ExecutionTimeout: 60
```
Use instead:
```yaml policy
PolicyType: EBS_SNAPSHOT_MANAGEMENT
ResourceTypes: [INSTANCE]
TargetTags:
  - Key: backup
    Value: nightly
Schedules:
  - Name: nightly
    CreateRule:
      CronExpression: cron(0 3 * * ? *)
      Scripts:
        - ExecutionHandler: freeze-and-thaw
          Stages: [PRE, POST]
          ExecutionTimeout: 60
    RetainRule:
      Count: 7
```

## References
- [DLM API reference: data types](https://docs.aws.amazon.com/dlm/latest/APIReference/API_Types.html)
- [Terraform provider: `aws_dlm_lifecycle_policy`](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dlm_lifecycle_policy), which requires both rules of a schedule
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import LifecyclePolicy, PolicyForm, Schedule
from ssmlint.rule import Problem, Severity, rule
from ssmlint.tree import Mapping
from ssmlint_rules.policy_structure import errors_of, shape_of, shapes
from ssmlint_rules.wording import near


@rule("POL002", "missing-policy-member", Severity.ERROR, on=LifecyclePolicy)
def missing_policy_member(policy: LifecyclePolicy) -> Iterator[Problem]:
    """Report each member that the shape or the kind of policy needs."""
    for error in errors_of(policy):
        if error.missing is not None and not _is_misspelt(error.node, error.missing, error.known):
            is_details = error.node is policy.details
            place = f"the {policy.kind.value}" if is_details else shape_of(error)
            span = policy.label_span if is_details else error.label
            yield Problem(span, f"`{error.missing}` is missing from {place}")
    if policy.form is not PolicyForm.STORED:
        for schedule in policy.schedules:
            yield from _rules_missing(schedule)


def _rules_missing(schedule: Schedule) -> Iterator[Problem]:
    known = tuple(shapes()["Schedule"]["properties"])
    for member, purpose in (("CreateRule", "when to run"), ("RetainRule", "what to keep")):
        if schedule.node.get(member) is None and not _is_misspelt(schedule.node, member, known):
            text = f"schedule `{schedule.name}` has no `{member}` that says {purpose}"
            yield Problem(schedule.label_span, text, severity=Severity.WARNING)


def _is_misspelt(node: object, missing: str, known: tuple[str, ...]) -> bool:
    """Whether another finding speaks of the member that stands for the missing one."""
    if not isinstance(node, Mapping):
        return False
    names = (entry.key.text for entry in node.entries)
    return any(near(name, (missing,)) and name not in known for name in names)
