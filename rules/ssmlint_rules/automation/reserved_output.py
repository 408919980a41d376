"""
## What it does
Reports an output that a step declares although its action has it already.

## Why is this bad?
Systems Manager refuses the runbook: "name: LogResult is conflicting with one of the following
reserved output names". Outputs of an action need no declaration. `Payload` of `aws:executeScript` may be
declared, as the guide itself does.

## Example
```yaml automation
- name: call
  action: aws:invokeLambdaFunction
  inputs:
    FunctionName: tell
    LogType: Tail
  outputs:
    - Name: LogResult  # <-
      Selector: $.LogResult
      Type: String
```
Use instead:
```yaml automation
- name: call
  action: aws:invokeLambdaFunction
  inputs:
    FunctionName: tell
    LogType: Tail
```

## References
- [An error of CreateDocument](https://github.com/cdklabs/cdk-ssm-documents/issues/55), and [documents that failed when they declared what is documented](https://github.com/cdklabs/cdk-ssm-documents/pull/53)
- [Automation actions reference](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-actions.html): the outputs of each action stand on its page
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.automation.actions import COMMON_OUTPUTS
from ssmlint.automation.runbook import Runbook, action_of, declared_outputs
from ssmlint.rule import Problem, Severity, rule


@rule("AUT304", "reserved-output", Severity.ERROR, on=Runbook)
def reserved_output(runbook: Runbook) -> Iterator[Problem]:
    """Report each declared output with the name of one of the action's own."""
    for step in runbook.steps:
        action = action_of(step)
        if action is None or action.name == "aws:executeScript":
            continue
        for output in declared_outputs(step):
            if output.name in action.outputs or output.name in COMMON_OUTPUTS:
                text = f"`{output.name}` is reserved: each `{action.name}` has that output anyway"
                yield Problem(output.node.span, text)
