"""
## What it does
Reports a value of another type than Systems Manager and the agent expect at that place.

## Why is this bad?
The agent reads the document into fixed types, and one value of a wrong type makes the whole
document fail. YAML makes such values quietly: an unquoted `yes` is a boolean, `1.10` is the
number 1.1, `2024-01-01` a date for some readers. In `allowedValues: [yes, no]` there is not
one string that a caller could send.

Values that are a `{{ reference }}` or a placeholder are left alone. In an Automation document a
number or a boolean in the place of a string is a warning: Automation may make a string of it, and
no source says so.

## Example
```yaml parameters
confirm:
  type: String
  allowedValues: [yes, no]  # <-
```
Use instead:
```yaml parameters
confirm:
  type: String
  allowedValues: ['yes', 'no']
```

A script is a list of strings:
```yaml step
- action: aws:runShellScript
  name: freeze
  inputs:
    runCommand: fsfreeze -f /data  # <-
```
Use instead:
```yaml step
- action: aws:runShellScript
  name: freeze
  inputs:
    runCommand:
      - fsfreeze -f /data
```

## Fix safety
Safe: quotes are put around a value that has to be a string, or taken away from a number or a boolean, and
what has to be a list becomes one of one item. The letters stay the same.

## References
- [amazon-ssm-agent, `contracts/model.go`](https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/contracts/model.go)
- [Automation actions reference](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-actions.html): the types of the inputs
- [YAML 1.1: types](https://yaml.org/type/)
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from ssmlint.model.document import DocumentKind, SsmDocument
from ssmlint.rule import Fix, Note, Problem, Severity, rule
from ssmlint.tree import Scalar
from ssmlint_rules.retyping import as_wanted
from ssmlint_rules.structure import Path, StructureError, errors_of
from ssmlint_rules.typewords import expected_type, found_type
from ssmlint_rules.wording import stands_for_another


@rule("SSM103", "wrong-type", Severity.ERROR, on=SsmDocument)
def wrong_type(document: SsmDocument) -> Iterator[Problem]:
    """Report each value of a wrong type; the items of one list together."""
    errors = [error for error in errors_of(document) if _is_wrong(document, error)]
    for parent, group in itertools.groupby(errors, _parent):
        items = list(group)
        yield _problem(document, parent, items)


def _is_wrong(document: SsmDocument, error: StructureError) -> bool:
    if error.keyword not in ("type", "pattern"):
        return False
    match error.node:
        case Scalar(value=None, span=span):
            # An empty value is as good as no key; an alias without end has a rule of its own.
            is_item = isinstance(error.path[-1], int)
            return is_item and not document.source.at(span).startswith("*")
        case Scalar(text=text, tag=tag):
            return tag is None and not stands_for_another(text)
    return True


def _parent(error: StructureError) -> Path:
    """The path without the index of an item."""
    return error.path[:-1] if isinstance(error.path[-1], int) else error.path


def _problem(document: SsmDocument, parent: Path, errors: list[StructureError]) -> Problem:
    first = errors[0]
    name = next((part for part in reversed(parent) if isinstance(part, str)), "mainSteps")
    subject = f"an item of `{name}`" if parent != first.path else f"`{name}`"
    text = f"{subject} must be {expected_type(first)}, not {found_type(document.source, first)}"
    others = tuple(Note(e.span, found_type(document.source, e)) for e in errors[1:])
    edits = [as_wanted(document.source, error) for error in errors]
    kept = tuple(edit for edit in edits if edit is not None)
    fix = Fix("write it as " + expected_type(first), kept) if len(kept) == len(errors) else None
    severity = Severity.WARNING if _may_be_converted(document, errors) else None
    return Problem(first.span, text, others, fix=fix, severity=severity)


def _may_be_converted(document: SsmDocument, errors: list[StructureError]) -> bool:
    """Whether Automation gets numbers and booleans where it wants strings."""
    return document.kind is DocumentKind.AUTOMATION and all(
        e.schema.get("type") == "string" and isinstance(e.node, Scalar) for e in errors
    )
