"""
## What it does
Reports an AMI policy that does not say whether instances are rebooted.

## Why is this bad?
`NoReboot` is `true` where it is not given: the images are made of running instances, and the file
system in them may be inconsistent. That is a sound default for most servers, so the rule is
opt-in; it is for people who want the decision to be written down.

## Example
```yaml policy
PolicyType: IMAGE_MANAGEMENT  # <-
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
PolicyType: IMAGE_MANAGEMENT
ResourceTypes: [INSTANCE]
TargetTags:
  - Key: backup
    Value: nightly
Parameters:
  NoReboot: true
Schedules:
  - CreateRule: {CronExpression: 'cron(0 3 * * ? *)'}
    RetainRule: {Count: 7}
```

## References
- [`Parameters`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_Parameters.html): `NoReboot`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import LifecyclePolicy, PolicyForm, PolicyKind
from ssmlint.rule import Problem, Severity, rule


@rule("POL507", "images-without-reboot", Severity.INFO, on=LifecyclePolicy, default=False)
def images_without_reboot(policy: LifecyclePolicy) -> Iterator[Problem]:
    """Report an AMI policy without `Parameters.NoReboot`."""
    if policy.kind is not PolicyKind.IMAGES or policy.form is PolicyForm.UPDATE:
        return
    if policy.parameters is None or policy.parameters.get("NoReboot") is None:
        text = "without `NoReboot: false` images are made of running instances"
        yield Problem(policy.label_span, text)
