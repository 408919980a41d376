"""
## What it does
Reports a `pre-script` that freezes or locks something and arranges nothing that would release
it if post-script never comes.

## Why is this bad?
Data Lifecycle Manager runs post-script over the network, through Systems Manager. If the agent
stops, the instance loses its connection or the policy is disabled in between, nobody thaws the
database. A job that thaws after a while on its own, armed before the freeze, ends that. It is
a *warning*: the run itself is correct.

InterSystems IRIS ends a freeze by itself after the time given to `ExternalFreeze`, and the backup
modes of Oracle and PostgreSQL hold up no writer; they are not reported.

## Example
```bash dlm
case "{{ command }}" in
    pre-script)
        fsfreeze -f /data || exit 201  # <-
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
- [Amazon EBS user guide, pre and post scripts](https://docs.aws.amazon.com/ebs/latest/userguide/automate-app-consistent-backups.html):
  its sample scripts schedule an automatic thaw
- systemd-run(1), `--on-active=`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.paths import HOLDS_UP_NOBODY, acquired, events, quote
from ssmlint.shell.stages import StageReport
from ssmlint.shell.symbolic.events import Happening


@rule("DLM201", "missing-watchdog", Severity.WARNING, on=StageReport)
def missing_watchdog(report: StageReport) -> Iterator[Problem]:
    """Report the first thing that pre-script leaves held when nothing is ever armed."""
    ends = report.pre.ends
    if any(event for end in ends for event in events(end, Happening.WATCHDOG)):
        return
    for end in report.pre.successes:
        for event in acquired(end):
            # A session that only sleeps lets go by itself.
            held = any(item.place == event.place and not item.bounded for item in end.held)
            expires = event.effect is not None and event.effect.row.expires
            if held and not expires and event.resource not in HOLDS_UP_NOBODY:
                message = f"nothing undoes `{quote(report, event.place)}` if post-script never runs"
                yield Problem(report.span(event.place), message, trace=report.trace(end))
                return
