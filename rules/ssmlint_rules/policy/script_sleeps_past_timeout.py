"""
## What it does
Reports a stage that sleeps for longer than the policy waits.

## Why is this bad?
Data Lifecycle Manager waits `ExecutionTimeout` seconds (10 when it is not given) for a script,
then counts it as failed. A stage whose every successful way through it sleeps longer than that,
by `sleep`s of a known length, can never be a success. *Error*.

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
                  sleep 30
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
          ExecutionTimeout: 20  # <-
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
                  sleep 30
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
- [`Script`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_Script.html): `ExecutionTimeout`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.pair import Pair
from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.paths import events
from ssmlint.shell.stage_runs import stage_report
from ssmlint.shell.stages import End, Scenario
from ssmlint.shell.symbolic.events import Happening
from ssmlint_rules.pairs import in_document, script_place

_SCENARIOS = {"PRE": Scenario.PRE, "POST": Scenario.POST}


@rule("POL710", "script-sleeps-past-timeout", Severity.ERROR, on=Pair)
def script_sleeps_past_timeout(pair: Pair) -> Iterator[Problem]:
    """Report stages of which even the shortest successful way sleeps too long."""
    report = stage_report(pair.document)
    if report is None:
        return
    for stage in pair.script.stages:
        run = report.runs[_SCENARIOS[stage]] if stage in _SCENARIOS else None
        if run is None or not run.successes:
            continue
        end = min(run.successes, key=_slept)
        if _slept(end) >= pair.script.timeout_seconds:
            message = (
                f"{run.scenario.stage} sleeps {_slept(end):g} seconds, "
                f"and the policy waits {pair.script.timeout_seconds}"
            )
            sleeps = [event for event in events(end, Happening.SLEEP) if event.seconds]
            notes = tuple(in_document(pair, report.span(e.place), "sleeps here") for e in sleeps)
            yield Problem(script_place(pair, "ExecutionTimeout"), message, notes)


def _slept(end: End) -> float:
    """Seconds that a path sleeps for sure."""
    return sum(event.seconds or 0.0 for event in events(end, Happening.SLEEP))
