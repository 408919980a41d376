"""
## What it does
Reports collections that are nested more than 200 levels deep.

## Why is this bad?
No document needs it; such a file is damaged, generated wrongly or an attack on whoever reads
it. It is not looked at any further, so a result without this finding would prove nothing.

## Example
```json document
{
  "schemaVersion": "2.2",
  "mainSteps":
[ # repeated 199 times
[  # <-
] # repeated 200 times
}
```
Use instead:
```json document
{
  "schemaVersion": "2.2",
  "mainSteps": [
    {"action": "aws:runShellScript", "name": "freeze", "inputs": {"runCommand": ["date"]}}
  ]
}
```

## References
- [RFC 8259, section 9: limits of parsers](https://www.rfc-editor.org/rfc/rfc8259#section-9)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.tree import Tree
from ssmlint_rules.file.reader import noted


@rule("SSM005", "too-deep", Severity.ERROR, on=Tree)
def too_deep(tree: Tree) -> Iterator[Problem]:
    """Report the first bracket beyond the limit."""
    yield from noted(tree, "too-deep")
