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

## Fix safety
Unsafe: what stands behind the here-document runs then. Only offered where a line differs from the closing
line in nothing but blanks.

## References
- [Bash manual, Here Documents](https://www.gnu.org/software/bash/manual/html_node/Redirections.html#Here-Documents)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Fix, Note, Problem, Severity, rule
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.source import Span
from ssmlint_rules.script_fixes import script_fix


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
        fix = _fix(script, warning.related) if warning.related else None
        yield Problem(script.place(warning.span), warning.message, related=related, fix=fix)


def _fix(script: ShellScript, line: Span) -> Fix | None:
    written = script.written(line)
    before = len(written) - len(written.lstrip())
    behind = len(written) - len(written.rstrip())
    blanks = [Span(line.start, line.start + before), Span(line.end - behind, line.end)]
    changes = ((span, "") for span in blanks if len(span))
    return script_fix(script, "let the closing line stand alone", *changes)
