"""
## What it does
Reports an event-based policy that can never do anything.

## Why is this bad?
The policy runs when one of the accounts in `SnapshotOwner` shares a snapshot, and then makes the
copies of its action. With an empty list of accounts it never runs, with an empty list of copies it
does nothing. Both pass the API model (the former is inferred from its words).

## Example
```yaml policy
PolicyType: EVENT_BASED_POLICY
EventSource:
  Type: MANAGED_CWE
  Parameters:
    EventType: shareSnapshot
    SnapshotOwner: []  # <-
    DescriptionRegex: ^.*nightly.*$
Actions:
  - Name: copy
    CrossRegionCopy: []  # <-
```
Use instead:
```yaml policy
PolicyType: EVENT_BASED_POLICY
EventSource:
  Type: MANAGED_CWE
  Parameters:
    EventType: shareSnapshot
    SnapshotOwner: ['111122223333']
    DescriptionRegex: ^.*nightly.*$
Actions:
  - Name: copy
    CrossRegionCopy:
      - Target: eu-central-1
        EncryptionConfiguration: {Encrypted: true}
        RetainRule: {Interval: 7, IntervalUnit: DAYS}
```

## References
- [`EventParameters`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_EventParameters.html)
- [`Action`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_Action.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import LifecyclePolicy
from ssmlint.model.policy_members import mappings
from ssmlint.rule import Problem, Severity, rule
from ssmlint.tree import Mapping, Sequence


@rule("POL505", "idle-event-policy", Severity.WARNING, on=LifecyclePolicy)
def idle_event_policy(policy: LifecyclePolicy) -> Iterator[Problem]:
    """Report the empty lists that leave nothing to be done."""
    source = policy.details.get_mapping("EventSource") if policy.details else None
    parameters = source.get_mapping("Parameters") if source else None
    if parameters is not None:
        text = "without an account in `SnapshotOwner` the policy never runs"
        yield from _empty(parameters, "SnapshotOwner", text)
    for action in mappings(policy.details, "Actions"):
        yield from _empty(action, "CrossRegionCopy", "an action without copies does nothing")


def _empty(node: Mapping, member: str, text: str) -> Iterator[Problem]:
    entry = node.entry(member)
    if entry is not None and isinstance(entry.value, Sequence) and not len(entry.value):
        yield Problem(entry.key.span, text)
