"""
## What it does
Reports a here-document that has no closing line.

## Why is this bad?
The rest of the script is its text: no command below `<<EOF` is ever run, and bash only warns. In
YAML the closing word mostly stands there, but indented deeper than the script, or with a blank
behind it; `<<-` takes away tabs, and no blanks.

## Example
```bash
mysql <<EOF  # <-
FLUSH TABLES;
  EOF
fsfreeze -f /data
```
Use instead:
```bash
mysql <<EOF
FLUSH TABLES;
EOF
fsfreeze -f /data
```

## References
- [Bash manual, Here Documents](https://www.gnu.org/software/bash/manual/html_node/Redirections.html#Here-Documents)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.shell.scriptfacts import ShellScript


@rule(
    "SH405",
    "unterminated-here-document",
    Severity.WARNING,
    on=ShellScript,
    covers_script=("shellcheck/SC1",),
)
def unterminated_here_document(script: ShellScript) -> Iterator[Problem]:
    """Report each here-document that swallows the rest."""
    for warning in script.syntax.warnings:
        related = (Note(script.place(warning.related), "see here"),) if warning.related else ()
        yield Problem(script.place(warning.span), warning.message, related=related)
