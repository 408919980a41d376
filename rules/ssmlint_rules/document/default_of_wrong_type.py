"""
## What it does
Reports a default that is not of its parameter's `type`.

## Why is this bad?
YAML makes a number of `1.10` (that is, 1.1) and a boolean of `yes`, so a script gets another text
than the one that was written, and with an `allowedPattern` the agent fails the document: "invalid
parameter type". A string where a list is wanted, or the reverse, cannot be put into the input
that the parameter is for. An unquoted number for a `String` is a warning, since mostly the same
digits arrive. A `default:` with nothing behind it is no default at all: the parameter must be
given.

## Example
```yaml parameters
confirm:
  type: String
  default: yes  # <-
seconds:
  type: String
  default: 3600  # <-
```
Use instead:
```yaml parameters
confirm:
  type: String
  default: 'yes'
seconds:
  type: String
  default: '3600'
```

A list is written as one:
```yaml parameters
commands:
  type: StringList
  default: date  # <-
```
Use instead:
```yaml parameters
commands:
  type: StringList
  default:
    - date
```

## Fix safety
Safe: only quotes are added around what is written.

## References
- [Data elements and parameters](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-syntax-data-elements-parameters.html)
- [YAML 1.1: types](https://yaml.org/type/)
- [amazon-ssm-agent, `allowedregexparamvalidator.go`](https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/framework/docparser/paramvalidator/allowedregexparamvalidator/allowedregexparamvalidator.go)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import Parameter, SsmDocument
from ssmlint.rule import Fix, Problem, Severity, rule
from ssmlint.source import Span
from ssmlint.tree import Mapping, Node, Scalar, Sequence, Style
from ssmlint_rules.edits import quoted
from ssmlint_rules.typewords import type_of
from ssmlint_rules.wording import is_filled_in_later

#: Type of parameter -> what the default must be, in words.
_EXPECTED = {
    "String": "a string",
    "StringList": "a list of strings",
    "StringMap": "a mapping",
    "MapList": "a list of mappings",
    "Boolean": "`true` or `false` without quotes",
    "Integer": "a whole number without quotes",
}


@rule("SSM206", "default-of-wrong-type", Severity.ERROR, on=SsmDocument)
def default_of_wrong_type(document: SsmDocument) -> Iterator[Problem]:
    """Report each default that its type does not fit."""
    for parameter in document.parameters.values():
        node, expected = parameter.default, _EXPECTED.get(parameter.type or "")
        if node is None or expected is None or _is_unknown(node):
            continue
        if isinstance(node, Scalar) and node.value is None:
            yield from _empty(document, parameter, node)
        elif not _fits(parameter.type or "", node):
            yield _problem(document, parameter, node, expected)


def _is_unknown(node: Node) -> bool:
    return isinstance(node, Scalar) and (node.tag is not None or is_filled_in_later(node.text))


def _fits(kind: str, node: Node) -> bool:
    match kind, node:
        case ("String", Scalar(value=str())) | ("Boolean", Scalar(value=bool())):
            return True
        case "Integer", Scalar(value=int() as value):
            return not isinstance(value, bool)
        case (("StringList" | "MapList"), Sequence()):
            return True
        case "StringMap", Mapping():
            return True
        case (("StringMap" | "MapList"), Scalar(value=str(), text=text)):
            # The console sends such values as JSON text, and the agent takes it.
            return text.lstrip().startswith(("{", "["))
    return False


def _empty(document: SsmDocument, parameter: Parameter, node: Scalar) -> Iterator[Problem]:
    entry = parameter.fields.entry("default") if parameter.fields else None
    if node.style is Style.PLAIN and entry is not None:
        text = "`default` is empty, so the parameter must be given; for an empty text write ''"
        yield Problem(entry.key.span, text, severity=Severity.WARNING)


def _problem(document: SsmDocument, parameter: Parameter, node: Node, expected: str) -> Problem:
    found = type_of(document.source, node)
    text = f"the default of a `{parameter.type}` must be {expected}, not {found}"
    if not isinstance(node, Scalar):
        return Problem(Span(node.span.start, node.span.start + 1), text)
    edit = quoted(document.source, node) if parameter.type == "String" else None
    fix = Fix("put it in quotes", (edit,)) if edit else None
    same_text = isinstance(node.value, int) and str(node.value) == node.text
    mild = parameter.type == "String" and same_text and parameter.allowed_pattern is None
    return Problem(node.span, text, fix=fix, severity=Severity.WARNING if mild else None)
