"""Findings carried over from an older text, until the newer one has been looked at as closely.

Running a document symbolically takes its time.  Meanwhile what the last run has found stays
where it is, moved with the text around it; what the edit goes through is gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ssmlint.engine import is_slow
from ssmlint.rule import Finding, Note, Rule
from ssmlint.settings import SHELLCHECK
from ssmlint.source import Source
from ssmlint.suppressions import UnusedSuppression
from ssmlint_lsp.texts import Drift


def carried(findings: Iterable[Finding], before: Source, now: Source) -> Iterator[Finding]:
    """What slow rules have found in an older text, where it still stands in the newer one.

    Without fixes: they were made for a text that is gone.
    """
    drift = Drift(before, now)
    for finding in findings:
        span = drift.span(finding.span) if _comes_late(finding.rule) else None
        if span is not None and len(span) == len(finding.span):
            problem = replace(
                finding.problem,
                span=span,
                related=tuple(_moved(finding.problem.related, drift)),
                trace=tuple(_moved(finding.problem.trace, drift)),
                fix=None,
            )
            yield Finding(finding.rule, now, problem)


def _comes_late(rule: Rule) -> bool:
    is_foreign = rule.id.startswith(f"{SHELLCHECK}/")
    return is_slow(rule) or is_foreign or rule.on is UnusedSuppression


def _moved(notes: Iterable[Note], drift: Drift) -> Iterator[Note]:
    for note in notes:
        span = note.span if note.source is not None else drift.span(note.span)
        if span is not None:
            yield note if span is note.span else Note(span, note.message, note.source)
