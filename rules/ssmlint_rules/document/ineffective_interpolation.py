"""
## What it does
Reports an `interpolationType` that does nothing: another value than `ENV_VAR`, on a parameter that is no
`String`, or in another document than a Command document of schema version 2.2.

## Why is this bad?
`interpolationType: ENV_VAR` keeps a value from being read as code. Where it does nothing, the variable
`SSM_<name>` is not set, and the value goes into the script as text, or not at all.

## Example
```yaml parameters
user:
  type: String
  interpolationType: EnvVar  # <-
```
Use instead:
```yaml parameters
user:
  type: String
  interpolationType: ENV_VAR
```

A list is none for the environment:
```yaml parameters
folders:
  type: StringList
  interpolationType: ENV_VAR  # <-
```
Use instead:
```yaml parameters
folders:
  type: String
  interpolationType: ENV_VAR
```

## Fix safety
Unsafe: the value goes into the environment then. Another type of parameter is not fixed.

## References
- [Schemas and features](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-schemas-features.html)
- [Data elements and parameters](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-syntax-data-elements-parameters.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import DocumentKind, Parameter, SsmDocument
from ssmlint.rule import Problem, Severity, rule
from ssmlint.tree import Scalar
from ssmlint_rules.edits import instead
from ssmlint_rules.wording import is_filled_in_later

_ONLY = "ENV_VAR"


@rule("SSM215", "ineffective-interpolation", Severity.ERROR, on=SsmDocument)
def ineffective_interpolation(document: SsmDocument) -> Iterator[Problem]:
    """Report each that does nothing."""
    for parameter in document.parameters.values():
        node = parameter.field("interpolationType")
        why = _why(document, parameter, node) if isinstance(node, Scalar) else None
        if isinstance(node, Scalar) and why is not None:
            is_other = node.text != _ONLY
            fix = instead(document.source, node, _ONLY) if is_other else None
            yield Problem(node.span, why, fix=fix)


def _why(document: SsmDocument, parameter: Parameter, node: Scalar) -> str | None:
    if is_filled_in_later(node.text):
        return None
    if node.text != "ENV_VAR":
        return f"`{node.text}` is no interpolation type; the only one is `ENV_VAR`"
    if document.kind is not DocumentKind.COMMAND or document.schema_version != "2.2":
        kind = f"{document.kind.value} documents of schema version {document.schema_version}"
        return f"`ENV_VAR` does nothing in {kind}, only in Command documents of 2.2"
    if parameter.type not in ("String", None):
        return f"`ENV_VAR` does nothing for a `{parameter.type}`, only for a `String`"
    return None
