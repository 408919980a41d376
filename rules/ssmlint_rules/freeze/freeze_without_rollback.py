"""
## What it does
Reports a way in which `pre-script` fails and leaves something frozen or locked.

## Why is this bad?
When pre-script fails, Data Lifecycle Manager does not run post-script. Whatever was frozen
before the failure stays frozen: every write to it blocks, until somebody logs in and thaws it
by hand. A retry finds the earlier freeze still in place and fails as well. The finding's trace
shows the path; the severity is *error* because the database stands still at its end.

A watchdog that was armed before the failure, a `trap ... EXIT` that thaws, or a rollback on the
failing path all satisfy the rule.

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
from ssmlint.shell.paths import leaving_place, left_behind, notes, quote, shortest
from ssmlint.shell.stages import StageReport


@rule("DLM101", "freeze-without-rollback", Severity.ERROR, on=StageReport)
def freeze_without_rollback(report: StageReport) -> Iterator[Problem]:
    """Report each place where a failing pre-script leaves something held."""
    failing = [end for end in report.pre.ends if not end.succeeds and not end.watchdogs]
    left = [end for end in failing if left_behind(end)]
    for place, end in shortest(left, lambda end: leaving_place(report, end)).items():
        held = left_behind(end)
        what = quote(report, held[0].place)
        words = "is still in force" if len(held) == 1 else "and more are still in force"
        message = f"pre-script fails here while `{what}` {words}, and nothing will undo it"
        related = [(item.place, "acquired here, not released on this path") for item in held]
        yield Problem(report.span(place), message, notes(report, related), trace=report.trace(end))
