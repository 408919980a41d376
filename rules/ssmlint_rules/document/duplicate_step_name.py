"""
## What it does
Reports a step whose name another step of the same document already has.

## Why is this bad?
The agent keeps the results of the steps in a map by their names, so the later step
overwrites the result of the earlier one: the output and the status that you look at after a
run belong to the last of them. An Automation document with two steps of one name is refused
("Duplicate step names found in mainSteps of the document"); the steps of an `aws:loop` count.

## Example
```yaml step
- action: aws:runShellScript
  name: freeze
  inputs:
    runCommand:
      - fsfreeze -f /data
- action: aws:runShellScript
  name: freeze  # <-
  inputs:
    runCommand:
      - fsfreeze -f /logs
```
Use instead:
```yaml step
- action: aws:runShellScript
  name: freezeData
  inputs:
    runCommand:
      - fsfreeze -f /data
- action: aws:runShellScript
  name: freezeLogs
  inputs:
    runCommand:
      - fsfreeze -f /logs
```

## References
- [amazon-ssm-agent, `runpluginutil.go`](https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/framework/processor/executer/plugin/runpluginutil.go): `pluginOutputs[pluginID]`
- [Systems Manager User Guide: data elements and parameters](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-syntax-data-elements-parameters.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import SsmDocument
from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.tree import Scalar


@rule("SSM301", "duplicate-step-name", Severity.ERROR, on=SsmDocument)
def duplicate_step_name(document: SsmDocument) -> Iterator[Problem]:
    """Report each step after the first of a name."""
    first: dict[str, Scalar] = {}
    for step in document.all_steps:
        node = step.node.get_scalar("name")
        if node is None:
            continue
        earlier = first.setdefault(node.text, node)
        if earlier is not node:
            note = Note(earlier.span, f"the first step named `{node.text}`")
            yield Problem(node.span, f"another step is named `{node.text}`, too", (note,))
