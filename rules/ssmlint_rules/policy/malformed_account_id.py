"""
## What it does
Reports an ARN whose account id has not exactly 12 digits.

## Why is this bad?
Account ids have 12 digits. The API's pattern takes any number of them, so a lost or doubled digit
(or the `12345678910` of AWS's own examples, which has 11) is noticed only when the role or the key
cannot be found.

## Example
```yaml policy
ExecutionRoleArn: arn:aws:iam::12345678910:role/backup  # <-
Description: Nightly snapshots
State: ENABLED
PolicyDetails:
  PolicyType: EBS_SNAPSHOT_MANAGEMENT
  ResourceTypes: [VOLUME]
  TargetTags:
    - Key: backup
      Value: nightly
  Schedules:
    - CreateRule: {CronExpression: 'cron(0 3 * * ? *)'}
      RetainRule: {Count: 7}
```
Use instead:
```yaml policy
ExecutionRoleArn: arn:aws:iam::111122223333:role/backup
Description: Nightly snapshots
State: ENABLED
PolicyDetails:
  PolicyType: EBS_SNAPSHOT_MANAGEMENT
  ResourceTypes: [VOLUME]
  TargetTags:
    - Key: backup
      Value: nightly
  Schedules:
    - CreateRule: {CronExpression: 'cron(0 3 * * ? *)'}
      RetainRule: {Count: 7}
```

## References
- [AWS account identifiers](https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html)
- [DLM API reference: `CreateLifecyclePolicy`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_CreateLifecyclePolicy.html): the pattern of `ExecutionRoleArn`
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.model.policy import LifecyclePolicy
from ssmlint.rule import Problem, Severity, rule
from ssmlint.tree import scalars

_ARN = re.compile(r"arn:aws[\w-]*:[a-z]+:[a-z0-9-]*:(?P<account>[0-9]+):.+", re.ASCII)


@rule("POL101", "malformed-account-id", Severity.WARNING, on=LifecyclePolicy)
def malformed_account_id(policy: LifecyclePolicy) -> Iterator[Problem]:
    """Report each ARN with an account id of a wrong length."""
    for scalar in scalars(policy.root):
        match = _ARN.fullmatch(scalar.text)
        if match and len(match["account"]) != 12:
            account = match["account"]
            text = f"account id `{account}` has {len(account)} digits, expected 12"
            yield Problem(scalar.span, text)
