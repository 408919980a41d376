"""
## What it does
Reports a parameter that stands for the whole of a plugin's input and is of another type than the input
takes: a `String` for the list `runCommand`, a `StringList` for the text `workingDirectory`.

## Why is this bad?
Where a reference is all of a value, the agent puts the parameter's value itself in its place, and a
list stays a list. The plugin can not read an input of another type than its own, and fails with
"Invalid format in plugin properties". Systems Manager checks this, too, and does not create such a
document. A list that stands inside a list has a rule of its own, `nested-list-parameter`.

## Example
```yaml document
schemaVersion: '2.2'
parameters:
  commands:
    type: String
  directories:
    type: StringList
mainSteps:
  - action: aws:runShellScript
    name: run
    inputs:
      workingDirectory: '{{ directories }}'  # <-
      runCommand: '{{ commands }}'  # <-
```
Use instead:
```yaml document
schemaVersion: '2.2'
parameters:
  commands:
    type: StringList
  directory:
    type: String
mainSteps:
  - action: aws:runShellScript
    name: run
    inputs:
      workingDirectory: '{{ directory }}'
      runCommand: '{{ commands }}'
```

## References
- [Data elements and parameters](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-syntax-data-elements-parameters.html):
  types of parameters and of plugins' inputs
- [amazon-ssm-agent, `parameters.go`](https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/framework/docparser/parameters/parameters.go): `isSingleParameterString`
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ssmlint.model.document import DocumentKind, SsmDocument
from ssmlint.model.references import references_in
from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.tree import Scalar, Sequence
from ssmlint_rules.structure import plugins

#: What the agent makes of a value, by the type of the parameter, in the words of JSON.
_MADE = {
    "String": "string",
    "StringList": "array",
    "StringMap": "object",
    "MapList": "list of objects",
    "Integer": "integer",
    "Boolean": "boolean",
}
_WORDS = {
    "string": "a text",
    "array": "a list",
    "object": "a mapping",
    "object or text": "a mapping, or JSON in a text,",
}

#: In these a text is read as JSON.
_TEXT_IS_READ = frozenset({"sourceInfo", "documentParameters", "additionalArguments"})


@rule("SSM211", "parameter-of-wrong-type", Severity.ERROR, on=SsmDocument)
def parameter_of_wrong_type(document: SsmDocument) -> Iterator[Problem]:
    """Report each input that is wholly a parameter of another type."""
    for step in document.steps if document.kind is DocumentKind.COMMAND else ():
        known = plugins().get(step.action or "", {}).get("properties", {})
        for inputs in step.inputs:
            for entry in inputs.entries:
                takes = _takes(step.action, entry.key.text, known.get(entry.key.text, {}))
                items = entry.value.items if isinstance(entry.value, Sequence) else ()
                if takes and isinstance(entry.value, Scalar):
                    yield from _look(document, entry.value, entry.key.text, takes)
                elif takes == "array":
                    for item in items:
                        yield from _look(document, item, entry.key.text, "string", is_item=True)


def _takes(action: str | None, name: str, schema: Mapping[str, Any]) -> str | None:
    """What an input takes; None where that is several things, or not known."""
    types = schema.get("type")
    if action == "aws:psModule" and name == "runCommand":
        return None
    if name in _TEXT_IS_READ:
        return "object or text"
    if isinstance(types, list):
        # A text is among the types of lists and mappings for the sake of references alone.
        first = next((t for t in types if t in ("array", "object")), None)
        return first if types in ([first, "string"], ["string", first]) else None
    return "string" if types == "string" else None


def _look(
    document: SsmDocument, node: object, name: str, takes: str, *, is_item: bool = False
) -> Iterator[Problem]:
    for reference in references_in(document.source, node) if isinstance(node, Scalar) else ():
        parameter = document.parameters.get(reference.name)
        made = _MADE.get((parameter.type if parameter else None) or "")
        if parameter is None or not reference.whole or made in (None, takes):
            continue
        if made in takes.split(" or ") or (made == "string" and "text" in takes):
            continue
        if is_item and made == "array":
            continue  # `nested-list-parameter`
        default = parameter.default
        if isinstance(default, Scalar) and "ssm:" in default.text:
            continue  # split by the agent
        text = f"`{name}` takes {_WORDS[takes]}, and `{reference.name}` is a `{parameter.type}`"
        note = Note(parameter.key.span, "declared here")
        yield Problem(reference.span, text, (note,))
