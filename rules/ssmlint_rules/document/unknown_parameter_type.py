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

## Fix safety
Safe where only the case of letters differs, since the document is refused as it is; else unsafe. With
`String`, numbers and booleans among its values get quotes.

## References
- [Data elements and parameters](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-syntax-data-elements-parameters.html)
- [amazon-ssm-agent, `docparser.go`](https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/framework/docparser/docparser.go): `ParseParameters`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import DocumentKind, Parameter, SsmDocument
from ssmlint.rule import Fix, Problem, Severity, rule
from ssmlint.tree import Scalar
from ssmlint_rules.defaults import default_items
from ssmlint_rules.edits import if_case_differs, quoted, rewritten
from ssmlint_rules.wording import is_filled_in_later, near

_COMMAND = ("String", "StringList", "StringMap")
_ALL = (*_COMMAND, "Integer", "Boolean", "MapList")


@rule("SSM107", "unknown-parameter-type", Severity.ERROR, on=SsmDocument)
def unknown_parameter_type(document: SsmDocument) -> Iterator[Problem]:
    """Report each type that is none."""
    for parameter in document.parameters.values():
        node = parameter.field("type")
        if isinstance(node, Scalar) and not is_filled_in_later(node.text):
            yield from _problem(document, parameter, node)


def _problem(document: SsmDocument, parameter: Parameter, node: Scalar) -> Iterator[Problem]:
    is_command = document.kind is DocumentKind.COMMAND
    known = _COMMAND if is_command else _ALL
    # `AWS::EC2::Instance::Id` and `List<AWS::...>` make the console offer a choice.
    if node.text in known or "AWS::" in node.text:
        return
    if node.text in _ALL:
        text = f"`{node.text}` is not a parameter type of Command documents; use `String`"
        as_string = _fix(document, parameter, node, "String")
        yield Problem(node.span, text, fix=as_string, severity=Severity.WARNING)
        return
    meant = near(node.text, known)
    hint = f"; did you mean `{meant}`?" if meant else ""
    fix = _fix(document, parameter, node, meant) if meant else None
    yield Problem(node.span, f"`{node.text}` is not a parameter type{hint}", fix=fix)


def _fix(document: SsmDocument, parameter: Parameter, node: Scalar, name: str) -> Fix:
    values = (*default_items(parameter), *(parameter.allowed_values or ()))
    edits = [rewritten(document.source, node, name)]
    if name == "String":
        edits += filter(None, (quoted(document.source, value) for value in values))
    return Fix(f"write `{name}`", tuple(edits), if_case_differs(node.text, name))
