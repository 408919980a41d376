"""
## What it does
Reports a step of a Command document whose `action` is no plugin of the agent, and a plugin in an
Automation document.

## Why is this bad?
Systems Manager refuses the document, and an agent that gets one all the same fails the step as
an unknown plugin. Names of plugins are exact, upper and lower case included.

## Example
```yaml step
- action: aws:runShellscript  # <-
  name: freeze
  inputs:
    runCommand: [date]
```
Use instead:
```yaml step
- action: aws:runShellScript
  name: freeze
  inputs:
    runCommand: [date]
```

## Fix safety
Unsafe: the step begins to run.

## References
- [Command document plugin reference](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-command-ssm-plugin-reference.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.automation import ACTIONS
from ssmlint.model.document import DocumentKind, SsmDocument
from ssmlint.rule import Fix, Problem, Safety, Severity, rule
from ssmlint.tree import Scalar
from ssmlint_rules.edits import rewritten
from ssmlint_rules.structure import plugins
from ssmlint_rules.wording import is_filled_in_later, near


@rule("SSM106", "unknown-action", Severity.ERROR, on=SsmDocument)
def unknown_action(document: SsmDocument) -> Iterator[Problem]:
    """Report each action that does not belong to this kind of document."""
    for step in document.steps:
        node = step.action_node
        if node is None or is_filled_in_later(node.text):
            continue
        if document.kind is DocumentKind.AUTOMATION:
            if node.text in plugins():
                text = f"`{node.text}` is a plugin of Command documents; use `aws:runCommand`"
                yield Problem(node.span, text)
        elif node.text not in plugins():
            yield _problem(document, node)


def _problem(document: SsmDocument, node: Scalar) -> Problem:
    if node.text in ACTIONS:
        return Problem(
            node.span,
            f"`{node.text}` is an action of Automation documents (schema version 0.3), "
            "not a plugin of Command documents",
        )
    meant = near(node.text, plugins())
    if meant is None:
        return Problem(node.span, f"`{node.text}` is not a plugin of Command documents")
    edit = rewritten(document.source, node, meant)
    fix = Fix(f"use `{meant}`", (edit,), Safety.UNSAFE)
    text = f"`{node.text}` is not a plugin of Command documents; did you mean `{meant}`?"
    return Problem(node.span, text, fix=fix)
