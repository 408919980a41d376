"""
## What it does
Reports an SNS topic of `aws:approve` whose name does not begin with `Automation`.

## Why is this bad?
The guide demands the prefix, and the managed policies for Automation let it publish to such topics only:
nobody hears that an approval is waited for.

## Example
```yaml automation
- name: ask
  action: aws:approve
  inputs:
    NotificationArn: arn:aws:sns:eu-west-1:123456789012:Approvals  # <-
    Approvers: [arn:aws:iam::123456789012:role/operators]
```
Use instead:
```yaml automation
- name: ask
  action: aws:approve
  inputs:
    NotificationArn: arn:aws:sns:eu-west-1:123456789012:AutomationApprovals
    Approvers: [arn:aws:iam::123456789012:role/operators]
```

## References
- [aws:approve](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-approve.html): `NotificationArn`
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.automation.runbook import Runbook
from ssmlint.rule import Problem, Severity, rule
from ssmlint.tree import Scalar
from ssmlint_rules.wording import is_filled_in_later

_TOPIC = re.compile(r"arn:[\w-]+:sns:[^:]*:[^:]*:(?P<name>[^:]+)")


@rule("AUT407", "misnamed-approval-topic", Severity.WARNING, on=Runbook)
def misnamed_approval_topic(runbook: Runbook) -> Iterator[Problem]:
    """Report each topic of another name."""
    for step in runbook.steps:
        entry = step.input("NotificationArn") if step.action == "aws:approve" else None
        node = entry.value if entry is not None else None
        if not isinstance(node, Scalar):
            continue
        match = _TOPIC.fullmatch(node.text.strip())
        if match is None or match["name"].startswith("Automation"):
            continue
        if not is_filled_in_later(match["name"]):
            text = f"the name of the topic has to begin with `Automation`, not `{match['name']}`"
            yield Problem(node.span, text)
