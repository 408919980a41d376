"""
## What it does
Reports a `portNumber` or `localPortNumber` of a Session document that is no port.

## Why is this bad?
The session cannot be started. Ports are 1 to 65535, and 0 asks for any free local port.

## Example
```yaml document
schemaVersion: '1.0'
sessionType: Port
properties:
  portNumber: '543210'  # <-
  localPortNumber: postgres  # <-
  type: LocalPortForwarding
```
Use instead:
```yaml document
schemaVersion: '1.0'
sessionType: Port
parameters:
  localPort:
    type: String
    default: '54321'
    allowedPattern: ^[0-9]{1,5}$
properties:
  portNumber: '5432'
  localPortNumber: '{{ localPort }}'
  type: LocalPortForwarding
```

## References
- [Session document schema](https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-schema.html)
- [amazon-ssm-agent, `port.go`](https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/session/plugins/port/port.go)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import DocumentKind, SsmDocument
from ssmlint.rule import Problem, Severity, rule
from ssmlint.tree import Scalar
from ssmlint_rules.wording import is_filled_in_later

_MOST = 65_535


@rule("SSM504", "invalid-port", Severity.ERROR, on=SsmDocument)
def invalid_port(document: SsmDocument) -> Iterator[Problem]:
    """Report each port that is none."""
    properties = document.root.get_mapping("properties")
    if document.kind is not DocumentKind.SESSION or properties is None:
        return
    for name, least in (("portNumber", 1), ("localPortNumber", 0)):
        node = properties.get(name)
        if not isinstance(node, Scalar) or node.value is None or is_filled_in_later(node.text):
            continue
        text = node.text.strip()
        is_number = text.isascii() and text.isdigit() and len(text) < 10
        if not is_number or not least <= int(text) <= _MOST:
            yield Problem(
                node.span, f"`{text}` is no port; expected a number from {least} to {_MOST}"
            )
