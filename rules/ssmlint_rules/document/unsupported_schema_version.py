"""
## What it does
Reports a `schemaVersion` that does not exist.

## Why is this bad?
Systems Manager refuses the document ("Document schema version is invalid"), and an agent that
gets one all the same fails it as unsupported. `2.1` and `1.1` existed once and are gone.

## Example
```yaml document
schemaVersion: '2.1'  # <-
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
Unsafe: the document begins to exist.

## References
- [Schemas, features, and examples](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-schemas-features.html)
- [amazon-ssm-agent, `appconfig/constants.go`](https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/appconfig/constants.go): `SupportedDocumentVersions`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import DocumentKind, SsmDocument
from ssmlint.rule import Problem, Severity, rule
from ssmlint_rules.edits import instead
from ssmlint_rules.structure import SCHEMAS
from ssmlint_rules.wording import is_filled_in_later

#: The versions of each kind, the one to use last.
_VERSIONS = {
    DocumentKind.COMMAND: tuple(SCHEMAS),
    DocumentKind.AUTOMATION: ("0.3",),
    DocumentKind.SESSION: ("1.0",),
}


@rule("SSM104", "unsupported-schema-version", Severity.ERROR, on=SsmDocument)
def unsupported_schema_version(document: SsmDocument) -> Iterator[Problem]:
    """Report a version that no service or agent knows for this kind of document."""
    node = document.schema_version_node
    known = _VERSIONS[document.kind]
    if node is None or node.text in known or is_filled_in_later(node.text):
        return
    text = f"schema version `{node.text}` is not supported; {document.kind.value} documents"
    # A document with `runtimeConfig` is one of the older ones.
    wanted = "1.2" if document.root.get("runtimeConfig") else known[-1]
    fix = instead(document.source, node, wanted) if node.tag is None else None
    yield Problem(node.span, f"{text} have '{wanted}'", fix=fix)
