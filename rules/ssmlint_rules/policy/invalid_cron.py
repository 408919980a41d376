"""
## What it does
Reports a cron expression that AWS cannot parse.

## Why is this bad?
AWS's cron has six fields (minutes, hours, day of month, month, day of week, year), counts Sunday
as 1, and wants a `?` in exactly one of the two day fields. Every other tool only checks that
something stands between `cron(` and `)`: `cron(hello world!)` passes them all. `rate(...)` and
`at(...)` are not for lifecycle policies.

What AWS's page does not cover but Quartz, whose notation this is, can read (`L-3`, a `/` in the
day-of-week field) is a warning.

## Example
```yaml schedule
- Name: crontab
  CreateRule:
    CronExpression: cron(0 9 * * 1-5)  # <-
  RetainRule: {Count: 7}
```
Use instead:
```yaml schedule
- Name: crontab
  CreateRule:
    CronExpression: cron(0 9 ? * MON-FRI *)
  RetainRule: {Count: 7}
```

What crontab does not have either:
```yaml schedule
- Name: two-days
  CreateRule:
    CronExpression: cron(0 9 1 * MON *)  # <-
  RetainRule: {Count: 7}
- Name: midnight
  CreateRule:
    CronExpression: cron(0 24 * * ? *)  # <-
  RetainRule: {Count: 7}
- Name: almost-last
  CreateRule:
    CronExpression: cron(0 9 L-3 * ? *)  # <-
  RetainRule: {Count: 7}
```
Use instead:
```yaml schedule
- Name: first-monday
  CreateRule:
    CronExpression: cron(0 9 ? * MON#1 *)
  RetainRule: {Count: 7}
- Name: midnight
  CreateRule:
    CronExpression: cron(0 0 * * ? *)
  RetainRule: {Count: 7}
- Name: last
  CreateRule:
    CronExpression: cron(0 9 L * ? *)
  RetainRule: {Count: 7}
```

## Fix safety
Unsafe: the schedule begins to fire. A line of crontab gets a year and a `?`, and names for the days of the
week, which crontab counts from another day.

## References
- [EventBridge user guide: cron expressions reference](https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cron-expressions.html)
- [`CreateRule`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_CreateRule.html): `CronExpression`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.cron import CronError, CronProblem, parse_cron
from ssmlint.model.policy import Schedule
from ssmlint.rule import Problem, Severity, rule
from ssmlint.source import Span
from ssmlint.sourcemap import source_map
from ssmlint.tree import Scalar
from ssmlint_rules.crons import meant_cron
from ssmlint_rules.edits import instead
from ssmlint_rules.fire_times import fire_note
from ssmlint_rules.wording import is_filled_in_later


@rule("POL203", "invalid-cron", Severity.ERROR, on=Schedule)
def invalid_cron(schedule: Schedule) -> Iterator[Problem]:
    """Report each field that cannot be parsed, and what AWS's page does not cover."""
    node = schedule.cron_node
    if node is None or not node.is_string or is_filled_in_later(node.text):
        return
    try:
        cron = parse_cron(node.text)
    except CronError as error:
        meant = meant_cron(node.text)
        fix = instead(schedule.policy.source, node, meant) if meant else None
        for problem in error.problems:
            yield Problem(_span(schedule, node, problem), problem.message, fix=fix)
        return
    for doubt in cron.doubts:
        notes = (fire_note(node.span, cron),)
        span = _span(schedule, node, doubt)
        yield Problem(span, doubt.message, notes, severity=Severity.WARNING)


def _span(schedule: Schedule, node: Scalar, problem: CronProblem) -> Span:
    if problem.start == problem.end:
        return node.span
    return source_map(schedule.policy.source, node).span(problem.start, problem.end)
