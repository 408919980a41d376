"""JSON for programs; docs/json-output.md says what each member means and promises."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ssmlint.report import Look, Summary
from ssmlint.report.json_text import dumps
from ssmlint.rule import Finding, Fix, Note
from ssmlint.source import Source, Span

VERSION = 1


def render(findings: Sequence[Finding], summary: Summary, look: Look) -> Iterator[str]:
    """One JSON object."""
    result = {
        "version": VERSION,
        "findings": [members_of(finding) for finding in findings],
        "summary": counts_of(summary),
        "notices": list(summary.notices),
    }
    yield dumps(result) + "\n"


def counts_of(summary: Summary) -> dict[str, int]:
    """The member `summary`."""
    return {
        "files": summary.files,
        "errors": summary.errors,
        "warnings": summary.warnings,
        "infos": summary.infos,
        "fixed": summary.fixes.made,
        "fixable": summary.fixes.fixable,
        "fixable_unsafely": summary.fixes.held,
    }


def members_of(finding: Finding) -> dict[str, Any]:
    """One of the `findings`."""
    source, problem = finding.source, finding.problem
    return {
        "rule": finding.rule.id,
        "name": finding.rule.name,
        "severity": finding.severity.value,
        "message": finding.message,
        "path": source.path,
        **_places(source, finding.span),
        "url": finding.rule.url,
        "related": [_note(source, note) for note in problem.related],
        "trace": [_note(source, note) for note in problem.trace],
        "fix": _fix(source, problem.fix) if problem.fix else None,
    }


def _note(source: Source, note: Note) -> dict[str, Any]:
    where = note.source or source
    return {"message": note.message, "path": where.path, **_places(where, note.span)}


def _fix(source: Source, fix: Fix) -> dict[str, Any]:
    return {
        "title": fix.title,
        "safety": fix.safety.value,
        "edits": [{**_places(source, edit.span), "text": edit.text} for edit in fix.edits],
    }


def _places(source: Source, span: Span) -> dict[str, Any]:
    return {"start": _place(source, span.start), "end": _place(source, span.end)}


def _place(source: Source, offset: int) -> dict[str, int]:
    position = source.lines.position(offset)
    return {"line": position.line + 1, "column": position.column + 1, "offset": offset}
