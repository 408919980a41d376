"""
## What it does
Reports a `{{ reference }}` in the key of a mapping in a step's inputs.

## Why is this bad?
Only values are replaced. The key stays as it is, braces and all, and the value lands under a name that
nobody looks for.

## Example
```yaml document
schemaVersion: '2.2'
parameters:
  variable:
    type: String
mainSteps:
  - action: aws:runDocument
    name: run
    inputs:
      documentType: SSMDocument
      documentPath: Restart
      documentParameters:
        '{{ variable }}': '1'  # <-
```
Use instead:
```yaml document
schemaVersion: '2.2'
parameters:
  value:
    type: String
mainSteps:
  - action: aws:runDocument
    name: run
    inputs:
      documentType: SSMDocument
      documentPath: Restart
      documentParameters:
        Attempts: '{{ value }}'
```

## References
- aws/amazon-ssm-agent, `agent/framework/docparser/parameters/parameters.go`
- [Automation variables](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-variables.html):
  no variable keys
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import DocumentKind, SsmDocument
from ssmlint.model.references import REFERENCE
from ssmlint.rule import Problem, Severity, rule
from ssmlint.tree import Mapping, walk


@rule("SSM212", "reference-in-key", Severity.ERROR, on=SsmDocument)
def reference_in_key(document: SsmDocument) -> Iterator[Problem]:
    """Report each key that holds a reference."""
    if document.kind is DocumentKind.SESSION:
        return
    for step in document.all_steps:
        for inputs in step.inputs:
            for node in walk(inputs):
                for entry in node.entries if isinstance(node, Mapping) else ():
                    match = REFERENCE.search(entry.key.text)
                    if match and (match["name"] in document.parameters or ":" in match["name"]):
                        text = f"`{match[0]}` is not replaced in a key, only in values"
                        yield Problem(entry.key.span, text)
