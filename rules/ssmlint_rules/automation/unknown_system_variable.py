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
Safe: upper and lower case, underscores and the word before the colon are put right; the letters say which
of the few is meant.

## References
- [Automation system variables](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-variables.html)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.automation.actions import SYSTEM_VARIABLES
from ssmlint.automation.runbook import Runbook
from ssmlint.model.references import Reference
from ssmlint.rule import Edit, Fix, Problem, Severity, rule
from ssmlint_rules.wording import listed, near

_KNOWN = tuple(f"{kind}:{name}" for kind, names in SYSTEM_VARIABLES.items() for name in names)


@rule("AUT205", "unknown-system-variable", Severity.ERROR, on=Runbook)
def unknown_system_variable(runbook: Runbook) -> Iterator[Problem]:
    """Report each name that is none of the few."""
    for reference in runbook.document.references:
        kind, colon, _ = reference.name.partition(":")
        if kind in SYSTEM_VARIABLES and colon and reference.name not in _KNOWN:
            yield _problem(reference)


def _problem(reference: Reference) -> Problem:
    text = f"there is no `{reference.name}`"
    same = [known for known in _KNOWN if _letters(known) == _letters(reference.name)]
    if same:
        fix = Fix(f"write `{same[0]}`", (Edit(reference.name_span, same[0]),))
        return Problem(reference.name_span, f"{text}; did you mean `{same[0]}`?", fix=fix)
    names = {known.partition(":")[2]: known for known in _KNOWN}
    meant = names.get(near(reference.name.partition(":")[2], names) or "")
    if meant is not None:
        return Problem(reference.name_span, f"{text}; did you mean `{meant}`?")
    return Problem(reference.name_span, f"{text}, only {listed(_KNOWN)}")


def _letters(name: str) -> str:
    """The letters of a variable's own name, which no other one shares."""
    return re.sub(r"[^a-z]", "", name.partition(":")[2].lower())
