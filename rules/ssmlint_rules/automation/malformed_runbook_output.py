"""
## What it does
Reports an item of a runbook's `outputs` that is not written as `step.output`.

## Why is this bad?
Systems Manager takes what stands before the dot for the name of a step and refuses the runbook where
there is none ("Unknown step name in named output"); with braces around it, there is none (inferred).

## Example
```yaml document
schemaVersion: '0.3'
mainSteps:
  - name: image
    action: aws:createImage
    inputs:
      InstanceId: i-0123456789abcdef0
      ImageName: backup
outputs:
  - '{{ image.ImageId }}'  # <-
```
Use instead:
```yaml document
schemaVersion: '0.3'
mainSteps:
  - name: image
    action: aws:createImage
    inputs:
      InstanceId: i-0123456789abcdef0
      ImageName: backup
outputs:
  - 'image.ImageId'
```

The output has to be named, too:
```yaml document
schemaVersion: '0.3'
mainSteps:
  - name: image
    action: aws:createImage
    inputs:
      InstanceId: i-0123456789abcdef0
      ImageName: backup
outputs:
  - image  # <-
```

## Fix safety
Safe: the braces go, the names stay.

## References
- [Data elements and parameters: `outputs`](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-syntax-data-elements-parameters.html)
- [What CreateDocument answers](https://github.com/badmintoncryer/cdk-preflight): `Unknown step name in named output: ...`
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.automation.runbook import Runbook
from ssmlint.rule import Edit, Fix, Problem, Severity, rule
from ssmlint.source import Source
from ssmlint.sourcemap import source_map
from ssmlint.tree import Scalar, Sequence
from ssmlint_rules.wording import is_filled_in_later

_BRACES = re.compile(r"(?P<open>\s*\{\{\s*)[\w.\[\]$*]+(?P<close>\s*\}\}\s*)")


@rule("AUT212", "malformed-runbook-output", Severity.WARNING, on=Runbook)
def malformed_runbook_output(runbook: Runbook) -> Iterator[Problem]:
    """Report each output of another form."""
    node = runbook.document.root.get("outputs")
    for item in node.items if isinstance(node, Sequence) else ():
        if not isinstance(item, Scalar) or item.value is None or item.tag is not None:
            continue
        braces = _BRACES.fullmatch(item.text)
        if braces is not None:
            yield _with_braces(runbook.document.source, item, braces)
        elif not is_filled_in_later(item.text) and "." not in item.text:
            text = f"`{item.text}` names no output; expected `step.output`"
            yield Problem(item.span, text)


def _with_braces(source: Source, item: Scalar, braces: re.Match[str]) -> Problem:
    mapping = source_map(source, item)
    spans = (mapping.span(*braces.span("open")), mapping.span(*braces.span("close")))
    fix = Fix("remove the braces", tuple(Edit(span, "") for span in spans))
    return Problem(item.span, "an output is named without braces: `step.output`", fix=fix)
