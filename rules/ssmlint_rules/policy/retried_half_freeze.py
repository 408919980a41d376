"""
## What it does
Reports `MaximumRetryCount` for a document whose failed pre script leaves something frozen.

## Why is this bad?
The retry starts where the first try stopped: it finds the earlier freeze still in place, fails
again, and each further try does the same. Retries help only where a failed pre-script undoes what
it did. *Warning*; the document's own defect is reported in its file.

## Example
```yaml policy
# ssmlint: name=freeze-and-thaw
schemaVersion: '2.2'
parameters:
  command: {type: String, default: dry-run, allowedValues: [pre-script, post-script, dry-run]}
mainSteps:
  - name: run
    action: aws:runShellScript
    inputs:
      timeoutSeconds: 60
      runCommand:
        - |
          #!/bin/bash
          case "{{ command }}" in
              pre-script)
                  fsfreeze -f /data || exit 201
                  fsfreeze -f /logs || exit 201
                  ;;
              post-script)
                  fsfreeze -u /logs || result=202
                  fsfreeze -u /data || result=202
                  exit "${result:-0}"
                  ;;
          esac
---
PolicyType: EBS_SNAPSHOT_MANAGEMENT
ResourceTypes: [INSTANCE]
TargetTags: [{Key: backup, Value: nightly}]
Schedules:
  - Name: nightly
    CreateRule:
      CronExpression: cron(0 3 * * ? *)
      Scripts:
        - ExecutionHandler: freeze-and-thaw
          Stages: [PRE, POST]
          ExecutionTimeout: 60
          MaximumRetryCount: 3  # <-
    RetainRule: {Count: 7}
```
Use instead:
```yaml policy
# ssmlint: name=freeze-and-thaw
schemaVersion: '2.2'
parameters:
  command: {type: String, default: dry-run, allowedValues: [pre-script, post-script, dry-run]}
mainSteps:
  - name: run
    action: aws:runShellScript
    inputs:
      timeoutSeconds: 60
      runCommand:
        - |
          #!/bin/bash
          case "{{ command }}" in
              pre-script)
                  fsfreeze -f /data || exit 201
                  if ! fsfreeze -f /logs; then
                      fsfreeze -u /data
                      exit 201
                  fi
                  ;;
              post-script)
                  fsfreeze -u /logs || result=202
                  fsfreeze -u /data || result=202
                  exit "${result:-0}"
                  ;;
          esac
---
PolicyType: EBS_SNAPSHOT_MANAGEMENT
ResourceTypes: [INSTANCE]
TargetTags: [{Key: backup, Value: nightly}]
Schedules:
  - Name: nightly
    CreateRule:
      CronExpression: cron(0 3 * * ? *)
      Scripts:
        - ExecutionHandler: freeze-and-thaw
          Stages: [PRE, POST]
          ExecutionTimeout: 60
          MaximumRetryCount: 3
    RetainRule: {Count: 7}
```

## References
- [`Script`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_Script.html): `MaximumRetryCount`
- [EBS user guide: application-consistent snapshots](https://docs.aws.amazon.com/ebs/latest/userguide/automate-app-consistent-backups.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.pair import Pair
from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.stage_runs import stage_report
from ssmlint_rules.pairs import half_frozen, in_document, script_place


@rule("POL712", "retried-half-freeze", Severity.WARNING, on=Pair)
def retried_half_freeze(pair: Pair) -> Iterator[Problem]:
    """Report retries of a pre-script that can fail with something left held."""
    report = stage_report(pair.document)
    if report is None or pair.script.retries < 1 or "PRE" not in pair.script.stages:
        return
    place = half_frozen(report)
    if place is not None:
        note = in_document(pair, report.span(place), "this can be in force when pre-script fails")
        message = "a retry finds what the failed try left frozen, and fails as well"
        yield Problem(script_place(pair, "MaximumRetryCount"), message, (note,))
