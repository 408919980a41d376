"""One line per finding, for `grep`, `vim -q` and the like."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ssmlint.report import Look, Summary
from ssmlint.report.cells import safe
from ssmlint.rule import Finding


def render(findings: Sequence[Finding], summary: Summary, look: Look) -> Iterator[str]:
    """`path:line:column: severity ID name: message`."""
    for finding in findings:
        position = finding.source.lines.position(finding.span.start)
        where = f"{safe(finding.source.path)}:{position.line + 1}:{position.column + 1}"
        what = f"{finding.severity.value} {finding.rule.label}"
        yield f"{where}: {what}: {safe(finding.message)}\n"
