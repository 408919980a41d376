"""
## What it does
Reports a Python script whose step names no function to call, or one that the script does not define.

## Why is this bad?
`aws:executeScript` loads the script and calls the function that `Handler` names. Without it the step
fails, whatever the rest of the script would do.

Nothing is said where the script comes as an `Attachment`, or where the function may come from
`from module import *`.

## Example
```yaml automation
- name: count
  action: aws:executeScript
  inputs:
    Runtime: python3.11
    Handler: script_handler  # <-
    Script: |
      def handler(events, context):
          return {"count": 1}
```
Use instead:
```yaml automation
- name: count
  action: aws:executeScript
  inputs:
    Runtime: python3.11
    Handler: handler
    Script: |
      def handler(events, context):
          return {"count": 1}
```

## Fix safety
Unsafe: another function of the script is named instead, the most similar one or the only one.

## References
- [`aws:executeScript`](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeScript.html):
  `Handler` is required for Python
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ssmlint.near import nearest
from ssmlint.python.scriptfacts import PythonScript
from ssmlint.rule import Fix, Problem, Safety, Severity, rule
from ssmlint.tree import Scalar
from ssmlint_rules.edits import rewritten

if TYPE_CHECKING:
    from ssmlint.python.handler import Handler


@rule("PY201", "missing-handler", Severity.ERROR, on=PythonScript)
def missing_handler(script: PythonScript) -> Iterator[Problem]:
    """Report a handler that is not there."""
    node = script.input("Handler")
    if script.input("Attachment") is not None or (script.script.references and _is_reference(node)):
        return
    if node is None:
        yield Problem(
            script.step.label_span, "a Python script needs a `Handler`, the function to call"
        )
    elif isinstance(node, Scalar) and script.handler is not None:
        handler = script.handler
        if not handler.is_bound and not handler.may_come_from_elsewhere:
            yield _problem(script, node, handler)


def _is_reference(node: object) -> bool:
    return isinstance(node, Scalar) and "{{" in node.text


def _problem(script: PythonScript, node: Scalar, handler: Handler) -> Problem:
    functions = tuple(handler.functions)
    meant = nearest(node.text, functions) or (functions[0] if len(functions) == 1 else None)
    hint = f"; did you mean `{meant}`?" if meant else ""
    fix = None
    if meant is not None:
        edit = rewritten(script.source, node, meant)
        fix = Fix(f"write `{meant}`", (edit,), Safety.UNSAFE)
    return Problem(node.span, f"the script defines no function `{node.text}`{hint}", fix=fix)
