"""
## What it does
Reports a key for copies that are not to be encrypted, and a key of another Region than the copy.

## Why is this bad?
A copy is encrypted in its destination with a key of that Region. A key from elsewhere cannot be
used there, and with `Encrypted: false` a key is a contradiction (a copy of an encrypted snapshot is
encrypted all the same). Both are inferred from the reference, hence warnings.

## Example
```yaml schedule
CreateRule:
  CronExpression: cron(0 3 * * ? *)
RetainRule: {Count: 7}
CrossRegionCopyRules:
  - Target: eu-central-1
    Encrypted: true
    CmkArn: arn:aws:kms:eu-west-1:111122223333:key/backup  # <-
    RetainRule: {Interval: 7, IntervalUnit: DAYS}
  - Target: eu-north-1
    Encrypted: false
    CmkArn: arn:aws:kms:eu-north-1:111122223333:key/backup  # <-
    RetainRule: {Interval: 7, IntervalUnit: DAYS}
```
Use instead:
```yaml schedule
CreateRule:
  CronExpression: cron(0 3 * * ? *)
RetainRule: {Count: 7}
CrossRegionCopyRules:
  - Target: eu-central-1
    Encrypted: true
    CmkArn: arn:aws:kms:eu-central-1:111122223333:key/backup
    RetainRule: {Interval: 7, IntervalUnit: DAYS}
  - Target: eu-north-1
    Encrypted: true
    CmkArn: arn:aws:kms:eu-north-1:111122223333:key/backup
    RetainRule: {Interval: 7, IntervalUnit: DAYS}
```

## References
- [`CrossRegionCopyRule`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_CrossRegionCopyRule.html)
- [`EncryptionConfiguration`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_EncryptionConfiguration.html)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.model.policy import LifecyclePolicy
from ssmlint.model.policy_members import boolean, mappings
from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.tree import Mapping, Scalar

_REGION = r"(?:[a-z]+-){2,3}[0-9]"
_KEY = re.compile(rf"arn:aws[\w-]*:kms:(?P<region>{_REGION}):")
#: A Region by its name, or the ARN of an Outpost in it.
_DESTINATION = re.compile(rf"(?:arn:aws[\w-]*:outposts:)?(?P<region>{_REGION})(?::.*)?")


@rule("POL503", "contradictory-copy-key", Severity.WARNING, on=LifecyclePolicy)
def contradictory_copy_key(policy: LifecyclePolicy) -> Iterator[Problem]:
    """Report each key that does not go with its copy."""
    for schedule in policy.schedules:
        for copy in schedule.copy_rules:
            yield from _problems(copy, copy)
    for action in mappings(policy.details, "Actions"):
        for copy in mappings(action, "CrossRegionCopy"):
            encryption = copy.get_mapping("EncryptionConfiguration")
            if encryption is not None:
                yield from _problems(copy, encryption)


def _problems(copy: Mapping, encryption: Mapping) -> Iterator[Problem]:
    key, encrypted = encryption.get_scalar("CmkArn"), encryption.entry("Encrypted")
    target = copy.get_scalar("Target") or copy.get_scalar("TargetRegion")
    if key is None:
        return
    if encrypted is not None and boolean(encryption, "Encrypted") is False:
        note = Note(encrypted.value.span, "not encrypted")
        yield Problem(key.span, "a key for a copy that is not to be encrypted", (note,))
    elif target is not None:
        yield from _other_region(key, target)


def _other_region(key: Scalar, target: Scalar) -> Iterator[Problem]:
    found, destination = _KEY.match(key.text), _DESTINATION.fullmatch(target.text)
    if found and destination and found["region"] != destination["region"]:
        text = f"the key is in `{found['region']}`, the copy goes to `{destination['region']}`"
        yield Problem(key.span, text, (Note(target.span, "the destination"),))
