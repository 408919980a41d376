"""
## What it does
Reports exit codes that the comments of a pre/post document promise in a table, and that the
script never ends with, while it does end with others of the table.

## Why is this bad?
Whoever reads the table, or an alarm that is built on it, waits for a code that never comes: the
case it stands for is reported under another code, or as a success. If 206, "application not
ready", is never used, a pre-script that finds the database down most likely ends with 0.

## Example
```bash dlm
# 201 - pre-script failed
# 202 - post-script failed
# 206 - application not ready  # <-
case {{ command }} in
    pre-script) fsfreeze -f /data || exit 201 ;;
    post-script) fsfreeze -u /data || exit 202 ;;
    dry-run) ;;
    *) exit 201 ;;
esac
```
Use instead:
```bash dlm
# 201 - pre-script failed
# 202 - post-script failed
# 206 - application not ready
case {{ command }} in
    pre-script)
        systemctl is-active --quiet postgresql || exit 206
        fsfreeze -f /data || exit 201
        ;;
    post-script) fsfreeze -u /data || exit 202 ;;
    dry-run) ;;
    *) exit 201 ;;
esac
```

## References
- [EBS user guide, other use cases for Data Lifecycle Manager scripts](https://docs.aws.amazon.com/ebs/latest/userguide/script-other-use-cases.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.exits import documented_codes, exits
from ssmlint.shell.fields import UNKNOWN
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import Literal, Word


@rule("DLM402", "exit-code-never-used", Severity.WARNING, on=ShellScript)
def exit_code_never_used(script: ShellScript) -> Iterator[Problem]:
    """Report each row of the table that has no code behind it."""
    rows = documented_codes(script)
    if not script.document.is_dlm or not rows:
        return
    ends = exits(script)
    used = {found.code for found in ends} | _numbers(script)
    promised = {row.code for row in rows}
    if not used & promised or any(_is_open(found.text) for found in ends):
        return
    for row in rows:
        if row.code not in used:
            yield Problem(
                script.place(row.span),
                f"no path of the script ends with {row.code}, which this table promises",
            )


def _numbers(script: ShellScript) -> set[int]:
    """Every number of three digits that stands anywhere in the code outside of messages."""
    words = [
        word
        for use in script.uses
        if use.command.name not in ("echo", "printf", "logger")
        for word in use.command.words
    ]
    words += [write.value for write in script.writes if isinstance(write.value, Word)]
    texts = [part.text for word in words for part in word.parts if isinstance(part, Literal)]
    return {int(text) for text in texts if len(text) == 3 and text.isdecimal()}


def _is_open(text: str) -> bool:
    """Whether a code is computed, so that it may be any."""
    return UNKNOWN in text and text != UNKNOWN
