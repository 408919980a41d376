"""
## What it does
Reports a handler that can not be called with two arguments.

## Why is this bad?
`aws:executeScript` calls the handler with two arguments, the step's `InputPayload` and a context. A
function that takes one or three ends the step with a `TypeError` before its first line.

## Example
```python
def main(events):  # <-
    return {"region": events["region"]}
```
Use instead:
```python
def main(events, context):
    return {"region": events["region"]}
```

Defaults and `*arguments` make it fit:
```python
def main(events, context, retries):  # <-
    return {"retries": retries}
```
Use instead:
```python
def main(events, context, retries=3):
    return {"retries": retries}
```

## References
- [`aws:executeScript`](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeScript.html):
  the function must have two parameters, `events` and `context`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.python.scriptfacts import PythonScript
from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.tree import Scalar


@rule("PY202", "handler-arguments", Severity.ERROR, on=PythonScript)
def handler_arguments(script: PythonScript) -> Iterator[Problem]:
    """Report a handler that does not take the two arguments."""
    handler = script.handler
    if handler is None or handler.function is None or handler.span is None or handler.takes_two:
        return
    arguments = handler.function.args
    count = len(arguments.posonlyargs) + len(arguments.args)
    node = script.input("Handler")
    related = (Note(node.span, "called from here"),) if isinstance(node, Scalar) else ()
    text = f"the handler `{handler.name}` is called with two arguments, and takes {count or 'none'}"
    yield Problem(script.place(handler.span), text, related=related)
