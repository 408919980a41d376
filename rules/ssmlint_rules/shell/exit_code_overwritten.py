"""
## What it does
Reports a loop that sets the exit code of the script anew in every turn, whatever it was.

## Why is this bad?
Only the last turn counts. With two mounts, the first fails to thaw and the code becomes 202; the
second was thawed before and makes it 205. With `status=$?` it is worse: the second turn
succeeds, the code becomes 0, and the failure of the first is forgotten. Keep the first code, or
the worst, and say so in the assignment.

## Example
```bash
EXIT_CODE=0
for target in /data /logs; do
    if ! fsfreeze -u "$target"; then
        EXIT_CODE=202  # <-
    elif [ ! -e "/run/frozen$target" ]; then
        EXIT_CODE=205
    fi
done
exit $EXIT_CODE
```
Use instead:
```bash
EXIT_CODE=0
for target in /data /logs; do
    if ! fsfreeze -u "$target"; then
        EXIT_CODE=202
    elif [ ! -e "/run/frozen$target" ] && [ $EXIT_CODE -eq 0 ]; then
        EXIT_CODE=205
    fi
done
exit $EXIT_CODE
```

The last turn alone decides:
```bash
for target in /data /logs; do
    fsfreeze -u "$target"
    status=$?  # <-
done
exit $status
```
Use instead:
```bash
status=0
for target in /data /logs; do
    fsfreeze -u "$target" || status=202
done
exit $status
```

## References
- [Bash manual, Looping Constructs](https://www.gnu.org/software/bash/manual/html_node/Looping-Constructs.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.shell.overwriting import overwritten_codes
from ssmlint.shell.scriptfacts import ShellScript


@rule("SH203", "exit-code-overwritten", Severity.WARNING, on=ShellScript)
def exit_code_overwritten(script: ShellScript) -> Iterator[Problem]:
    """Report the first assignment of each such loop."""
    for found in overwritten_codes(script):
        first, *others = found.sites
        again = "a later turn that succeeds" if found.by_success else "a later turn of the loop"
        related = [Note(script.place(site.span), "set anew here") for site in others]
        related.append(Note(script.place(found.loop), "the loop"))
        assert first.write is not None
        yield Problem(
            script.place(first.write.span),
            f"`{found.name}` is overwritten by {again}, and the first failure is forgotten",
            related=tuple(related),
        )
