"""
## What it does
Reports a policy that goes on to the snapshot when the pre script fails, with a document that
may leave something frozen in that case.

## Why is this bad?
`ExecuteOperationOnScriptFailure` is true when it is not given: after a failed pre-script the
policy makes crash-consistent snapshots all the same, the schedule looks healthy, and nobody hears
of the filesystem that is still frozen (post-script is not called then). With `false` the run fails
visibly. *Warning*; the document's own defect is reported in its file.

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
        - ExecutionHandler: freeze-and-thaw  # <-
          Stages: [PRE, POST]
          ExecutionTimeout: 60
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
          ExecuteOperationOnScriptFailure: false
    RetainRule: {Count: 7}
```

## Fix safety
Unsafe: where the pre script fails there is no snapshot at all.

## References
- [`Script`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_Script.html): `ExecuteOperationOnScriptFailure`
- [EBS user guide: application-consistent snapshots](https://docs.aws.amazon.com/ebs/latest/userguide/automate-app-consistent-backups.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.pair import Pair
from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.stage_runs import stage_report
from ssmlint_rules.fallbacks import without_fallback
from ssmlint_rules.pairs import half_frozen, in_document, script_place


@rule("POL713", "snapshot-of-half-freeze", Severity.WARNING, on=Pair)
def snapshot_of_half_freeze(pair: Pair) -> Iterator[Problem]:
    """Report the default fallback with a pre-script that can fail with something left held."""
    report = stage_report(pair.document)
    if report is None or "PRE" not in pair.script.stages or not pair.script.falls_back:
        return
    place = half_frozen(report)
    if place is not None and pair.script_node.get("ExecuteOperationOnScriptFailure") is None:
        note = in_document(pair, report.span(place), "this can be in force when pre-script fails")
        message = "a failed pre script that leaves things frozen is passed over by default"
        place_of_choice = script_place(pair, "ExecuteOperationOnScriptFailure")
        yield Problem(place_of_choice, message, (note,), fix=without_fallback(pair.script))
