"""
## What it does
Reports a `StringList` parameter that stands as one item of a list.

## Why is this bad?
The agent puts the value itself in the place of `{{ commands }}`, so a list becomes a list inside
a list. No plugin can read that: the step fails with "Invalid format in plugin properties".
A default that is a `{{ssm:...}}` reference is left alone, as AWS's own examples use it.

## Example
```yaml document
schemaVersion: '2.2'
parameters:
  commands:
    type: StringList
mainSteps:
  - action: aws:runShellScript
    name: run
    inputs:
      runCommand:
        - '{{ commands }}'  # <-
```
Use instead:
```yaml document
schemaVersion: '2.2'
parameters:
  commands:
    type: StringList
mainSteps:
  - action: aws:runShellScript
    name: run
    inputs:
      runCommand: '{{ commands }}'
```

## Fix safety
Safe: a list inside a list could not be read. Only offered where it is the only item.

## References
- [amazon-ssm-agent, `parameters.go`](https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/framework/docparser/parameters/parameters.go): `isSingleParameterString`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import DocumentKind, SsmDocument
from ssmlint.model.references import references_in
from ssmlint.restructuring import out_of_list
from ssmlint.rule import Fix, Note, Problem, Severity, rule
from ssmlint.tree import Entry, Scalar, Sequence

#: Inputs that are lists of strings, after which a list inside cannot be read.
_LISTS = ("runCommand", "associationIds", "dnsIpAddresses", "volume")


@rule("SSM210", "nested-list-parameter", Severity.ERROR, on=SsmDocument)
def nested_list_parameter(document: SsmDocument) -> Iterator[Problem]:
    """Report each item of a list of strings that is wholly a `StringList`."""
    if document.kind is not DocumentKind.COMMAND:
        return
    for step in document.steps:
        for name in _LISTS:
            entry = step.input(name)
            # `aws:psModule` flattens lists inside its list.
            if entry and isinstance(entry.value, Sequence) and step.action != "aws:psModule":
                for item in entry.value.items:
                    yield from _nested(document, entry, item)


def _nested(document: SsmDocument, entry: Entry, item: object) -> Iterator[Problem]:
    name = entry.key.text
    if not isinstance(item, Scalar):
        return
    for reference in references_in(document.source, item):
        parameter = document.parameters.get(reference.name)
        if not reference.whole or parameter is None or parameter.type != "StringList":
            continue
        if isinstance(parameter.default, Scalar) and parameter.default.is_string:
            continue
        text = (
            f"`{reference.name}` is a list, and a list inside the list `{name}` cannot be read; "
            f"write `{name}: '{{{{ {reference.name} }}}}'`"
        )
        note = Note(parameter.key.span, "declared as a `StringList` here")
        edit = out_of_list(document.source, entry)
        fix = Fix("write it in the place of the list", (edit,)) if edit else None
        yield Problem(reference.span, text, (note,), fix=fix)
