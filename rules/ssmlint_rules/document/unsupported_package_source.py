"""
## What it does
Reports the input `source` of `aws:configurePackage`.

## Why is this bad?
The agent knows the name, and refuses a step that has it: packages come from Distributor. Nothing is
installed.

## Example
```yaml step
- action: aws:configurePackage
  name: install
  inputs:
    name: Agent
    action: Install
    source: https://example.com/agent.zip  # <-
```
Use instead:
```yaml step
- action: aws:configurePackage
  name: install
  inputs:
    name: Agent
    action: Install
```

## References
- aws/amazon-ssm-agent, `agent/plugins/configurepackage/parser.go`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import DocumentKind, SsmDocument
from ssmlint.rule import Problem, Severity, rule
from ssmlint.tree import Scalar


@rule("SSM315", "unsupported-package-source", Severity.ERROR, on=SsmDocument)
def unsupported_package_source(document: SsmDocument) -> Iterator[Problem]:
    """Report each such input that is not empty."""
    for step in document.steps if document.kind is DocumentKind.COMMAND else ():
        entry = step.input("source") if step.action == "aws:configurePackage" else None
        if entry is not None and not (isinstance(entry.value, Scalar) and not entry.value.text):
            text = "the agent refuses `source`: a package comes from Distributor"
            yield Problem(entry.key.span, text)
