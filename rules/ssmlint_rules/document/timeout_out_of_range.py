"""
## What it does
Reports a `timeoutSeconds` that the agent does not take: not a number, or not between 5 seconds
and 172800 (two days). Where it is a `{{ reference }}`, the parameter's default and allowed values
are looked at.

## Why is this bad?
The agent replaces such a value by 3600, with nothing but a line in its log. A script that was to
be stopped after 3 seconds runs for an hour, one that was to run for a week is killed after one.

## Example
```yaml step
- action: aws:runShellScript
  name: freeze
  inputs:
    timeoutSeconds: 2m  # <-
    runCommand: [fsfreeze -f /data]
- action: aws:runShellScript
  name: copy
  inputs:
    timeoutSeconds: '604800'  # <-
    runCommand: [fsfreeze -u /data]
```
Use instead:
```yaml step
- action: aws:runShellScript
  name: freeze
  inputs:
    timeoutSeconds: '120'
    runCommand: [fsfreeze -f /data]
- action: aws:runShellScript
  name: copy
  inputs:
    timeoutSeconds: '172800'
    runCommand: [fsfreeze -u /data]
```

Through a parameter:
```yaml document
schemaVersion: '2.2'
parameters:
  seconds:
    type: String
    default: '0'  # <-
mainSteps:
  - action: aws:runShellScript
    name: freeze
    inputs: {timeoutSeconds: '{{ seconds }}', runCommand: [fsfreeze -f /data]}
```
Use instead:
```yaml document
schemaVersion: '2.2'
parameters:
  seconds:
    type: String
    default: '60'
mainSteps:
  - action: aws:runShellScript
    name: freeze
    inputs: {timeoutSeconds: '{{ seconds }}', runCommand: [fsfreeze -f /data]}
```

## Fix safety
Unsafe: the script is stopped after another time. A number with a unit is written in seconds, and one that
is too large becomes the largest.

## References
- [amazon-ssm-agent, `pluginutil.go`](https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/plugins/pluginutil/pluginutil.go): `ValidateExecutionTimeout`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import DocumentKind, SsmDocument
from ssmlint.model.references import REFERENCE
from ssmlint.model.timeouts import (
    DEFAULT_SECONDS,
    LEAST_SECONDS,
    MOST_SECONDS,
    meant_seconds,
    seconds,
)
from ssmlint.rule import Fix, Note, Problem, Severity, rule
from ssmlint.tree import Scalar, ScalarValue
from ssmlint_rules.defaults import default_items
from ssmlint_rules.edits import number_instead
from ssmlint_rules.wording import is_filled_in_later


@rule("SSM401", "timeout-out-of-range", Severity.WARNING, on=SsmDocument)
def timeout_out_of_range(document: SsmDocument) -> Iterator[Problem]:
    """Report each value that silently becomes an hour."""
    if document.kind is not DocumentKind.COMMAND:
        return
    for step in document.steps:
        entry = step.input("timeoutSeconds")
        node = entry.value if entry else None
        if not isinstance(node, Scalar) or node.value is None or node.tag is not None:
            continue
        yield from _through_parameter(document, node)
        if not is_filled_in_later(node.text) and seconds(node.value) is None:
            text = _text(node.text, node.value)
            yield Problem(node.span, text, fix=_fix(document, node))


def _through_parameter(document: SsmDocument, node: Scalar) -> Iterator[Problem]:
    match = REFERENCE.fullmatch(node.text.strip())
    parameter = document.parameters.get(match["name"]) if match else None
    if parameter is None:
        return
    note = Note(node.span, "used as `timeoutSeconds` here")
    for value in (*default_items(parameter), *(parameter.allowed_values or ())):
        if seconds(value.value) is None and not is_filled_in_later(value.text):
            text = _text(value.text, value.value)
            yield Problem(value.span, text, (note,), fix=_fix(document, value))


def _fix(document: SsmDocument, node: Scalar) -> Fix | None:
    meant = meant_seconds(node.value)
    return number_instead(document.source, node, meant) if meant is not None else None


def _text(written: str, value: ScalarValue) -> str:
    shown = f"`{written}`" if written else "the empty string"
    return (
        f"a timeout of {shown} silently becomes {DEFAULT_SECONDS} seconds; "
        f"expected a number from {LEAST_SECONDS} to {MOST_SECONDS}"
    )
