"""
## What it does
Reports `finallyStep: true` on a step that is not the last one.

## Why is this bad?
The agent takes only the last step for the one that runs in any case. On another step it ignores
the input with a line in its log: when a step before it stops the document, the thaw or the
cleanup in it does not run.

## Example
```yaml step
- action: aws:runShellScript
  name: freeze
  inputs:
    onFailure: exit
    runCommand: [fsfreeze -f /data]
- action: aws:runShellScript
  name: thaw
  inputs:
    finallyStep: true  # <-
    runCommand: [fsfreeze -u /data]
- action: aws:runShellScript
  name: report
  inputs:
    runCommand: [date]
```
Use instead:
```yaml step
- action: aws:runShellScript
  name: freeze
  inputs:
    onFailure: exit
    runCommand: [fsfreeze -f /data]
- action: aws:runShellScript
  name: thaw
  inputs:
    finallyStep: true
    runCommand: [fsfreeze -u /data]
```

## References
- [Command document plugin reference: shared inputs](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-command-ssm-plugin-reference.html#shared-inputs)
- [amazon-ssm-agent, `runpluginutil.go`](https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/framework/runpluginutil/runpluginutil.go): `getShouldPluginSkipBasedOnControlFlow`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import DocumentKind, SsmDocument
from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.tree import Scalar


@rule("SSM305", "finally-step-not-last", Severity.WARNING, on=SsmDocument)
def finally_step_not_last(document: SsmDocument) -> Iterator[Problem]:
    """Report the input on every step but the last."""
    if document.kind is not DocumentKind.COMMAND:
        return
    for step in document.steps[:-1]:
        entry = step.input("finallyStep") if step.key is None else None
        value = entry.value if entry else None
        if entry and isinstance(value, Scalar) and value.value in (True, "true"):
            text = "`finallyStep` is ignored here; only the last step of the document can be it"
            note = Note(document.steps[-1].label_span, "the last step")
            yield Problem(entry.key.span, text, (note,))
