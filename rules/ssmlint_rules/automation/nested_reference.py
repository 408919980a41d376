"""
## What it does
Reports a reference inside of a reference, and a reference in the place of a key of a runbook's step.

## Why is this bad?
Neither is evaluated. References are replaced once, in values: `{{ {{ which }} }}` does not become the
value of the parameter that `which` names, and `'{{ attempts }}': 1` is a key that nobody knows.

## Example
```yaml automation
- name: stop
  action: aws:changeInstanceState
  '{{ how }}': 3  # <-
  inputs:
    InstanceIds: ['{{ {{ InstanceId }} }}']  # <-
    DesiredState: stopped
```
Use instead:
```yaml automation
- name: stop
  action: aws:changeInstanceState
  maxAttempts: 3
  inputs:
    InstanceIds: ['{{ InstanceId }}']
    DesiredState: stopped
```

## References
- [Automation system variables: unsupported scenarios](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-variables.html): multi-level expansion, variable step definition
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.automation.runbook import Runbook
from ssmlint.model.references import REFERENCE
from ssmlint.rule import Problem, Severity, rule
from ssmlint.sourcemap import source_map
from ssmlint.tree import scalars

# Something stands between the braces: `{{{{` is how Python's f-strings write two.
_NESTED = re.compile(r"\{\{[ \t\w.:]*[ \t\w.:](?P<inner>\{\{[ \t]*[\w.:]+[ \t]*\}\})[ \t\w.:]*\}\}")


@rule("AUT211", "nested-reference", Severity.ERROR, on=Runbook)
def nested_reference(runbook: Runbook) -> Iterator[Problem]:
    """Report each reference where none is evaluated."""
    for step in runbook.document.steps:
        for scalar in scalars(step.node) if "{{" in runbook.document.source.text else ():
            for match in _NESTED.finditer(scalar.text) if "{{" in scalar.text else ():
                span = source_map(runbook.document.source, scalar).span(*match.span())
                text = f"`{match['inner']}` is inside of another reference and is not evaluated"
                yield Problem(span, text)
    for step in runbook.steps:
        for mapping in (step.node, *step.inputs):
            for entry in mapping.entries:
                if REFERENCE.search(entry.key.text):
                    text = f"the key `{entry.key.text}` is not evaluated, only values are"
                    yield Problem(entry.key.span, text)
