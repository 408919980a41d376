"""
## What it does
Reports a `schemaVersion` that is written as a number.

## Why is this bad?
Without quotes, YAML and JSON make a number of it. The agent reads the version into a string,
and a number there makes the whole document fail; `2.0` may even arrive as `2`. In Automation
documents, which no agent reads, it is a warning.

## Example
```yaml document
schemaVersion: 2.2  # <-
mainSteps:
  - action: aws:runShellScript
    name: freeze
    inputs:
      runCommand: [date]
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

## Fix safety
Safe: only quotes are added.

## References
- [amazon-ssm-agent, `contracts/model.go`](https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/contracts/model.go): `SchemaVersion string`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import DocumentKind, SsmDocument
from ssmlint.rule import Fix, Problem, Severity, rule
from ssmlint_rules.edits import quoted


@rule("SSM105", "schema-version-not-a-string", Severity.ERROR, on=SsmDocument)
def schema_version_not_a_string(document: SsmDocument) -> Iterator[Problem]:
    """Report an unquoted version."""
    node = document.schema_version_node
    if node is None or node.is_string:
        return
    edit = quoted(document.source, node)
    fix = Fix("put it in quotes", (edit,)) if edit else None
    mild = document.kind is DocumentKind.AUTOMATION
    severity = Severity.WARNING if mild else None
    text = f"`schemaVersion` must be a string, not the number `{node.text}`; put it in quotes"
    yield Problem(node.span, text, fix=fix, severity=severity)
