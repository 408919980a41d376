"""
## What it does
Reports the first place where a file stops being YAML or JSON.

## Why is this bad?
Nobody can read the file: neither Systems Manager, which refuses it with "not well-formed" and
often the wrong line, nor the other rules, which stay silent about it.

## Example
```yaml document
schemaVersion: '2.2'
mainSteps:
  - action: aws:runShellScript
    name: freeze
    description: step 1: freeze  # <-
    inputs:
      runCommand: [date]
```
Use instead:
```yaml document
schemaVersion: '2.2'
mainSteps:
  - action: aws:runShellScript
    name: freeze
    description: 'step 1: freeze'
    inputs:
      runCommand: [date]
```

In JSON, a comma too many:
```json document
{
  "schemaVersion": "2.2",
  "mainSteps": [
    {"action": "aws:runShellScript", "name": "freeze", "inputs": {"runCommand": ["date"]}},  # <-
  ]
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
- [YAML 1.1](https://yaml.org/spec/1.1/)
- [RFC 8259: JSON](https://www.rfc-editor.org/rfc/rfc8259)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.tree import Tree
from ssmlint_rules.file.reader import noted


@rule("SSM001", "syntax-error", Severity.ERROR, on=Tree)
def syntax_error(tree: Tree) -> Iterator[Problem]:
    """Report what the reader could not read."""
    yield from noted(tree, "syntax-error")
