"""
## What it does
Reports an exit code of a pre/post document that Data Lifecycle Manager gives no meaning to:
anything but 0 and 201 to 206.

## Why is this bad?
The code travels in the event that Data Lifecycle Manager sends, as the cause of the failure, and
tells whoever is on call what to do: 204 means that a freeze was never undone, 206 that the
application was down. Any other code only says that something failed. A number close to the six,
or of their size, is most likely a slip, and a warning; `exit 1` and its like are advice, of
severity info. So is one of the six that the table of codes in the script's own comments leaves
out: whoever is on call reads that table.

## Example
```bash dlm
fsfreeze -f /data || exit 210  # <-
systemctl is-active postgresql || exit 1  # <-
```
Use instead:
```bash dlm
fsfreeze -f /data || exit 201
systemctl is-active postgresql || exit 206
```

## References
- [EBS user guide, other use cases for Data Lifecycle Manager scripts](https://docs.aws.amazon.com/ebs/latest/userguide/script-other-use-cases.html): the six codes
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.shell.exits import Documented, documented_codes, exits
from ssmlint.shell.scriptfacts import ShellScript

#: EBS user guide, "Other use cases for Data Lifecycle Manager scripts".
MEANINGS = {
    201: "the pre-script failed",
    202: "the post-script failed",
    203: "the auto thaw came before the post-script",
    204: "a pre-script where a post-script was expected",
    205: "a post-script where a pre-script was expected",
    206: "the application is not ready",
}
#: Other rules say what these do to the agent.
_RESERVED = (137, 168, 169, 194)


@rule("DLM401", "undocumented-exit-code", Severity.WARNING, on=ShellScript)
def undocumented_exit_code(script: ShellScript) -> Iterator[Problem]:
    """Report each code without a meaning."""
    if not script.document.is_dlm:
        return
    yield from _left_out(script)
    for found in exits(script):
        code = found.code
        if code is None or code == 0 or code in MEANINGS or code > 255 or code in _RESERVED:
            continue
        is_slip = code >= 100 or code in (20, 21, 22, 23)
        yield Problem(
            script.place(found.span),
            f"exit code {code} means nothing to Data Lifecycle Manager, which knows 201 to 206",
            severity=None if is_slip else Severity.INFO,
        )


def _left_out(script: ShellScript) -> Iterator[Problem]:
    """Codes of Data Lifecycle Manager that the script's own table of codes has left out."""
    rows = documented_codes(script)
    promised = {row.code for row in rows}
    told: set[int] = set()
    for found in exits(script) if rows else ():
        code = found.code
        if code not in MEANINGS or code in promised or code in told:
            continue
        told.add(code)
        yield Problem(
            script.place(found.span),
            f"exit code {code} is not in the script's table of exit codes",
            related=tuple(_twice(script, rows)) or (Note(script.place(rows[0].span), "the table"),),
            severity=Severity.INFO,
        )


def _twice(script: ShellScript, rows: tuple[Documented, ...]) -> Iterator[Note]:
    """The rows with a code that an earlier one has."""
    seen: set[int] = set()
    for row in rows:
        if row.code in seen:
            yield Note(script.place(row.span), f"the table has {row.code} for a second time here")
        seen.add(row.code)
