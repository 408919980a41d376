"""
## What it does
Reports `Iterators` of an `aws:loop` that are one value: a parameter or an output of a type that is no
list.

## Why is this bad?
The loop runs once for each item of a `StringList` or `MapList`. A `String` or an `Integer` has no
items, and the step fails when it begins.

## Example
```yaml automation
- name: find
  action: aws:executeAwsApi
  inputs:
    Service: ec2
    Api: DescribeInstances
  outputs:
    - Name: First
      Selector: $.Reservations[0].Instances[0].InstanceId
      Type: String
- name: each
  action: aws:loop
  inputs:
    Iterators: '{{ find.First }}'  # <-
    Steps:
      - name: wait
        action: aws:sleep
        inputs:
          Duration: PT1S
```
Use instead:
```yaml automation
- name: find
  action: aws:executeAwsApi
  inputs:
    Service: ec2
    Api: DescribeInstances
  outputs:
    - Name: All
      Selector: $.Reservations..Instances..InstanceId
      Type: StringList
- name: each
  action: aws:loop
  inputs:
    Iterators: '{{ find.All }}'
    Steps:
      - name: wait
        action: aws:sleep
        inputs:
          Duration: PT1S
```

## References
- [aws:loop](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-loop.html): `Iterators`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.automation.runbook import Runbook, outputs_of
from ssmlint.model.references import REFERENCE
from ssmlint.rule import Problem, Severity, rule
from ssmlint.tree import Scalar

#: A type that is named here has no items; of others nothing is said.
_SINGLE = frozenset({"String", "Integer", "Boolean", "StringMap"})


@rule("AUT412", "iterators-not-a-list", Severity.ERROR, on=Runbook)
def iterators_not_a_list(runbook: Runbook) -> Iterator[Problem]:
    """Report each loop over a reference of a single type."""
    for step in runbook.steps:
        entry = step.input("Iterators") if step.action == "aws:loop" else None
        if entry is None or not isinstance(entry.value, Scalar):
            continue
        match = REFERENCE.fullmatch(entry.value.text.strip())
        kind = _type_of(runbook, match["name"]) if match else ""
        if kind in _SINGLE:
            message = f"`{entry.value.text.strip()}` is of type `{kind}`, and a loop needs a list"
            yield Problem(entry.value.span, message)


def _type_of(runbook: Runbook, name: str) -> str:
    """The type of a parameter, variable or output; empty where it is not known."""
    if name.startswith("variable:"):
        variable = runbook.variables.get(name.removeprefix("variable:"))
        kind = variable.field("type") if variable else None
        return kind.text if kind else ""
    owner, dot, output = name.partition(".")
    if dot:
        step = runbook.by_name.get(owner)
        return outputs_of(step).get(output, "") if step else ""
    parameter = runbook.document.parameters.get(name)
    return (parameter.type or "") if parameter else ""
