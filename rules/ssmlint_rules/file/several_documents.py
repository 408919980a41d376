"""
## What it does
Reports a file that holds more than one YAML document.

## Why is this bad?
An SSM document or a policy is one YAML document. Systems Manager refuses a stream of several,
and tools that read such a file often take the first one and forget the rest.

## Example
```yaml document
schemaVersion: '2.2'
mainSteps:
  - action: aws:runShellScript
    name: freeze
    inputs:
      runCommand: [date]
---  # <-
schemaVersion: '2.2'
mainSteps:
  - action: aws:runShellScript
    name: thaw
    inputs:
      runCommand: [date]
```
Use instead:
```yaml document
---
schemaVersion: '2.2'
mainSteps:
  - action: aws:runShellScript
    name: freeze
    inputs:
      runCommand: [date]
```

## References
- [YAML 1.1: document boundary marker](https://yaml.org/spec/1.1/#document%20boundary%20marker/)
- [CreateDocument](https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateDocument.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.tree import Tree
from ssmlint_rules.file.reader import noted


@rule("SSM003", "several-documents", Severity.ERROR, on=Tree)
def several_documents(tree: Tree) -> Iterator[Problem]:
    """Report where the second document begins."""
    yield from noted(tree, "several-documents")
