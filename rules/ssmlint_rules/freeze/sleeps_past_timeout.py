"""
## What it does
Reports a stage that sleeps longer than the `timeoutSeconds` of its step allows, on every way to a success.

## Why is this bad?
The agent kills the script before it gets to its end: the stage can only fail, and what it holds by then stays as it
is. Data Lifecycle Manager waits 120 seconds at most for a stage (`ExecutionTimeout`), so that a longer time for the step
is no way out.

## Example
```yaml document
schemaVersion: '2.2'
parameters:
  command: {type: String, default: dry-run, allowedValues: [pre-script, post-script, dry-run]}
mainSteps:
- action: aws:runShellScript
  name: freeze
  inputs:
    timeoutSeconds: 60
    runCommand:
    - |
      #!/bin/bash
      case "{{ command }}" in
          pre-script)
              fsfreeze -f /data || exit 201
              sleep 90  # <-
              ;;
          post-script) fsfreeze -u /data || exit 202 ;;
          *) exit 206 ;;
      esac
```
Use instead:
```yaml document
schemaVersion: '2.2'
parameters:
  command: {type: String, default: dry-run, allowedValues: [pre-script, post-script, dry-run]}
mainSteps:
- action: aws:runShellScript
  name: freeze
  inputs:
    timeoutSeconds: 60
    runCommand:
    - |
      #!/bin/bash
      case "{{ command }}" in
          pre-script)
              fsfreeze -f /data || exit 201
              ;;
          post-script) fsfreeze -u /data || exit 202 ;;
          *) exit 206 ;;
      esac
```

## References
- [Amazon EBS user guide, pre and post scripts](https://docs.aws.amazon.com/ebs/latest/userguide/automate-app-consistent-backups.html)
- [Command document plugin reference](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-command-ssm-plugin-reference.html):
  `timeoutSeconds`
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.paths import events
from ssmlint.shell.stages import End, StageReport
from ssmlint.shell.symbolic.events import Event, Happening
from ssmlint.tree import Scalar


@rule("DLM318", "sleeps-past-timeout", Severity.ERROR, on=StageReport)
def sleeps_past_timeout(report: StageReport) -> Iterator[Problem]:
    """Report the longest sleep of the way to a success that sleeps least."""
    for run in (report.pre, report.post):
        for number, script in enumerate(report.scripts):
            limit = script.step.input("timeoutSeconds")
            text = limit.value.text if limit and isinstance(limit.value, Scalar) else ""
            if not run.successes or not re.fullmatch(r"[1-9][0-9]{0,5}", text):
                continue
            sleeps = min((_sleeps(end, number) for end in run.successes), key=_seconds)
            if sleeps and _seconds(sleeps) >= int(text):
                longest = max(sleeps, key=lambda event: event.seconds or 0.0)
                message = (
                    f"{run.scenario.stage} sleeps {_seconds(sleeps):g} seconds,"
                    f" and the step is killed after {text}"
                )
                yield Problem(report.span(longest.place), message)


def _sleeps(end: End, script: int) -> list[Event]:
    found = events(end, Happening.SLEEP)
    return [event for event in found if event.seconds and event.place.script == script]


def _seconds(sleeps: list[Event]) -> float:
    return sum(event.seconds or 0.0 for event in sleeps)
