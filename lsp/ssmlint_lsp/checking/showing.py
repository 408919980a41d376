"""Findings as an editor shows them: places in its unit, everything in plain data."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable

from ssmlint.engine import Facts
from ssmlint.rule import Edit, Finding, Fix, Note, Safety
from ssmlint.source import Source, Span
from ssmlint_lsp.checking.remedies import further_remedies
from ssmlint_lsp.columns import EditorColumns
from ssmlint_lsp.messages import Range, Remedy, Shown, Spot


class Showing:
    """Makes what is shown of the findings of a check."""

    def __init__(self, encoding: str, facts: Callable[[], Facts]) -> None:
        """`facts` makes those of the file, when they are needed."""
        self._columns = EditorColumns(encoding)
        self._facts = functools.cache(facts)

    def of(self, findings: Iterable[Finding]) -> tuple[Shown, ...]:
        """What is shown of some findings, in their order."""
        return tuple(self._shown(finding, self._remedy, self._further) for finding in findings)

    def sketch_of(self, findings: Iterable[Finding]) -> tuple[Shown, ...]:
        """The same with the names of fixes alone, for who waits and cannot ask for more yet."""
        return tuple(self._shown(finding, _named, _nothing) for finding in findings)

    def _shown(
        self,
        finding: Finding,
        remedy: Callable[[Source, Fix], Remedy],
        further: Callable[[Finding], tuple[Remedy, ...]],
    ) -> Shown:
        source, problem, rule = finding.source, finding.problem, finding.rule
        return Shown(
            rule.id,
            rule.name,
            rule.url,
            finding.severity.value,
            finding.message,
            self._range(source, finding.span),
            (finding.span.start, finding.span.end),
            tuple(self._spot(source, note) for note in (*problem.related, *problem.trace)),
            remedy(source, problem.fix) if problem.fix is not None else None,
            further(finding),
        )

    def _further(self, finding: Finding) -> tuple[Remedy, ...]:
        found = further_remedies(finding, self._facts)
        return tuple(self._remedy(finding.source, fix) for fix in found)

    def _spot(self, source: Source, note: Note) -> Spot:
        where = note.source or source
        return Spot(where.path, self._range(where, note.span), note.message)

    def _remedy(self, source: Source, fix: Fix) -> Remedy:
        return Remedy(fix.title, self.edits(source, fix.edits), fix.safety is Safety.SAFE)

    def edits(self, source: Source, edits: Iterable[Edit]) -> tuple[tuple[Range, str], ...]:
        """Edits of a text with their ranges."""
        return tuple((self._range(source, edit.span), edit.text) for edit in edits)

    def _range(self, source: Source, span: Span) -> Range:
        return self._columns.range(source, span)


def _named(_: Source, fix: Fix) -> Remedy:
    return Remedy(fix.title, (), fix.safety is Safety.SAFE)


def _nothing(_: Finding) -> tuple[Remedy, ...]:
    return ()
