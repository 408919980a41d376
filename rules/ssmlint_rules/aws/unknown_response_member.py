"""
## What it does
Reports a `Selector` or `PropertySelector` that looks for a member which the reply of the operation does
not have.

## Why is this bad?
There is nothing to select. `aws:waitForAwsResourceProperty` waits until its time is over,
`aws:assertAwsResourceProperty` fails, and an output stays empty.

What the reply has is said by the botocore that is installed beside ssmlint (`pip install
'ssmlint[aws]'`); without it this rule says nothing. Filters and `..` are not followed.

## Example
```yaml automation
- name: waitUntilRunning
  action: aws:waitForAwsResourceProperty
  inputs:
    Service: ec2
    Api: DescribeInstanceStatus
    InstanceIds: ['{{ InstanceId }}']
    PropertySelector: $.InstanceStatus[0].InstanceState.Name  # <-
    DesiredValues: [running]
```
Use instead:
```yaml automation
- name: waitUntilRunning
  action: aws:waitForAwsResourceProperty
  inputs:
    Service: ec2
    Api: DescribeInstanceStatus
    InstanceIds: ['{{ InstanceId }}']
    PropertySelector: $.InstanceStatuses[0].InstanceState.Name
    DesiredValues: [running]
```

## Fix safety
Unsafe: the most similar member may mean something else.

## References
- [aws:executeAwsApi](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeAwsApi.html): `Selector`
- [aws:waitForAwsResourceProperty](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-waitForAwsResourceProperty.html): `PropertySelector`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.aws.calls import ApiCall
from ssmlint.rule import Edit, Fix, Problem, Safety, Severity, rule
from ssmlint.sourcemap import source_map
from ssmlint_rules.naming import suggested


@rule("AUT606", "unknown-response-member", Severity.ERROR, on=ApiCall)
def unknown_response_member(call: ApiCall) -> Iterator[Problem]:
    """Report the first name of each selector that is not there."""
    for selector, lost in call.lost_selectors:
        place = source_map(call.document.source, selector).span(lost.start, lost.end)
        meant = suggested(lost.name, lost.around.members)
        hint = f"; did you mean `{meant}`?" if meant else ""
        text = f"the reply of `{call.operation_name}` has no `{lost.name}` here{hint}"
        is_plain = meant is not None and call.document.source.at(place) == lost.name
        fix = Fix(f"write `{meant}`", (Edit(place, meant or ""),), Safety.UNSAFE)
        yield Problem(place, text, fix=fix if is_plain else None)
