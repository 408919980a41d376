"""
## What it does
Reports a YAML alias that stands inside the very node it names.

## Why is this bad?
The document would have no end: nothing can turn it into the JSON that Systems Manager works
with, so it is refused, and many tools hang or crash on it.

## Example
```yaml document
schemaVersion: '2.2'
mainSteps:
  - &step
    action: aws:runShellScript
    name: freeze
    inputs:
      runCommand: [date]
      environment: *step  # <-
```
Use instead:
```yaml document
schemaVersion: '2.2'
mainSteps:
  - action: aws:runShellScript
    name: freeze
    inputs:
      runCommand: [date]
```

## References
- [YAML 1.1: anchors and aliases](https://yaml.org/spec/1.1/#alias/information%20model)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.tree import Tree
from ssmlint_rules.file.reader import noted


@rule("SSM004", "recursive-alias", Severity.ERROR, on=Tree)
def recursive_alias(tree: Tree) -> Iterator[Problem]:
    """Report the alias."""
    yield from noted(tree, "recursive-alias")
