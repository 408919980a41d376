"""
## What it does
Reports an assignment to a variable that nothing reads, where the name differs in one letter, or
in underscores, from a variable that is read.

## Why is this bad?
The value went to a name of its own, and the variable that was meant keeps what it had: a failure
is noted in `exit_coed`, and the script ends with `$exit_code`, which is still 0. A variable that
is merely unused is not reported.

## Example
```bash
exit_code=0
fsfreeze -f /data || exit_coed=201  # <-
exit $exit_code
```
Use instead:
```bash
exit_code=0
fsfreeze -f /data || exit_code=201
exit $exit_code
```

## Fix safety
Unsafe: the other variable gets the value then.

## References
- [Bash manual, Shell Parameters](https://www.gnu.org/software/bash/manual/html_node/Shell-Parameters.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.undefined import misspelled_writes
from ssmlint_rules.script_fixes import script_fix


@rule("SH108", "misspelled-assignment", Severity.WARNING, on=ShellScript)
def misspelled_assignment(script: ShellScript) -> Iterator[Problem]:
    """Report each assignment that was meant for another variable."""
    for write, meant in misspelled_writes(script):
        is_name = script.written(write.span) == write.name
        place = script.place(write.span)
        yield Problem(
            place,
            f"`{write.name}` is set here and never read; did you mean `{meant.name}`?",
            related=(Note(script.place(meant.span), f"`{meant.name}` is set here"),),
            fix=script_fix(script, f"write `{meant.name}`", (write.span, meant.name))
            if is_name
            else None,
        )
