"""
## What it does
Reports an `exit` whose argument is no exit code: a negative number, a word, two arguments, or a
variable that nothing sets.

## Why is this bad?
The script does end, but with another code than it says. bash makes 255 of `exit -1`; dash, which
is `sh` on Debian and Ubuntu, refuses it and ends with 2. A word is refused by both, status 2.
With an empty variable, `exit $code` ends with the status of the command before, which may be 0.

## Example
```bash
fsfreeze -f /data || exit -1  # <-
```
Use instead:
```bash
fsfreeze -f /data || exit 255
```

A word is none:
```bash
mysql -e 'SELECT 1' || exit failed  # <-
```
Use instead:
```bash
mysql -e 'SELECT 1' || exit 206
```

## Fix safety
Safe where bash is certain to run the script, else unsafe: a negative number becomes the code that bash
makes of it. In pre/post documents that is no code with a meaning, and nothing is fixed.

## References
- [Bash manual, Bourne Shell Builtins, exit](https://www.gnu.org/software/bash/manual/html_node/Bourne-Shell-Builtins.html)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.rule import Fix, Problem, Safety, Severity, rule
from ssmlint.shell.exits import Exit, exit_commands, exits
from ssmlint.shell.fields import UNKNOWN
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.undefined import undefined_reads
from ssmlint_rules.script_fixes import script_fix

_NEGATIVE = re.compile(r"-[0-9]{1,9}")


@rule(
    "SH205",
    "invalid-exit-code",
    Severity.WARNING,
    on=ShellScript,
    covers=("shellcheck/SC2241", "shellcheck/SC2242"),
)
def invalid_exit_code(script: ShellScript) -> Iterator[Problem]:
    """Report each exit code that is none."""
    for use in exit_commands(script, "exit"):
        if len(use.command.words) > 2:
            yield Problem(script.place(use.span), "`exit` takes one argument, and refuses more")
    for found in exits(script):
        why = _why(found.text)
        if why:
            text = f"`{found.text}` is no exit code: {why}"
            yield Problem(script.place(found.span), text, fix=_fix(script, found))
    yield from _unset(script)


def _why(text: str) -> str | None:
    if UNKNOWN in text or not text or re.fullmatch(r"\+?[0-9]+", text):
        return None
    if _NEGATIVE.fullmatch(text):
        return f"bash ends with {int(text) % 256}, dash refuses it and ends with 2"
    return "the shell refuses it and ends with 2"


def _fix(script: ShellScript, found: Exit) -> Fix | None:
    is_number = _NEGATIVE.fullmatch(found.text) and script.written(found.span) == found.text
    if not is_number or script.document.is_dlm:
        return None
    code = str(int(found.text) % 256)
    safety = Safety.SAFE if script.is_bash else Safety.UNSAFE
    return script_fix(script, f"write `{code}`", (found.span, code), safety=safety)


def _unset(script: ShellScript) -> Iterator[Problem]:
    unset = [found.read for found in undefined_reads(script)]
    for use in exit_commands(script, "exit"):
        for word in use.command.words[1:2]:
            inside = [read for read in unset if use.unit.place(word.span).covers(read.span)]
            if len(word.parts) == 1 and inside:
                yield Problem(
                    script.place(use.span),
                    f"`{inside[0].name}` is never set: this ends with the status of the command"
                    " before, or with 2",
                )
