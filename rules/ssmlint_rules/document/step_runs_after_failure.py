"""
## What it does
Reports a step without `onFailure` in its inputs that another step follows. This rule is opt-in.

## Why is this bad?
In a Command document a failure stops nothing: the next step runs all the same, on what the failed one has
left behind. `onFailure: exit` ends the document there, with the failure as its result. It is opt-in
because in most published documents the steps have nothing to do with each other, or are for different
platforms.

Steps for different platforms are not said to follow each other, and a last step with `finallyStep` is
meant to run.

## Example
```yaml step
- action: aws:runShellScript
  name: unpack  # <-
  inputs:
    runCommand: [tar xf /tmp/agent.tar]
- action: aws:runShellScript
  name: install
  inputs:
    runCommand: [./agent/install]
```
Use instead:
```yaml step
- action: aws:runShellScript
  name: unpack
  inputs:
    runCommand: [tar xf /tmp/agent.tar]
    onFailure: exit
- action: aws:runShellScript
  name: install
  inputs:
    runCommand: [./agent/install]
```

## References
- [Command document plugin reference, shared inputs](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-command-ssm-plugin-reference.html#shared-inputs)
- aws/amazon-ssm-agent, `agent/framework/runpluginutil/runpluginutil.go`: `getShouldPluginSkipBasedOnControlFlow`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import DocumentKind, SsmDocument, Step
from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.tree import Scalar
from ssmlint_rules.preconditions import platform_for


@rule("SSM308", "step-runs-after-failure", Severity.INFO, on=SsmDocument, default=False)
def step_runs_after_failure(document: SsmDocument) -> Iterator[Problem]:
    """Report each step whose failure the next one does not mind."""
    if document.kind is not DocumentKind.COMMAND or not document.schema_version.startswith("2"):
        return
    for step, following in zip(document.steps, document.steps[1:], strict=False):
        platforms = {platform_for(document, step), platform_for(document, following)} - {None}
        if step.stops_on_failure or len(platforms) > 1 or _is_final(following):
            continue
        text = "where this step fails, the next one runs all the same"
        yield Problem(step.label_span, text, (Note(following.label_span, "the next step"),))


def _is_final(step: Step) -> bool:
    entry = step.input("finallyStep")
    return entry is not None and isinstance(entry.value, Scalar) and entry.value.text == "true"
