"""
## What it does
Reports a default of a runbook's parameter that refers to another parameter, a variable or a step.

## Why is this bad?
A default is not evaluated: the parameter has the braces and the name as its value. Only a reference to
Parameter Store, `{{ssm:name}}`, is looked up.

## Example
```yaml document
schemaVersion: '0.3'
parameters:
  Image:
    type: String
  OtherImage:
    type: String
    default: '{{ Image }}'  # <-
mainSteps:
  - name: copy
    action: aws:deleteImage
    inputs:
      ImageId: '{{ OtherImage }}'
  - name: first
    action: aws:deleteImage
    inputs:
      ImageId: '{{ Image }}'
```
Use instead:
```yaml document
schemaVersion: '0.3'
parameters:
  Image:
    type: String
  OtherImage:
    type: String
    default: '{{ssm:/images/other}}'
mainSteps:
  - name: copy
    action: aws:deleteImage
    inputs:
      ImageId: '{{ OtherImage }}'
  - name: first
    action: aws:deleteImage
    inputs:
      ImageId: '{{ Image }}'
```

## References
- [Automation system variables: unsupported scenarios](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-variables.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.automation.runbook import Runbook
from ssmlint.model.references import Reference, references_in
from ssmlint.rule import Problem, Severity, rule
from ssmlint.tree import scalars


@rule("AUT210", "reference-in-default", Severity.ERROR, on=Runbook)
def reference_in_default(runbook: Runbook) -> Iterator[Problem]:
    """Report each reference in a default that is not looked up."""
    for parameter in runbook.document.parameters.values():
        for scalar in scalars(parameter.default) if parameter.default else ():
            for reference in references_in(runbook.document.source, scalar):
                if _is_meant(runbook, reference):
                    text = f"the default is not evaluated: it is the text `{scalar.text.strip()}`"
                    yield Problem(reference.span, text)


def _is_meant(runbook: Runbook, reference: Reference) -> bool:
    """Whether the reference names something that there is."""
    name = reference.name
    if ":" in name:
        return name.removeprefix("variable:") in runbook.variables
    return name in runbook.document.parameters or name.partition(".")[0] in runbook.by_name
