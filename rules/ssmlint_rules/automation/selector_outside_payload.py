"""
## What it does
Reports an output of `aws:executeScript` whose selector does not begin with `$.Payload`.

## Why is this bad?
What the script returns is the `Payload` of the step's answer, and nothing else of the answer is the
script's. The output `$.count` is empty whatever the handler returns as `count`.

## Example
```yaml automation
- name: count
  action: aws:executeScript
  inputs:
    Runtime: python3.11
    Handler: count
    Script: |
      def count(events, context):
          return {"count": 1}
  outputs:
    - Name: count
      Selector: $.count  # <-
      Type: Integer
```
Use instead:
```yaml automation
- name: count
  action: aws:executeScript
  inputs:
    Runtime: python3.11
    Handler: count
    Script: |
      def count(events, context):
          return {"count": 1}
  outputs:
    - Name: count
      Selector: $.Payload.count
      Type: Integer
```

## Fix safety
Unsafe: later steps get a value where they got none.

## References
- [aws:executeScript](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeScript.html): `Payload`
- [cdk-ssm-documents, `execute-script-step.ts`](https://github.com/cdklabs/cdk-ssm-documents/blob/main/src/parent-steps/automation/execute-script-step.ts) takes no other selectors
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.automation.jsonpath import flaw_of
from ssmlint.automation.runbook import Runbook, declared_outputs
from ssmlint.rule import Edit, Fix, Problem, Safety, Severity, rule
from ssmlint.sourcemap import source_map
from ssmlint_rules.wording import is_filled_in_later

_OF_THE_ANSWER = re.compile(
    r"\$\.?(?:\.|\[['\"])?(?:Payload|OutputPayload)\b|\$\.\.|\$\[\*\]|\$\.\*"
)


@rule("AUT302", "selector-outside-payload", Severity.WARNING, on=Runbook)
def selector_outside_payload(runbook: Runbook) -> Iterator[Problem]:
    """Report each selector of a script's output that leads to nothing of it."""
    for step in runbook.steps:
        for output in declared_outputs(step) if step.action == "aws:executeScript" else ():
            node = output.field("Selector")
            if node is None or is_filled_in_later(node.text) or flaw_of(node.text) is not None:
                continue  # `malformed-selector` speaks of the latter
            if _OF_THE_ANSWER.match(node.text):
                continue
            text = f"`{node.text}` is not in what the script returns, which is `$.Payload`"
            span = source_map(runbook.document.source, node).span(0, 1)
            edit = Edit(span, "$.Payload")
            yield Problem(
                node.span, text, fix=Fix("put it below `$.Payload`", (edit,), Safety.UNSAFE)
            )
