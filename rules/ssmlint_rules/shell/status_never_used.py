"""
## What it does
Reports a variable that a script notes a failure in, by `rc=1` in a branch or `rc=$?`, and that
nothing reads afterwards.

## Why is this bad?
The failure was noticed, written down and forgotten: the script goes on to its last command, and
ends with the status of that. Run Command shows *Success*; Data Lifecycle Manager takes a snapshot
of what was not frozen. Mostly an `exit $rc` at the end was lost, or was `exit 0` all along. Where
an `exit` or `return` follows in the same branch, the variable is only superfluous, and is left
alone. What counts as a variable for a status is its name (`rc`, `status`, `result`, `failed`,
`EXIT_CODE` ...).

## Example
```bash
rc=0
for target in /data /logs; do
    fsfreeze -u "$target" || rc=202  # <-
done
echo 'thawed'
```
Use instead:
```bash
rc=0
for target in /data /logs; do
    fsfreeze -u "$target" || rc=202
done
echo 'thawed'
exit $rc
```

## References
- [Handling exit codes in scripts](https://docs.aws.amazon.com/systems-manager/latest/userguide/run-command-handle-exit-status.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.unread_status import unread_statuses


@rule("SH207", "status-never-used", Severity.WARNING, on=ShellScript)
def status_never_used(script: ShellScript) -> Iterator[Problem]:
    """Report the first assignment to each such variable."""
    for found in unread_statuses(script):
        first, *others = found.writes
        yield Problem(
            script.place(first.span),
            f"`{first.name}` notes a failure here, and nothing reads it: the failure is lost",
            related=tuple(Note(script.place(w.span), "and here") for w in others),
        )
