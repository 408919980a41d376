"""
## What it does
Reports a step whose `action` is no plugin of the agent (Command documents) or no action of
Automation (Automation documents).

## Why is this bad?
Systems Manager refuses the document, and an agent that gets one all the same fails the step as
an unknown plugin. Names of plugins and actions are exact, upper and lower case included. An action
of an Automation document that is like no known one is a warning: AWS adds actions now and then.

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

In an Automation document:
```yaml automation
- name: stop
  action: aws:changeInstancesState  # <-
  inputs:
    InstanceIds: ['{{ InstanceId }}']
    DesiredState: stopped
```
Use instead:
```yaml automation
- name: stop
  action: aws:changeInstanceState
  inputs:
    InstanceIds: ['{{ InstanceId }}']
    DesiredState: stopped
```

## Fix safety
Safe where only the case of letters differs, since the document is refused as it is; else unsafe.

## References
- [Command document plugin reference](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-command-ssm-plugin-reference.html)
- [Automation actions reference](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-actions.html)
- [What CreateDocument answers](https://github.com/badmintoncryer/cdk-preflight): `Unknown plugin name: ...`, `Unknown action: ...`
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ssmlint.model.automation import ACTIONS
from ssmlint.model.document import DocumentKind, SsmDocument
from ssmlint.model.references import REFERENCE
from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.tree import Scalar
from ssmlint_rules.edits import if_case_differs, instead
from ssmlint_rules.structure import plugins
from ssmlint_rules.wording import is_filled_in_later, near


@rule("SSM106", "unknown-action", Severity.ERROR, on=SsmDocument)
def unknown_action(document: SsmDocument) -> Iterator[Problem]:
    """Report each action that does not belong to this kind of document."""
    is_automation = document.kind is DocumentKind.AUTOMATION
    known = ACTIONS if is_automation else plugins()
    for step in document.all_steps:
        node = step.action_node
        if node is None or node.text in known:
            continue
        if is_filled_in_later(node.text):
            yield from _as_reference(document, node)
            continue
        if is_automation and node.text in plugins():
            text = f"`{node.text}` is a plugin of Command documents; use `aws:runCommand`"
            version = document.schema_version_node
            words = "this makes it an Automation document"
            related = (Note(version.span, words),) if version else ()
            yield Problem(node.span, text, related)
        elif not is_automation and node.text in ACTIONS:
            text = f"`{node.text}` is an action of Automation documents (schema version 0.3)"
            yield Problem(node.span, f"{text}, not a plugin of Command documents")
        else:
            yield _problem(document, node, known)


def _as_reference(document: SsmDocument, node: Scalar) -> Iterator[Problem]:
    """A parameter in the place of an action, where nothing is put in."""
    match = REFERENCE.fullmatch(node.text.strip())
    if match and match["name"] in document.parameters:
        yield Problem(
            node.span, f"`{node.text}` is not replaced here: an action is always written out"
        )


def _problem(document: SsmDocument, node: Scalar, known: Iterable[str]) -> Problem:
    is_automation = document.kind is DocumentKind.AUTOMATION
    what = "an action of Automation documents" if is_automation else "a plugin of Command documents"
    text = f"`{node.text}` is not {what}"
    meant = near(node.text, known)
    if meant is None:
        # AWS adds actions now and then.
        return Problem(node.span, text, severity=Severity.WARNING if is_automation else None)
    safety = if_case_differs(node.text, meant)
    fix = instead(document.source, node, meant, safety, verb="use")
    return Problem(node.span, f"{text}; did you mean `{meant}`?", fix=fix)
