"""
## What it does
Reports `arn:aws:iam::aws:policy/AWSDataLifecycleManagerSSMFullAccess`, without `service-role/`.

## Why is this bad?
AWS contradicts itself about the ARN of this managed policy, which the role of a policy with pre
and post scripts needs: the EBS user guide leaves `service-role/` out, the reference of AWS managed
policies has it, as the other policies of Data Lifecycle Manager do. With the wrong one attaching
fails. Since the sources disagree, this is a warning only; a look-up by name (`aws iam
list-policies`, Terraform's `aws_iam_policy` data source) avoids the question.

The ARN is looked for in the whole file, comments included.

## Example
```yaml policy
# The role needs arn:aws:iam::aws:policy/AWSDataLifecycleManagerSSMFullAccess.  # <-
PolicyType: EBS_SNAPSHOT_MANAGEMENT
ResourceTypes: [INSTANCE]
TargetTags:
  - Key: backup
    Value: nightly
Schedules:
  - CreateRule: {CronExpression: 'cron(0 3 * * ? *)'}
    RetainRule: {Count: 7}
```
Use instead:
```yaml policy
# The role needs arn:aws:iam::aws:policy/service-role/AWSDataLifecycleManagerSSMFullAccess.
PolicyType: EBS_SNAPSHOT_MANAGEMENT
ResourceTypes: [INSTANCE]
TargetTags:
  - Key: backup
    Value: nightly
Schedules:
  - CreateRule: {CronExpression: 'cron(0 3 * * ? *)'}
    RetainRule: {Count: 7}
```

## Fix safety
Unsafe: of the two ARNs it is not certain which one is right in your partition.

## References
- [AWS managed policy reference: `AWSDataLifecycleManagerSSMFullAccess`](https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSDataLifecycleManagerSSMFullAccess.html)
- [EBS user guide: application-consistent snapshots](https://docs.aws.amazon.com/ebs/latest/userguide/automate-app-consistent-backups.html), which has the ARN without the path
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.rule import Edit, Fix, Problem, Safety, Severity, rule
from ssmlint.source import Source, Span

_ARN = re.compile(r"arn:aws[a-z-]*:iam::aws:policy/(?=AWSDataLifecycleManagerSSMFullAccess\b)")


@rule("POL103", "doubtful-managed-policy-arn", Severity.WARNING, on=Source)
def doubtful_managed_policy_arn(source: Source) -> Iterator[Problem]:
    """Report each ARN of the managed policy without its path."""
    for match in _ARN.finditer(source.text):
        end = match.end() + len("AWSDataLifecycleManagerSSMFullAccess")
        edit = Edit(Span(match.end(), match.end()), "service-role/")
        fix = Fix("put `service-role/` before the name", (edit,), Safety.UNSAFE)
        text = "the ARN lacks `service-role/`, which the reference of AWS managed policies has"
        yield Problem(Span(match.start(), end), text, fix=fix)
