"""Completing comments that speak to ssmlint: verbs, and names of rules."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.directives import IGNORE, IGNORE_FILE, MARK
from ssmlint.packs import all_rules
from ssmlint.source import Span
from ssmlint_lsp.completing.spots import Spot
from ssmlint_lsp.completing.types import Candidate, CandidateKind

_RULE = re.compile(rf"#[ \t]*{MARK}[ \t]*ignore(?:-file)?\[(?:[^\]]*,)?[ \t]*(?P<name>[\w/-]*)\Z")
_VERB = re.compile(rf"#[ \t]*{MARK}[ \t]*(?P<verb>[\w-]*)\Z")
_REST = re.compile(r"[\w/-]*")


def suppressions(spot: Spot) -> Iterator[Candidate] | None:
    """What may stand at the cursor in such a comment; None where it is in none."""
    rule, verb = _RULE.search(spot.line_before), _VERB.search(spot.line_before)
    if rule is not None:
        return _rules(spot, rule["name"])
    if verb is not None:
        return _verbs(spot, verb["verb"])
    return None


def _span(spot: Spot, typed: str) -> Span:
    rest = _REST.match(spot.text, spot.offset)
    return Span(spot.offset - len(typed), rest.end() if rest is not None else spot.offset)


def _rules(spot: Spot, typed: str) -> Iterator[Candidate]:
    span = _span(spot, typed)
    for rule in all_rules():
        yield Candidate(rule.name, CandidateKind.RULE, rule.name, span, rule.id, rule.summary)


def _verbs(spot: Spot, typed: str) -> Iterator[Candidate]:
    span = _span(spot, typed)
    for verb, about in (
        (IGNORE, "suppresses findings of this line, or of the next one"),
        (IGNORE_FILE, "suppresses findings of the whole file"),
    ):
        yield Candidate(verb, CandidateKind.KEY, f"{verb}[$0]", span, about)
    yield Candidate("name", CandidateKind.KEY, "name=$0", span, "the document's name for policies")
