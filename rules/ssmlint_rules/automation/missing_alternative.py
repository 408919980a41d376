"""
## What it does
Reports a step of a runbook that has none of two inputs of which its action needs one, or one that
needs another beside it.

## Why is this bad?
The step fails before it does anything: `aws:runCommand` has no nodes to run on, `aws:sleep` does not
know how long, `aws:createStack` has no template.

## Example
```yaml automation
- name: run
  action: aws:runCommand
  inputs:  # <-
    DocumentName: AWS-RunShellScript
    Parameters:
      commands: [date]
- name: everywhere
  action: aws:executeAutomation
  inputs:
    DocumentName: AWS-RestartEC2Instance
    Targets:  # <-
      - Key: tag:Stage
        Values: [test]
```
Use instead:
```yaml automation
- name: run
  action: aws:runCommand
  inputs:
    DocumentName: AWS-RunShellScript
    InstanceIds: ['{{ InstanceId }}']
    Parameters:
      commands: [date]
- name: everywhere
  action: aws:executeAutomation
  inputs:
    DocumentName: AWS-RestartEC2Instance
    TargetParameterName: InstanceId
    Targets:
      - Key: tag:Stage
        Values: [test]
```

## References
- [Automation actions reference](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-actions.html): the pages of [aws:runCommand](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-runcommand.html), [aws:sleep](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-sleep.html), [aws:createStack](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-createstack.html) and others
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.automation.runbook import Runbook, action_of
from ssmlint.model.document import Step
from ssmlint.rule import Problem, Severity, rule
from ssmlint_rules.wording import is_misspelled_in, listed


@rule("AUT401", "missing-alternative", Severity.ERROR, on=Runbook)
def missing_alternative(runbook: Runbook) -> Iterator[Problem]:
    """Report each group of inputs of which the one that is needed is missing."""
    for step in runbook.steps:
        action, given = action_of(step), step.node.entry("inputs")
        for inputs in step.inputs if action is not None and given is not None else ():
            for group in action.one_of if action else ():
                has_one = any(inputs.get(name) is not None for name in group)
                if not has_one and not any(is_misspelled_in(inputs, name) for name in group):
                    text = f"`{step.action}` needs {listed(group)}"
                    yield Problem(given.key.span if given else inputs.span, text)
            yield from _alone(step)


def _alone(step: Step) -> Iterator[Problem]:
    action = action_of(step)
    for first, second in action.together if action is not None else ():
        entry = step.input(first)
        if entry is not None and step.input(second) is None:
            yield Problem(entry.key.span, f"`{first}` needs `{second}` beside it")
