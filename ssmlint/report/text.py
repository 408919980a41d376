"""Findings for people: message, excerpt with carets, how a run gets there, what helps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ssmlint.report import Fixes, Look, Summary
from ssmlint.report.cells import safe
from ssmlint.report.excerpt import Mark, Row, last_line, rows
from ssmlint.report.paint import BOLD, FRAME, OF_SEVERITY, QUIET, SIDE, paint, rule_label
from ssmlint.rule import Finding, Note, Safety
from ssmlint.source import Source


def render(findings: Sequence[Finding], summary: Summary, look: Look) -> Iterator[str]:
    """Each finding as a block, and a line that sums up."""
    for finding in findings:
        yield "\n".join(_block(finding, look)) + "\n\n"
    yield from closing(summary, look)


def closing(summary: Summary, look: Look) -> Iterator[str]:
    """The line that sums up, and what else is to be said of the run."""
    if summary.files and not look.quiet:
        yield _sum_up(summary) + "\n"
        yield from (f"{line}\n" for line in _fixable(summary.fixes))
        yield from (f"note: {notice}\n" for notice in summary.notices)


def _block(finding: Finding, look: Look) -> Iterator[str]:
    color = OF_SEVERITY[finding.severity]
    kind = f"{finding.severity.value}[{rule_label(finding.rule, look)}]"
    yield paint(kind, color, look) + paint(f": {safe(finding.message)}", BOLD, look)
    parts = list(_excerpts(finding))
    gutter = max(len(str(last_line(source, marks))) for source, marks in parts)
    for number, (source, marks) in enumerate(parts):
        arrow = "-->" if number == 0 else ":::"
        yield " " * gutter + paint(arrow, FRAME, look) + f" {_where(source, marks[0])}"
        yield _gutter(None, gutter, look)
        for row in rows(source, marks, look.width):
            yield _row(row, gutter, color, look)
    yield from _trace(finding, gutter, look)
    fix = finding.problem.fix
    if fix is not None:
        caution = "" if fix.safety is Safety.SAFE else " (look at it before you take it)"
        yield from _remark("fix", safe(fix.title) + caution, gutter, look)


def _excerpts(finding: Finding) -> Iterator[tuple[Source, list[Mark]]]:
    """What to show of each file: the finding's own first, then those of related places."""
    parts = {id(finding.source): (finding.source, [Mark(finding.span, is_primary=True)])}
    for note in finding.problem.related:
        source = note.source or finding.source
        parts.setdefault(id(source), (source, []))[1].append(Mark(note.span, note.message))
    yield from parts.values()


def _where(source: Source, mark: Mark) -> str:
    position = source.lines.position(mark.span.start)
    return f"{safe(source.path)}:{position.line + 1}:{position.column + 1}"


def _gutter(number: int | None, width: int, look: Look) -> str:
    shown = "" if number is None else str(number)
    return paint(f"{shown:>{width}} |", FRAME, look)


def _row(row: Row, gutter: int, color: str, look: Look) -> str:
    if row.number is not None:
        return f"{_gutter(row.number, gutter, look)} {row.text}".rstrip()
    if row.text == "...":
        return paint("...", FRAME, look)
    code = color if row.is_primary else SIDE
    indent = len(row.text) - len(row.text.lstrip())
    mark = row.text[:indent] + paint(row.text[indent:], code, look)
    return f"{_gutter(None, gutter, look)} {mark}"


def _trace(finding: Finding, gutter: int, look: Look) -> Iterator[str]:
    """The steps of a run that ends in the defect, each with its line of the file."""
    if not finding.problem.trace:
        return
    yield from _remark("how a run gets there", "", gutter, look)
    for number, note in enumerate(finding.problem.trace, start=1):
        source = note.source or finding.source
        yield f"{'':{gutter}}   {number:>2}. {_step_place(finding, note)}{safe(note.message)}"
        line = source.lines.line_span(source.lines.line_of(note.span.start))
        text = safe(source.at(line).strip()[: look.width])
        yield f"{'':{gutter}}       {paint(text, QUIET, look)}"


def _step_place(finding: Finding, note: Note) -> str:
    source = note.source or finding.source
    line = source.lines.line_of(note.span.start) + 1
    return f"line {line}: " if source is finding.source else f"{safe(source.path)}:{line}: "


def _remark(title: str, text: str, gutter: int, look: Look) -> Iterable[str]:
    heading = paint(f"{title}:", BOLD, look)
    yield _gutter(None, gutter, look)
    yield f"{'':{gutter}} {paint('=', FRAME, look)} {heading} {text}".rstrip()


def _sum_up(summary: Summary) -> str:
    counts = (
        (summary.errors, "error", "errors"),
        (summary.warnings, "warning", "warnings"),
        (summary.infos, "info", "infos"),
    )
    found = ", ".join(f"{n} {one if n == 1 else many}" for n, one, many in counts if n)
    files = "1 file" if summary.files == 1 else f"{summary.files} files"
    mended = summary.fixes.made
    if mended:
        left = sum(number for number, *_ in counts)
        total = "1 finding" if mended + left == 1 else f"{mended + left} findings"
        remaining = f"{left} remaining: {found}" if left else "none remaining"
        return f"Found {total} in {files} ({mended} fixed, {remaining})"
    return f"Found {found} in {files}" if found else f"Nothing found in {files}"


def _fixable(fixes: Fixes) -> Iterator[str]:
    if fixes.fixable:
        more = f", {fixes.held} more with --unsafe-fixes" if fixes.held else ""
        yield f"{fixes.fixable} fixable with --fix{more}"
    elif fixes.held:
        yield f"{fixes.held} fixable with --fix --unsafe-fixes, to be looked at"
