"""
## What it does
Reports a `{{ global:... }}` or `{{ automation:... }}` of a runbook that Automation does not have.

## Why is this bad?
Nothing is put in its place, or the step fails. There are `global:ACCOUNT_ID`, `global:AWS_PARTITION`,
`global:DATE`, `global:DATE_TIME`, `global:REGION` and `automation:EXECUTION_ID`, all in upper case.

## Example
```yaml automation
- name: image
  action: aws:createImage
  inputs:
    InstanceId: '{{ InstanceId }}'
    ImageName: backup-{{ global:DATETIME }}  # <-
    ImageDescription: by {{ automation:execution_id }} in {{ global:REGION }}  # <-
```
Use instead:
```yaml automation
- name: image
  action: aws:createImage
  inputs:
    InstanceId: '{{ InstanceId }}'
    ImageName: backup-{{ global:DATE_TIME }}
    ImageDescription: by {{ automation:EXECUTION_ID }} in {{ global:REGION }}
```

## Fix safety
Safe: only a name that is nearly one of the few there are is put right.

## References
- [Automation system variables](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-variables.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.automation.actions import SYSTEM_VARIABLES
from ssmlint.automation.runbook import Runbook
from ssmlint.rule import Edit, Fix, Problem, Severity, rule
from ssmlint_rules.wording import listed, near


@rule("AUT205", "unknown-system-variable", Severity.ERROR, on=Runbook)
def unknown_system_variable(runbook: Runbook) -> Iterator[Problem]:
    """Report each name that is none of the few."""
    known = [f"{kind}:{name}" for kind, names in SYSTEM_VARIABLES.items() for name in names]
    for reference in runbook.document.references:
        name = reference.name
        if name.partition(":")[0] not in SYSTEM_VARIABLES or ":" not in name or name in known:
            continue
        meant = near(name, known)
        text = f"there is no `{name}`"
        if meant is None:
            yield Problem(reference.name_span, f"{text}, only {listed(known)}")
        else:
            fix = Fix(f"write `{meant}`", (Edit(reference.name_span, meant),))
            yield Problem(reference.name_span, f"{text}; did you mean `{meant}`?", fix=fix)
