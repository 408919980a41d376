"""Results as bytes, and back: for the cache, and for the way from one process to another.

JSON, because nothing that stands in a cache may run.  Spans are pairs of code-point offsets;
a note tells its file by a number: 0 for that of the finding, n for the n-th of `others`, the
files of the documents that the policies of the file call.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ssmlint.files import Contents
from ssmlint.records import dataclass
from ssmlint.rule import (
    INTERNAL_ERROR,
    Edit,
    Finding,
    Fix,
    Note,
    Problem,
    Rule,
    Safety,
    Severity,
)
from ssmlint.settings import SHELLCHECK
from ssmlint.source import Source, Span


class Unreadable(Exception):
    """Bytes that were not written by `encoded`, or for another file."""


class NotEncodable(Exception):
    """A finding that has to do with a file which is neither its own nor one of `others`."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in one file: shown, and suppressed by comments."""

    findings: tuple[Finding, ...]
    hidden: tuple[Finding, ...]


def encoded(
    contents: Contents, found: Found | None, source: Source, others: Sequence[Source]
) -> bytes:
    """What a file holds, and what was found in it if that depends on nothing else.

    Raises `NotEncodable`.
    """
    sources = (source, *others)
    data = {
        "contents": [
            contents.is_ours,
            contents.is_broken,
            contents.documents,
            contents.has_policies,
            contents.calls,
            contents.calls_api,
        ],
        "findings": found and [_finding(finding, sources) for finding in found.findings],
        "hidden": found and [_finding(finding, sources) for finding in found.hidden],
    }
    return json.dumps(data, separators=(",", ":")).encode("ascii")


def _finding(finding: Finding, sources: Sequence[Source]) -> list[Any]:
    problem = finding.problem
    return [
        finding.rule.id,
        _pair(problem.span),
        problem.message,
        [_note(note, sources) for note in problem.related],
        [_note(note, sources) for note in problem.trace],
        _fix(problem.fix),
        problem.severity and problem.severity.value,
    ]


def _pair(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _note(note: Note, sources: Sequence[Source]) -> list[Any]:
    return [_pair(note.span), note.message, _number(note.source, sources)]


def _number(source: Source | None, sources: Sequence[Source]) -> int | None:
    if source is None:
        return None
    for number, known in enumerate(sources):
        if source is known:
            return number
    raise NotEncodable


def _fix(fix: Fix | None) -> list[Any] | None:
    if fix is None:
        return None
    return [fix.title, [[_pair(e.span), e.text] for e in fix.edits], fix.safety.value]


Rules = Callable[[str], Rule]


def rules_by_id(rules: Sequence[Rule]) -> Rules:
    """The rule of an id, also of shellcheck and of the engine; raises `Unreadable`."""
    known: Mapping[str, Rule] = {rule.id: rule for rule in (INTERNAL_ERROR, *rules)}

    def find(id: str) -> Rule:
        rule = known.get(id) or (_foreign(id) if id.startswith(SHELLCHECK) else None)
        if rule is None:
            raise Unreadable(id)
        return rule

    return find


def _foreign(id: str) -> Rule | None:
    # Not at the top: it takes what runs other programs along.
    from ssmlint.external.rules import rule_named

    return rule_named(id)


def decoded(
    data: bytes, rules: Rules, source: Source, others: Sequence[Source]
) -> tuple[Contents, Found | None]:
    """What was encoded for the same file and the same others.  Raises `Unreadable`."""
    try:
        known = json.loads(data)
        is_ours, is_broken, documents, has_policies, calls, calls_api = known["contents"]
        contents = Contents(
            is_ours, is_broken, tuple(documents), has_policies, tuple(calls), calls_api
        )
        if known["findings"] is None:
            return contents, None
        read = _Reader(rules, (source, *others))
        return contents, Found(
            tuple(map(read.finding, known["findings"])), tuple(map(read.finding, known["hidden"]))
        )
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise Unreadable(str(error)) from error


class _Reader:
    """Makes findings of one file of what `_finding` makes of them."""

    def __init__(self, rules: Rules, sources: tuple[Source, ...]) -> None:
        self._rules = rules
        self._sources = sources

    def finding(self, data: list[Any]) -> Finding:
        rule, span, message, related, trace, fix, severity = data
        problem = Problem(
            self._span(span),
            message,
            tuple(map(self._note, related)),
            tuple(map(self._note, trace)),
            fix and self._fix(*fix),
            severity and Severity(severity),
        )
        return Finding(self._rules(rule), self._sources[0], problem)

    def _span(self, pair: list[int], number: int = 0) -> Span:
        start, end = pair
        if not 0 <= start <= end <= len(self._sources[number].text):
            raise Unreadable(f"a span {start}:{end}")
        return Span(start, end)

    def _note(self, data: list[Any]) -> Note:
        span, message, number = data
        source = None if number is None else self._sources[number]
        return Note(self._span(span, number or 0), message, source)

    def _fix(self, title: str, edits: list[Any], safety: str) -> Fix:
        made = tuple(Edit(self._span(span), text) for span, text in edits)
        return Fix(title, made, Safety(safety))
