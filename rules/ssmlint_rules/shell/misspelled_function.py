"""
## What it does
Reports a command whose name is no program that is known, and that is one or two letters away
from a function of the script.

## Why is this bad?
The shell finds neither a function nor a program of that name: `command not found`, status 127.
The rollback that should thaw does nothing, and since its output mostly goes to a log that nobody
reads, it is noticed at the worst moment. Names that the script looks for with `command -v`, or
mentions with a path, may be programs of your own, and are left alone.

## Example
```bash
freeze_all() { fsfreeze -f /data; }
thaw_all() { fsfreeze -u /data; }
trap thaw_al EXIT  # <-
frezze_all || exit 201  # <-
```
Use instead:
```bash
freeze_all() { fsfreeze -f /data; }
thaw_all() { fsfreeze -u /data; }
trap thaw_all EXIT
freeze_all || exit 201
```

## Fix safety
Unsafe: the function begins to run.

## References
- [Bash manual, Command Search and Execution](https://www.gnu.org/software/bash/manual/html_node/Command-Search-and-Execution.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Fix, Note, Problem, Severity, rule
from ssmlint.shell.functions import Misspelled, misspelled_calls
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint_rules.script_fixes import script_fix


@rule("SH110", "misspelled-function", Severity.ERROR, on=ShellScript)
def misspelled_function(script: ShellScript) -> Iterator[Problem]:
    """Report each such command."""
    for found in misspelled_calls(script):
        word = found.use.command.words[0]
        name = found.function.name
        yield Problem(
            script.place(found.use.unit.place(word.span)),
            f"there is no function `{word.literal}`: status 127; did you mean `{name}`?",
            related=(Note(script.place(found.function.name_span), "defined here"),),
            fix=_fix(script, found),
        )


def _fix(script: ShellScript, found: Misspelled) -> Fix | None:
    span = found.use.unit.place(found.use.command.words[0].span)
    if script.written(span) != found.use.command.name:
        return None
    return script_fix(script, f"call `{found.function.name}`", (span, found.function.name))
