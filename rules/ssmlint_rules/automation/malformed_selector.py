"""
## What it does
Reports a `Selector` of an output, and a `PropertySelector`, that is no JSONPath.

## Why is this bad?
Nothing is selected: the output stays empty or the step fails, mostly long after the operation has
been called. Where only the `$` in front is missing it is a warning, since some libraries add it.

## Example
```yaml automation
- name: describe
  action: aws:executeAwsApi
  inputs:
    Service: ec2
    Api: DescribeInstances
    InstanceIds: ['{{ InstanceId }}']
  outputs:
    - Name: SubnetId
      Selector: $.Reservations[0.Instances[0].SubnetId  # <-
      Type: String
    - Name: VpcId
      Selector: Reservations[0].Instances[0].VpcId  # <-
      Type: String
    - Name: Zone
      Selector: $.Reservations[0].Instances[0].Placement[AvailabilityZone]  # <-
      Type: String
```
Use instead:
```yaml automation
- name: describe
  action: aws:executeAwsApi
  inputs:
    Service: ec2
    Api: DescribeInstances
    InstanceIds: ['{{ InstanceId }}']
  outputs:
    - Name: SubnetId
      Selector: $.Reservations[0].Instances[0].SubnetId
      Type: String
    - Name: VpcId
      Selector: $.Reservations[0].Instances[0].VpcId
      Type: String
    - Name: Zone
      Selector: $.Reservations[0].Instances[0].Placement.AvailabilityZone
      Type: String
```

## References
- [aws:executeAwsApi](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeAwsApi.html): `Selector`
- [JsonPath](https://github.com/json-path/JsonPath#path-examples): the dialect that Automation's selectors look like (inferred)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.automation.jsonpath import flaw_of
from ssmlint.automation.runbook import Runbook, declared_outputs
from ssmlint.rule import Problem, Severity, rule
from ssmlint.sourcemap import source_map
from ssmlint.tree import Scalar
from ssmlint_rules.wording import is_filled_in_later


@rule("AUT301", "malformed-selector", Severity.ERROR, on=Runbook)
def malformed_selector(runbook: Runbook) -> Iterator[Problem]:
    """Report each selector that selects nothing in any dialect."""
    for node in _selectors(runbook):
        flaw = flaw_of(node.text.strip()) if node.is_string else None
        if flaw is None or node.tag is not None or is_filled_in_later(node.text):
            continue
        if not node.text.strip():
            yield Problem(node.span, "the selector is empty")
            continue
        start = flaw.offset + len(node.text) - len(node.text.lstrip())
        mapping = source_map(runbook.document.source, node)
        at = min(start, max(0, len(node.text) - 1))
        span = node.span if flaw.is_mild else mapping.span(at, at + 1)
        text = f"`{node.text.strip()}` is no JSONPath: {flaw.message}"
        yield Problem(span, text, severity=Severity.WARNING if flaw.is_mild else None)


def _selectors(runbook: Runbook) -> Iterator[Scalar]:
    for step in runbook.steps:
        for output in declared_outputs(step):
            selector = output.field("Selector")
            if selector is not None:
                yield selector
        wanted = step.input("PropertySelector")
        if wanted is not None and isinstance(wanted.value, Scalar):
            yield wanted.value
