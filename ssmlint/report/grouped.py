"""Findings file by file, one line each, for people who go through them in order."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from ssmlint.report import Look, Summary
from ssmlint.report.cells import safe
from ssmlint.report.paint import BOLD, OF_SEVERITY, paint, rule_label
from ssmlint.report.text import closing
from ssmlint.rule import Finding


def render(findings: Sequence[Finding], summary: Summary, look: Look) -> Iterator[str]:
    """The path of a file, its findings below it, and a line that sums up."""
    for path, group in itertools.groupby(findings, lambda finding: finding.source.path):
        yield paint(safe(path), BOLD, look) + "\n"
        yield from _rows(list(group), look)
        yield "\n"
    yield from closing(summary, look)


def _rows(findings: list[Finding], look: Look) -> Iterator[str]:
    places = [_place(finding) for finding in findings]
    width = max(map(len, places))
    severities = max(len(finding.severity.value) for finding in findings)
    for place, finding in zip(places, findings, strict=True):
        severity = paint(
            f"{finding.severity.value:<{severities}}", OF_SEVERITY[finding.severity], look
        )
        label = rule_label(finding.rule, look)
        yield f"  {place:<{width}}  {severity}  {label}: {safe(finding.message)}\n"


def _place(finding: Finding) -> str:
    position = finding.source.lines.position(finding.span.start)
    return f"{position.line + 1}:{position.column + 1}"
