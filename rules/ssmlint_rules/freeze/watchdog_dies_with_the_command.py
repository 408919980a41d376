"""
## What it does
Reports a watchdog that is a plain background job of the script.

## Why is this bad?
The agent starts a script in a process group of its own, and when the command times out or is
cancelled it kills the whole group. A background job is in that group, with `nohup` too: that
protects from a hang-up, not from SIGKILL. The watchdog then dies together with the script it
should watch over, and what is frozen stays frozen; hence *error*. A job started by
`systemd-run`, `at` or `setsid` lives on.

## Example
```bash dlm
thaw_later() { sleep 150; fsfreeze -u /data; }
case "{{ command }}" in
    pre-script)
        thaw_later &  # <-
        fsfreeze -f /data || exit 201
        ;;
    post-script)
        fsfreeze -u /data || exit 202
        ;;
esac
```
Use instead:
```bash dlm
case "{{ command }}" in
    pre-script)
        systemd-run --on-active=150 --unit=thaw-data fsfreeze -u /data || exit 201
        fsfreeze -f /data || exit 201
        ;;
    post-script)
        fsfreeze -u /data || exit 202
        systemctl stop thaw-data.timer
        ;;
esac
```

## References
- aws/amazon-ssm-agent, `agent/executers/executers_unix.go`: `Setpgid`, and `kill(-pid, SIGKILL)`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.stages import StageReport


@rule("DLM203", "watchdog-dies-with-the-command", Severity.ERROR, on=StageReport)
def watchdog_dies_with_the_command(report: StageReport) -> Iterator[Problem]:
    """Report each watchdog of pre-script that a kill of the process group would end."""
    dogs = {dog.place: dog for end in report.pre.ends for dog in end.watchdogs}
    for place, dog in dogs.items():
        if not dog.detached:
            yield Problem(
                report.span(place),
                "this watchdog is killed together with the script when the command times out; "
                "start it with `systemd-run --on-active=...`",
            )
