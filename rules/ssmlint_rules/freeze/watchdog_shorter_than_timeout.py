"""
## What it does
Reports a watchdog that fires before the step's own `timeoutSeconds` is over.

## Why is this bad?
The script may run that long. A watchdog that fires while pre-script is still freezing thaws
what was frozen first, and pre-script goes on to report success: the snapshot is tagged as
application-consistent and is not. Give it more time than the stage may take; Data Lifecycle
Manager allows at most 120 seconds a script. A *warning*, because it takes a slow run.

## Example
```yaml document
schemaVersion: '2.2'
description: An example
parameters:
  command:
    type: String
    default: dry-run
    allowedValues: [pre-script, post-script, dry-run]
mainSteps:
  - action: aws:runShellScript
    name: freeze
    inputs:
      timeoutSeconds: 120
      runCommand:
        - |
          #!/bin/bash
          case "{{ command }}" in
              pre-script)
                  systemd-run --on-active=60 --unit=thaw fsfreeze -u /data || exit 201  # <-
                  fsfreeze -f /data || exit 201
                  ;;
              post-script)
                  fsfreeze -u /data || exit 202
                  systemctl stop thaw.timer
                  ;;
          esac
```
Use instead:
```yaml document
schemaVersion: '2.2'
description: An example
parameters:
  command:
    type: String
    default: dry-run
    allowedValues: [pre-script, post-script, dry-run]
mainSteps:
  - action: aws:runShellScript
    name: freeze
    inputs:
      timeoutSeconds: 120
      runCommand:
        - |
          #!/bin/bash
          case "{{ command }}" in
              pre-script)
                  systemd-run --on-active=150 --unit=thaw fsfreeze -u /data || exit 201
                  fsfreeze -f /data || exit 201
                  ;;
              post-script)
                  fsfreeze -u /data || exit 202
                  systemctl stop thaw.timer
                  ;;
          esac
```

## References
- [DLM API, Script](https://docs.aws.amazon.com/dlm/latest/APIReference/API_Script.html):
  `ExecutionTimeout` from 10 to 120 seconds
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.shell.stages import StageReport
from ssmlint.tree import Scalar

#: DLM waits no longer for a script, whatever the step allows.
_MOST_SECONDS = 120


@rule("DLM205", "watchdog-shorter-than-timeout", Severity.WARNING, on=StageReport)
def watchdog_shorter_than_timeout(report: StageReport) -> Iterator[Problem]:
    """Report each watchdog of pre-script that may fire while its step still runs."""
    dogs = {dog.place: dog for end in report.pre.ends for dog in end.watchdogs}
    for place, dog in dogs.items():
        entry = report.scripts[place.script].step.input("timeoutSeconds")
        value = entry.value if entry is not None else None
        if not isinstance(value, Scalar) or not value.text.isdigit() or dog.delay is None:
            continue
        allowed = min(int(value.text), _MOST_SECONDS)
        if dog.delay < allowed:
            message = (
                f"the watchdog fires after {dog.delay:g} s, while the step may run for {allowed} s"
            )
            note = Note(value.span, "the step's own limit")
            yield Problem(report.span(place), message, (note,))
