"""
## What it does
Reports a way in which `pre-script` fails and leaves something frozen or locked.

## Why is this bad?
When pre-script fails, Data Lifecycle Manager does not run post-script. Whatever was frozen
before the failure stays frozen: every write to it blocks, until somebody logs in and thaws it
by hand. A retry finds the earlier freeze still in place and fails as well. The finding's trace
shows the path; the severity is *error* because the database stands still at its end.

A `trap ... EXIT` that thaws, or a rollback on the failing path, satisfies the rule. With a
watchdog that was armed before the failure nothing stands still for ever, but writers wait until
the watchdog fires, and a retry meets the freeze: that is a *warning* behind a freeze, flush or
lock that has failed, and an *info* where something else fails that hardly ever does.

## Example
```bash dlm
freeze_all() {
    for mount in /data /logs; do
        if ! fsfreeze -f "$mount"; then
            echo "can not freeze $mount"
            exit 201  # <-
        fi
    done
}
case "{{ command }}" in
    pre-script) freeze_all ;;
    post-script) fsfreeze -u /logs; fsfreeze -u /data ;;
esac
```
Use instead:
```bash dlm
freeze_all() {
    frozen=()
    for mount in /data /logs; do
        if ! fsfreeze -f "$mount"; then
            echo "can not freeze $mount"
            for done in "${frozen[@]}"; do
                fsfreeze -u "$done"
            done
            exit 201
        fi
        frozen+=("$mount")
    done
}
case "{{ command }}" in
    pre-script) freeze_all ;;
    post-script) fsfreeze -u /logs; fsfreeze -u /data ;;
esac
```

## References
- [Amazon EBS user guide, pre and post scripts](https://docs.aws.amazon.com/ebs/latest/userguide/automate-app-consistent-backups.html):
  post scripts run only after a pre script that succeeded
- fsfreeze(8): a process that writes to a frozen filesystem blocks until it is thawed
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.paths import last_failure, leaving_place, left_behind, notes, quote, shortest
from ssmlint.shell.stages import End, StageReport
from ssmlint.shell.symbolic.values import Place


@rule("DLM101", "freeze-without-rollback", Severity.ERROR, on=StageReport)
def freeze_without_rollback(report: StageReport) -> Iterator[Problem]:
    """Report each place where a failing pre-script leaves something held."""
    left = [end for end in report.pre.ends if not end.succeeds and left_behind(end)]
    for_ever = shortest([e for e in left if not _is_watched(e)], lambda e: leaving_place(report, e))
    for_long = shortest([e for e in left if _is_watched(e)], lambda e: leaving_place(report, e))
    for place, end in {**for_long, **for_ever}.items():
        yield _problem(report, place, end)


def _is_watched(end: End) -> bool:
    """Whether all that is left behind ends by itself, or by watchdogs, as far as can be seen."""
    lasting = [item for item in left_behind(end) if not item.bounded]
    return all(any(dog.releases(item) for dog in end.watchdogs) for item in lasting)


def _problem(report: StageReport, place: Place, end: End) -> Problem:
    held = left_behind(end)
    what = quote(report, held[0].place)
    words = "is still in force" if len(held) == 1 else "and more are still in force"
    watched = _is_watched(end)
    mildly = Severity.WARNING if last_failure(end) else Severity.INFO
    until = "until the watchdog fires" if watched else "and nothing will undo it"
    return Problem(
        report.span(place),
        f"pre-script fails here while `{what}` {words}, {until}",
        notes(report, [(item.place, "acquired here, not released on this path") for item in held]),
        trace=report.trace(end),
        severity=mildly if watched else None,
    )
