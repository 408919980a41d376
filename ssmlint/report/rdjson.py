"""reviewdog's diagnostic format, as one JSON object (`DiagnosticResult`).

https://github.com/reviewdog/reviewdog/blob/master/proto/rdf/reviewdog.proto
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ssmlint.project import SITE
from ssmlint.report import Look, Summary
from ssmlint.report.columns import Columns
from ssmlint.report.json_text import dumps
from ssmlint.rule import Finding, Fix, Rule, Severity
from ssmlint.source import Source, Span

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


def render(findings: Sequence[Finding], summary: Summary, look: Look) -> Iterator[str]:
    """One `DiagnosticResult`."""
    # `Position.column` is a "byte count in UTF-8".
    columns = Columns("utf-8")
    result = {
        "source": {"name": "ssmlint", "url": SITE},
        "diagnostics": [_diagnostic(finding, columns) for finding in findings],
    }
    yield dumps(result) + "\n"


def _diagnostic(finding: Finding, columns: Columns) -> dict[str, Any]:
    source, fix = finding.source, finding.problem.fix
    found: dict[str, Any] = {
        "message": finding.message,
        "location": {"path": source.path, "range": _range(source, finding.span, columns)},
        "severity": _SEVERITIES[finding.severity],
        "code": _code(finding.rule),
    }
    if fix is not None and fix.edits:
        found["suggestions"] = [_suggestion(source, fix, columns)]
    return found


def _code(rule: Rule) -> dict[str, str]:
    return {"value": rule.name, "url": rule.url} if rule.url else {"value": rule.name}


def _suggestion(source: Source, fix: Fix, columns: Columns) -> dict[str, Any]:
    """All edits of a fix as one: several suggestions would be several ways to mend it."""
    edits = sorted(fix.edits, key=lambda edit: edit.span)
    whole = Span(edits[0].span.start, max(edit.span.end for edit in edits))
    text, at = "", whole.start
    for edit in edits:
        text += source.text[at : edit.span.start] + edit.text
        at = edit.span.end
    return {"range": _range(source, whole, columns), "text": text}


def _range(source: Source, span: Span, columns: Columns) -> dict[str, Any]:
    region = columns.region(source, span)
    return {
        "start": {"line": region.line, "column": region.column},
        "end": {"line": region.end_line, "column": region.end_column},
    }
