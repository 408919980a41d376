"""Counts by rule for programs; docs/json-output.md says what each member means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ssmlint.report import Look, Summary
from ssmlint.report.as_json import VERSION, counts_of
from ssmlint.report.json_text import dumps
from ssmlint.report.statistics import count_by_rule
from ssmlint.rule import Finding


def render(findings: Sequence[Finding], summary: Summary, look: Look) -> Iterator[str]:
    """One JSON object."""
    statistics = [
        {
            "rule": item.rule.id,
            "name": item.rule.name,
            "severity": item.severity.value,
            "count": item.count,
            "fixable": item.fixable,
        }
        for item in count_by_rule(findings)
    ]
    result = {"version": VERSION, "statistics": statistics, "summary": counts_of(summary)}
    yield dumps(result) + "\n"
