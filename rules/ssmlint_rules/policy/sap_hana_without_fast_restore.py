"""
## What it does
Reports a schedule for SAP HANA that does not enable fast snapshot restore.

## Why is this bad?
AWS recommends fast snapshot restore for SAP HANA: a volume made from any other snapshot is slow
until each of its blocks has been read once. It costs money, so this rule is opt-in.

## Example
```yaml schedule of instances
Name: nightly  # <-
CreateRule:
  CronExpression: cron(0 3 * * ? *)
  Scripts:
    - ExecutionHandler: AWSSystemsManagerSAP-CreateDLMSnapshotForSAPHANA
RetainRule:
  Count: 7
```
Use instead:
```yaml schedule of instances
Name: nightly
CreateRule:
  CronExpression: cron(0 3 * * ? *)
  Scripts:
    - ExecutionHandler: AWSSystemsManagerSAP-CreateDLMSnapshotForSAPHANA
RetainRule:
  Count: 7
FastRestoreRule:
  Count: 1
  AvailabilityZones: [eu-west-1a]
```

## References
- [EBS user guide: application-consistent snapshots](https://docs.aws.amazon.com/ebs/latest/userguide/automate-app-consistent-backups.html): configuring the schedule
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import Schedule
from ssmlint.rule import Problem, Severity, rule


@rule("POL305", "sap-hana-without-fast-restore", Severity.INFO, on=Schedule, default=False)
def sap_hana_without_fast_restore(schedule: Schedule) -> Iterator[Problem]:
    """Report a schedule with a script for SAP HANA and no rule for fast restore."""
    is_sap_hana = any(script.is_sap_hana for script in schedule.scripts)
    if is_sap_hana and schedule.node.get("FastRestoreRule") is None:
        text = f"schedule `{schedule.name}` backs up SAP HANA without fast snapshot restore"
        yield Problem(schedule.label_span, text)
