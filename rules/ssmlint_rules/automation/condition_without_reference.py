"""
## What it does
Reports a condition of `aws:branch` or `aws:loop` whose `Variable` is a plain text, with no reference in
it nor in what it is compared with.

## Why is this bad?
Two texts are compared, so the answer is the same in every run: a choice holds always or never, and a
loop ends at once or at its last turn. Mostly the `{{ }}` were forgotten.

## Example
```yaml automation
- name: look
  action: aws:executeAwsApi
  inputs:
    Service: ec2
    Api: DescribeInstances
    InstanceIds: ['{{ InstanceId }}']
  outputs:
    - Name: Platform
      Selector: $.Reservations[0].Instances[0].PlatformDetails
      Type: String
- name: choose
  action: aws:branch
  inputs:
    Choices:
      - NextStep: later
        Variable: look.Platform  # <-
        StringEquals: Windows
  isEnd: true
- name: later
  action: aws:sleep
  inputs: {Duration: PT1S}
```
Use instead:
```yaml automation
- name: look
  action: aws:executeAwsApi
  inputs:
    Service: ec2
    Api: DescribeInstances
    InstanceIds: ['{{ InstanceId }}']
  outputs:
    - Name: Platform
      Selector: $.Reservations[0].Instances[0].PlatformDetails
      Type: String
- name: choose
  action: aws:branch
  inputs:
    Choices:
      - NextStep: later
        Variable: '{{ look.Platform }}'
        StringEquals: Windows
  isEnd: true
- name: later
  action: aws:sleep
  inputs: {Duration: PT1S}
```

## Fix safety
Unsafe: the text becomes a reference.

## References
- [aws:branch](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-branch.html), [aws:loop](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-loop.html)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.automation.runbook import Runbook, conditions
from ssmlint.restructuring import scalar_text
from ssmlint.rule import Edit, Fix, Problem, Safety, Severity, rule
from ssmlint.source import Source
from ssmlint.tree import Scalar
from ssmlint_rules.conditions import OPERATIONS, roots
from ssmlint_rules.wording import is_filled_in_later

#: A parameter, `step.output` or `variable:name`.
_NAME = re.compile(r"[A-Za-z][\w:.]*")


@rule("AUT112", "condition-without-reference", Severity.WARNING, on=Runbook)
def condition_without_reference(runbook: Runbook) -> Iterator[Problem]:
    """Report each condition that compares two texts."""
    for step in runbook.steps:
        for condition in (c for root in roots(step) for c in conditions(root)):
            values = (condition.get_scalar(operation) for operation in OPERATIONS)
            compared = [value for value in values if value is not None]
            variable = condition.get_scalar("Variable")
            if variable is None or not variable.is_string or not compared:
                continue
            if not any(is_filled_in_later(node.text) for node in (variable, *compared)):
                yield _problem(runbook.document.source, variable)


def _problem(source: Source, variable: Scalar) -> Problem:
    name = variable.text.strip()
    text = f"`{name}` refers to nothing, so the answer is always the same"
    if not _NAME.fullmatch(name):
        return Problem(variable.span, text)
    meant = f"{{{{ {name} }}}}"
    edit = Edit(variable.span, scalar_text(source, variable, meant))
    fix = Fix(f"write `{meant}`", (edit,), Safety.UNSAFE)
    return Problem(variable.span, f"{text}; did you mean `{meant}`?", fix=fix)
