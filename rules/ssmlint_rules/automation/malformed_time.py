"""
## What it does
Reports a `Duration` or `Timestamp` of `aws:sleep` that is not written as ISO 8601 has it.

## Why is this bad?
The step fails. `10m`, `600` and `00:10:00` are no durations; `PT10M`, `PT600S` and `PT1H30M` are, and
`P1M` would be a month, which has no length in seconds. A time needs its offset: `2030-01-01T01:00:00Z`.

## Example
```yaml automation
- name: short
  action: aws:sleep
  inputs:
    Duration: 10M  # <-
- name: long
  action: aws:sleep
  inputs:
    Timestamp: '2030-01-01 01:00'  # <-
```
Use instead:
```yaml automation
- name: short
  action: aws:sleep
  inputs:
    Duration: PT10M
- name: long
  action: aws:sleep
  inputs:
    Timestamp: '2030-01-01T01:00:00Z'
```

## References
- [aws:sleep](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-sleep.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.automation.durations import is_instant, seconds_of
from ssmlint.automation.runbook import Runbook
from ssmlint.rule import Problem, Severity, rule
from ssmlint.tree import Scalar
from ssmlint_rules.wording import is_filled_in_later


@rule("AUT405", "malformed-time", Severity.ERROR, on=Runbook)
def malformed_time(runbook: Runbook) -> Iterator[Problem]:
    """Report each time that `aws:sleep` cannot read."""
    for step in runbook.steps:
        for key in ("Duration", "Timestamp") if step.action == "aws:sleep" else ():
            entry = step.input(key)
            node = entry.value if entry is not None else None
            if not isinstance(node, Scalar) or node.value is None or node.tag is not None:
                continue
            if not is_filled_in_later(node.text):
                yield from _judged(key, node)


def _judged(key: str, node: Scalar) -> Iterator[Problem]:
    text = node.text.strip()
    if key == "Timestamp":
        if not is_instant(text):
            example = "`2030-01-01T01:00:00Z`"
            yield Problem(node.span, f"`{text}` is no ISO 8601 time with its offset, as {example}")
        return
    seconds = seconds_of(text)
    if seconds is None:
        yield Problem(node.span, f"`{text}` is no ISO 8601 duration, such as `PT10M`")
    elif seconds < 0:
        yield Problem(node.span, f"the duration `{text}` is negative")
