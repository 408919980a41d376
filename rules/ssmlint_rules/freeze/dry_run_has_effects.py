"""
## What it does
Reports a command in the `dry-run` stage that freezes, thaws or changes something.

## Why is this bad?
`dry-run` is there to show that the document can be run at all. People start it by hand, in the
middle of the day, on the production host, trusting that it touches nothing; it is also the
default of the parameter in every published document. Hence *error*.

Files that a script keeps for itself (below `/run`, `/tmp`, `/var/log` and the like) are not
reported.

## Example
```bash dlm
check() { systemctl is-active --quiet mysqld || exit 206; }
freeze() { fsfreeze -f /data || exit 201; }  # <-
case "{{ command }}" in
    pre-script|dry-run) check; freeze ;;
    post-script) fsfreeze -u /data || exit 202 ;;
esac
```
Use instead:
```bash dlm
check() { systemctl is-active --quiet mysqld || exit 206; }
freeze() { fsfreeze -f /data || exit 201; }
case "{{ command }}" in
    pre-script) check; freeze ;;
    dry-run) check ;;
    post-script) fsfreeze -u /data || exit 202 ;;
esac
```

## References
- [Amazon EBS user guide, pre and post scripts](https://docs.aws.amazon.com/ebs/latest/userguide/automate-app-consistent-backups.html):
  the sample documents say that dry-run triggers no commands on the instance
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.effects import is_scratch
from ssmlint.shell.paths import branch_place, events, notes, quote, shortest
from ssmlint.shell.stages import End, Scenario, StageReport
from ssmlint.shell.symbolic.events import Event, Happening

_CHANGES = (Happening.ACQUIRE, Happening.RELEASE, Happening.MUTATE, Happening.WATCHDOG)


@rule("DLM304", "dry-run-has-effects", Severity.ERROR, on=StageReport)
def dry_run_has_effects(report: StageReport) -> Iterator[Problem]:
    """Report each command of the dry-run that changes the host."""
    ends = report.runs[Scenario.DRY_RUN].ends
    branch = branch_place(report, Scenario.DRY_RUN.stage)
    related = notes(report, [(branch, "dry-run gets there from here")] if branch else [])
    places = {event.place for end in ends for event in _changes(end)}
    for place in sorted(places, key=lambda place: (place.script, place.span)):
        touching = [end for end in ends if any(e.place == place for e in _changes(end))]
        for end in shortest(touching, lambda end: 0).values():
            message = f"dry-run runs `{quote(report, place)}`, which changes the host"
            yield Problem(report.span(place), message, related, report.trace(end))


def _changes(end: End) -> list[Event]:
    found = events(end, *_CHANGES)
    return [e for e in found if e.ok is not False and not (e.effect and is_scratch(e.effect))]
