"""
## What it does
Reports a policy that calls only the pre script of a document whose pre script freezes or locks
something.

## Why is this bad?
Nothing calls `post-script`, so that whatever pre-script froze stays frozen after the first
snapshot: every write to it blocks. That is inferred from the two files together; each of them
alone is in order. *Error*.

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
                  ;;
              post-script)
                  fsfreeze -u /data || exit 202
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
          Stages: [PRE]  # <-
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
                  ;;
              post-script)
                  fsfreeze -u /data || exit 202
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
    RetainRule: {Count: 7}
```

## References
- [`Script`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_Script.html): `Stages`
- fsfreeze(8)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.pair import Pair
from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.paths import quote
from ssmlint.shell.stage_runs import stage_report
from ssmlint_rules.pairs import in_document, script_place


@rule("POL708", "freeze-for-pre-script-only", Severity.ERROR, on=Pair)
def freeze_for_pre_script_only(pair: Pair) -> Iterator[Problem]:
    """Report `Stages` without `POST` where a successful pre-script leaves something held."""
    report = stage_report(pair.document)
    if report is None or "POST" in pair.script.stages:
        return
    held = next((item for end in report.pre.successes for item in end.held), None)
    if held is not None:
        what = quote(report, held.place)
        message = f"only the pre script is called, and nothing undoes its `{what}`"
        note = in_document(pair, report.span(held.place), "this stays in force")
        yield Problem(script_place(pair, "Stages"), message, (note,))
