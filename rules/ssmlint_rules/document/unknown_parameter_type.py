"""
## What it does
Reports a parameter whose `type` does not exist, or does not exist in this kind of document.

## Why is this bad?
Systems Manager refuses the document, or the agent drops the value of the parameter because it
does not know its type, so that only the default is ever used. Names of types are exact, upper
and lower case included. Command documents know `String`, `StringList` and, for a few inputs,
`StringMap`; the other types of Automation documents are a warning there, since the guide says
that they are not supported.

## Example
```yaml parameters
volume:
  type: string  # <-
count:
  type: Integer  # <-
  default: 3
```
Use instead:
```yaml parameters
volume:
  type: String
count:
  type: String
  default: '3'
```

## References
- [Data elements and parameters](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-syntax-data-elements-parameters.html)
- [amazon-ssm-agent, `docparser.go`](https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/framework/docparser/docparser.go): `ParseParameters`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import DocumentKind, SsmDocument
from ssmlint.rule import Problem, Severity, rule
from ssmlint.tree import Scalar
from ssmlint_rules.wording import did_you_mean, is_filled_in_later

_COMMAND = ("String", "StringList", "StringMap")
_ALL = (*_COMMAND, "Integer", "Boolean", "MapList")


@rule("SSM107", "unknown-parameter-type", Severity.ERROR, on=SsmDocument)
def unknown_parameter_type(document: SsmDocument) -> Iterator[Problem]:
    """Report each type that is none."""
    for parameter in document.parameters.values():
        node = parameter.field("type")
        if isinstance(node, Scalar) and not is_filled_in_later(node.text):
            yield from _problem(document, node)


def _problem(document: SsmDocument, node: Scalar) -> Iterator[Problem]:
    is_command = document.kind is DocumentKind.COMMAND
    known = _COMMAND if is_command else _ALL
    # `AWS::EC2::Instance::Id` and `List<AWS::...>` make the console offer a choice.
    if node.text in known or "AWS::" in node.text:
        return
    if node.text in _ALL:
        text = f"`{node.text}` is not a parameter type of Command documents; use `String`"
        yield Problem(node.span, text, severity=Severity.WARNING)
        return
    text = f"`{node.text}` is not a parameter type{did_you_mean(node.text, known)}"
    yield Problem(node.span, text)
