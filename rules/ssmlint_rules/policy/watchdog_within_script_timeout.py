"""
## What it does
Reports a document whose watchdog fires while the policy may still be waiting for the pre script.

## Why is this bad?
The watchdog thaws after a fixed time. When that is not longer than `ExecutionTimeout`, it can
fire before pre-script is even done, and surely before a snapshot has been started and
post-script has been called; the snapshot is then tagged as application-consistent and is not.
How long the rest takes is documented nowhere, so that only this is reported, as a *warning*.

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
                  systemd-run --on-active=60 --unit=thaw fsfreeze -u /data || exit 201
                  fsfreeze -f /data || exit 201
                  ;;
              post-script)
                  fsfreeze -u /data || exit 202
                  systemctl stop thaw.timer
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
          ExecutionTimeout: 120  # <-
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
                  systemd-run --on-active=180 --unit=thaw fsfreeze -u /data || exit 201
                  fsfreeze -f /data || exit 201
                  ;;
              post-script)
                  fsfreeze -u /data || exit 202
                  systemctl stop thaw.timer
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
          ExecutionTimeout: 120
    RetainRule: {Count: 7}
```

## References
- [`Script`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_Script.html): `ExecutionTimeout`
- systemd-run(1)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.pair import Pair
from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.stage_runs import stage_report
from ssmlint_rules.pairs import in_document, script_place


@rule("POL711", "watchdog-within-script-timeout", Severity.WARNING, on=Pair)
def watchdog_within_script_timeout(pair: Pair) -> Iterator[Problem]:
    """Report each watchdog of pre-script with a known delay that is not above the timeout."""
    report = stage_report(pair.document)
    if report is None or "PRE" not in pair.script.stages:
        return
    seconds = pair.script.timeout_seconds
    dogs = {dog.place: dog for end in report.pre.ends for dog in end.watchdogs}
    for place, dog in dogs.items():
        if dog.delay is not None and dog.delay <= seconds:
            message = f"the watchdog fires after {dog.delay:g} seconds, the policy waits {seconds}"
            note = in_document(pair, report.span(place), "the watchdog")
            yield Problem(script_place(pair, "ExecutionTimeout"), message, (note,))
