"""
## What it does
Reports a step of a pre/post document that has no `timeoutSeconds`, or one of more than 120.

## Why is this bad?
Data Lifecycle Manager waits for at most 120 seconds (`ExecutionTimeout`, 10 by default) and then
gives up. The agent goes on for an hour, its default: a script that hangs in a freeze holds on to
it long after the snapshot, and the next run finds it still there. Where a policy is checked
together with the document, its own limit counts as well.

## Example
```yaml document
schemaVersion: '2.2'
parameters:
  command:
    type: String
    allowedValues: [pre-script, post-script, dry-run]
mainSteps:
  - action: aws:runShellScript
    name: freeze  # <-
    inputs:
      runCommand:
        - freeze-or-thaw {{ command }}
```
Use instead:
```yaml document
schemaVersion: '2.2'
parameters:
  command:
    type: String
    allowedValues: [pre-script, post-script, dry-run]
mainSteps:
  - action: aws:runShellScript
    name: freeze
    inputs:
      timeoutSeconds: '120'
      runCommand:
        - freeze-or-thaw {{ command }}
```

## Fix safety
Unsafe: the agent kills the script after two minutes then, and every process that it has started.

## References
- [amazon-ssm-agent, `pluginutil.go`](https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/plugins/pluginutil/pluginutil.go): 3600 without a value
- [Amazon Data Lifecycle Manager API, Script](https://docs.aws.amazon.com/dlm/latest/APIReference/API_Script.html): `ExecutionTimeout`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import SsmDocument, Step
from ssmlint.model.timeouts import DEFAULT_SECONDS, seconds
from ssmlint.rule import Edit, Fix, Problem, Safety, Severity, rule
from ssmlint.source import Span
from ssmlint.tree import Mapping, Scalar, Style

_SCRIPTS = ("aws:runShellScript", "aws:runPowerShellScript")
#: The most that a policy can wait (botocore, `dlm`, `ExecutionTimeout`).
_MOST = 120


@rule("DLM404", "timeout-missing", Severity.WARNING, on=SsmDocument)
def timeout_missing(document: SsmDocument) -> Iterator[Problem]:
    """Report each step that may run on after its policy has given up."""
    if not document.is_dlm:
        return
    for step in document.steps:
        if step.action not in _SCRIPTS or not step.inputs:
            continue
        entry = step.input("timeoutSeconds")
        if entry is None:
            yield Problem(
                step.label_span,
                f"without `timeoutSeconds` the agent lets this step run for {DEFAULT_SECONDS}"
                f" seconds; a policy waits for at most {_MOST}",
                fix=_fix(document, step),
            )
        elif isinstance(entry.value, Scalar) and (seconds(entry.value.value) or 0) > _MOST:
            yield Problem(
                entry.value.span,
                f"a policy waits for at most {_MOST} seconds, and this step may run for"
                f" {entry.value.text}",
            )


def _fix(document: SsmDocument, step: Step) -> Fix | None:
    inputs: Mapping = step.inputs[0]
    entry = inputs.entry("runCommand")
    if entry is None:
        return None
    start = entry.key.span.start
    text = document.source.text
    before = text[text.rfind("\n", 0, start) + 1 : start]
    if before.strip():
        return None
    is_json = entry.key.style is Style.JSON
    line = f'"timeoutSeconds": "{_MOST}",' if is_json else f"timeoutSeconds: '{_MOST}'"
    edit = Edit(Span(start, start), f"{line}\n{before}")
    return Fix(f"stop it after {_MOST} seconds", (edit,), Safety.UNSAFE)
