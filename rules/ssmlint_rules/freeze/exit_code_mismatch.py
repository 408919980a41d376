"""
## What it does
Reports an exit code of a pre/post document that is not the one which the message printed in
front of it, or the comment above it, gives; and `exit 0` behind a message that begins with
`ERROR`.

## Why is this bad?
One of the two is wrong. If it is the code, Data Lifecycle Manager and every alarm that stands on
its events are told of another failure than the one that happened; if it is the text, whoever
reads the log is.

## Example
```bash dlm
if ! fsfreeze -u /data; then
    echo 'ERROR: not frozen. Return Error Code: 205'
    exit 202  # <-
fi
```
Use instead:
```bash dlm
if ! fsfreeze -u /data; then
    echo 'ERROR: not frozen. Return Error Code: 205'
    exit 205
fi
```

The comment is looked at together with the statement below it:
```bash dlm
# Return error code 204 if the filesystem is thawed already  # <-
if [ ! -e /run/frozen ]; then
    exit 205
fi
```
Use instead:
```bash dlm
# Return error code 205 if the filesystem is thawed already
if [ ! -e /run/frozen ]; then
    exit 205
fi
```

## References
- [EBS user guide, other use cases for Data Lifecycle Manager scripts](https://docs.aws.amazon.com/ebs/latest/userguide/script-other-use-cases.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.shell.exits import (
    Exit,
    comment_above,
    exits,
    exits_of,
    mentioned_codes,
    message_before,
    reports_error,
    says,
)
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import Statement
from ssmlint.shell.units import Use
from ssmlint.source import Span


@rule("DLM403", "exit-code-mismatch", Severity.WARNING, on=ShellScript)
def exit_code_mismatch(script: ShellScript) -> Iterator[Problem]:
    """Report codes that contradict the message or comment beside them."""
    if not script.document.is_dlm:
        return
    for found in exits(script):
        if found.code is not None:
            yield from _against_message(script, found)
    for use in script.uses:
        yield from _hidden_by_return(script, use)
    for _, block in script.index.blocks:
        for statement in block:
            yield from _against_comment(script, statement)


def _against_message(script: ShellScript, found: Exit) -> Iterator[Problem]:
    index = (found.use.unit if found.use else script.main).index
    command = message_before(index, found.statement)
    if command is None:
        return
    text = says(command) or ""
    codes = {code for code, _ in mentioned_codes(text)}
    if found.code in codes or not (codes or (reports_error(text) and found.code == 0)):
        return
    said = ", ".join(str(code) for code in sorted(codes)) or "that it failed"
    yield Problem(
        script.place(found.span),
        f"the script ends with {found.code} here, but the message in front of it says {said}",
        related=(Note(script.place(command.span), "the message"),),
    )


def _hidden_by_return(script: ShellScript, use: Use) -> Iterator[Problem]:
    """`log 'ERROR: ...'; return 0` in a function."""
    words = use.command.words
    if use.command.name != "return" or len(words) != 2 or words[1].literal != "0":
        return
    command = message_before(use.unit.index, use.command)
    if command is not None and reports_error(says(command) or ""):
        yield Problem(
            script.place(use.span),
            "the function returns 0 here, but the message in front of it says that it failed",
            related=(Note(script.place(command.span), "the message"),),
        )


def _against_comment(script: ShellScript, statement: Statement) -> Iterator[Problem]:
    comment = comment_above(script, statement)
    if comment is None:
        return
    codes = mentioned_codes(script.written(comment))
    if len(codes) != 1:
        return
    inside = exits_of(script, statement)
    code, offset = codes[0]
    if not inside or code in {found.code for found in inside}:
        return
    real = " or ".join(str(found.code) for found in inside)
    start = comment.start + offset
    yield Problem(
        script.place(Span(start, start + 3)),
        f"the comment says {code}, but what follows ends with {real}",
        related=tuple(Note(script.place(found.span), "the code") for found in inside),
    )
