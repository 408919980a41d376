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

Quotes make a string of a boolean:
```yaml parameters
confirm:
  type: Boolean
  default: 'true'  # <-
```
Use instead:
```yaml parameters
confirm:
  type: Boolean
  default: true
```

## Fix safety
Safe: only quotes are added around what is written, or taken away, or a list is made of it.

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
from ssmlint.tree import Node, Scalar, Style
from ssmlint_rules.defaults import as_type, fits
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
        elif not fits(parameter.type or "", node):
            yield _problem(document, parameter, node, expected)


def _is_unknown(node: Node) -> bool:
    return isinstance(node, Scalar) and (node.tag is not None or is_filled_in_later(node.text))


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
    edit = as_type(document.source, parameter, node)
    fix = Fix(f"write it as {expected}", (edit,)) if edit else None
    same_text = isinstance(node.value, int) and str(node.value) == node.text
    mild = parameter.type == "String" and same_text and parameter.allowed_pattern is None
    return Problem(node.span, text, fix=fix, severity=Severity.WARNING if mild else None)
