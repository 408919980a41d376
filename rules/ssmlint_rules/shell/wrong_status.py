"""
## What it does
Reports a `$?` that is the status of another command than the one that matters: of the `echo` in
between, of the last part of a pipeline, of `local` or `export`, of the `if` itself.

## Why is this bad?
`$?` is the status of what ran last. `if [ $? -ne 0 ]; then exit $?; fi` ends with the status of
`[`, which is 0, so that the failure is reported as a success. `local out=$(command)` succeeds
always. `command | tee log` ends with the status of `tee`. A test of such a status never sees the
failure, or sees one that was none.

## Example
```bash
fsfreeze -f /data
echo 'freeze done'
if [ $? -ne 0 ]; then  # <-
    exit 201
fi
```
Use instead:
```bash
fsfreeze -f /data
status=$?
echo 'freeze done'
if [ $status -ne 0 ]; then
    exit 201
fi
```

Declarations, pipelines and conditions have a status of their own:
```bash
freeze() {
    local message=$(fsfreeze -f /data 2>&1)
    [ $? -eq 0 ] || echo "$message"  # <-
}
mysqldump shop | gzip > /backup/shop.gz
if [ $? -ne 0 ]; then  # <-
    exit $?  # <-
fi
```
Use instead:
```bash
set -o pipefail
freeze() {
    local message
    message=$(fsfreeze -f /data 2>&1)
    [ $? -eq 0 ] || echo "$message"
}
mysqldump shop | gzip > /backup/shop.gz || exit
```

## References
- [Bash manual, Special Parameters](https://www.gnu.org/software/bash/manual/html_node/Special-Parameters.html)
- [Bash manual, Pipelines](https://www.gnu.org/software/bash/manual/html_node/Pipelines.html): `pipefail`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statuses import wrong_statuses


@rule(
    "SH202",
    "wrong-status",
    Severity.WARNING,
    on=ShellScript,
    covers=("shellcheck/SC2155", "shellcheck/SC2181", "shellcheck/SC2319", "shellcheck/SC2320"),
)
def wrong_status(script: ShellScript) -> Iterator[Problem]:
    """Report each `$?` that belongs to another command."""
    for found in wrong_statuses(script):
        text = f"`$?` is the status of {found.why}"
        if found.always is not None:
            text += f", and so always {found.always}"
        related = [Note(script.place(found.culprit), "this one's status it is")]
        if found.meant is not None:
            related.append(Note(script.place(found.meant), "this one was probably meant"))
        yield Problem(script.place(found.span), text, related=tuple(related))
