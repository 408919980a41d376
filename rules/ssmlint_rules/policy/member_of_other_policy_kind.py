"""
## What it does
Reports a member that only policies of another kind have.

## Why is this bad?
There are six kinds of policies (custom policies for snapshots of volumes, for snapshots of
instances and for AMIs, event-based ones, and the two default ones), and each has its own members:
pre and post scripts belong to snapshots of instances, an archive rule to snapshots of volumes, a
deprecation rule to AMIs. No schema and no tool knows that: the API refuses the policy, and the
Terraform provider even drops some of them silently.

The kind follows from `PolicyLanguage`, `PolicyType` and `ResourceTypes`, so the mistake may also
be there. What the service itself has returned is not judged, and neither is an update that does not
say the policy's type.

## Example
```yaml policy
PolicyType: IMAGE_MANAGEMENT
ResourceTypes: [INSTANCE]
TargetTags:
  - Key: backup
    Value: nightly
Schedules:
  - Name: nightly
    CreateRule:
      CronExpression: cron(0 3 * * ? *)
      Scripts:  # <-
        - ExecutionHandler: freeze-and-thaw
    RetainRule:
      Count: 7
    ShareRules:  # <-
      - TargetAccounts: ['111122223333']
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
    RetainRule:
      Count: 7
    ShareRules:
      - TargetAccounts: ['111122223333']
```

## References
- [DLM API reference: data types](https://docs.aws.amazon.com/dlm/latest/APIReference/API_Types.html): the remarks in brackets, such as "Custom AMI policies only"
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ssmlint.model.policy import LifecyclePolicy, PolicyKind
from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.source import Span
from ssmlint.tree import Scalar
from ssmlint_rules.policy_structure import a_policy, errors_of, kinds_with, member_path

#: Kinds that are named in one word where a member belongs to all of them.
_GROUPS = (
    ({kind for kind in PolicyKind if kind.makes_snapshots}, "snapshot policies"),
    ({kind for kind in PolicyKind if kind.is_default}, "default policies"),
)


@rule("POL007", "member-of-other-policy-kind", Severity.ERROR, on=LifecyclePolicy)
def member_of_other_policy_kind(policy: LifecyclePolicy) -> Iterator[Problem]:
    """Report each member that the policy's kind does not have."""
    for error in errors_of(policy):
        if error.keyword == "not":
            name = str(error.path[-1])
            kinds = [kind for kind in kinds_with(member_path(error.path)) if kind != policy.kind]
            text = f"`{name}` belongs to {_words(kinds)}, not to {a_policy(policy)}"
            yield Problem(error.label, text, tuple(_why(policy, kinds, error.label)))


def _words(kinds: Iterable[PolicyKind]) -> str:
    found = list(kinds)
    words = []
    for group, name in _GROUPS:
        if group <= set(found):
            words.append(name)
            found = [kind for kind in found if kind not in group]
    words += [kind.value.replace("policy", "policies") for kind in found]
    return " and ".join(words)


def _why(policy: LifecyclePolicy, kinds: Iterable[PolicyKind], span: Span) -> Iterator[Note]:
    """Where the policy says what kind it is."""
    members = ["PolicyLanguage", "PolicyType"]
    if any(policy.kind in group and set(kinds) & group for group, _ in _GROUPS):
        # It is the target alone that makes the difference.
        members = ["ResourceTypes", "ResourceType"]
    for member in members:
        node = policy.details.get(member) if policy.details is not None else None
        if node is not None and node.span != span:
            value = f" `{node.text}`" if isinstance(node, Scalar) else ""
            yield Note(node.span, f"`{member}`{value} makes it {a_policy(policy)}")
            return
