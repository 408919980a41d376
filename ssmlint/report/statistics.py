"""Counts by rule in place of findings, to see where to begin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ssmlint.records import dataclass
from ssmlint.report import Look, Summary
from ssmlint.report.paint import OF_SEVERITY, paint, rule_label
from ssmlint.report.text import closing
from ssmlint.rule import Finding, Rule, Severity


@dataclass(frozen=True, slots=True)
class RuleCount:
    """What a run found by one rule."""

    rule: Rule
    severity: Severity
    """The gravest of its findings."""
    count: int
    fixable: int
    """How many of them have a fix."""


def count_by_rule(findings: Sequence[Finding]) -> list[RuleCount]:
    """The rules with findings, most findings first."""
    by_rule: dict[str, list[Finding]] = {}
    for finding in findings:
        by_rule.setdefault(finding.rule.id, []).append(finding)
    counts = [
        RuleCount(
            found[0].rule,
            min((finding.severity for finding in found), key=lambda severity: severity.rank),
            len(found),
            sum(finding.problem.fix is not None for finding in found),
        )
        for found in by_rule.values()
    ]
    return sorted(counts, key=lambda item: (-item.count, item.rule.id))


def render(findings: Sequence[Finding], summary: Summary, look: Look) -> Iterator[str]:
    """A line for each rule, and a line that sums up."""
    counts = count_by_rule(findings)
    width = max((len(str(item.count)) for item in counts), default=0)
    for item in counts:
        severity = paint(f"{item.severity.value:<7}", OF_SEVERITY[item.severity], look)
        fixable = f" ({item.fixable} with a fix)" if item.fixable else ""
        yield f"{item.count:>{width}}  {severity}  {rule_label(item.rule, look)}{fixable}\n"
    if counts:
        yield "\n"
    yield from closing(summary, look)
