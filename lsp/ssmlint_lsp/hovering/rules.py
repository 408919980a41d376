"""The page of a rule: over what it has found, and over its name in a suppression."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator

from ssmlint.engine import Facts
from ssmlint.packs import all_rules
from ssmlint.page import parse_page
from ssmlint.records import dataclass
from ssmlint.rule import Rule
from ssmlint.source import Span
from ssmlint_lsp.cursor import touches
from ssmlint_lsp.hovering.types import Hover, joined

_SECTIONS = ("What it does", "Why is this bad?", "Fix safety")


@dataclass(frozen=True, slots=True)
class Judged:
    """What a rule has found at a place of the file."""

    span: Span
    rule: str
    """Id or name of the rule."""


def over_name(facts: Facts, offset: int) -> Hover | None:
    """The page of a rule whose name in a suppression an offset touches."""
    for suppression in facts.suppressions():
        for name in suppression.directive.names:
            span = suppression.text.place(name.start, name.end)
            if touches(span, offset):
                text = page(name.text)
                return Hover(span, text) if text else None
    return None


def over_findings(judged: Iterable[Judged], offset: int) -> Iterator[Hover]:
    """The pages of the rules that have found something at an offset, each once."""
    seen: set[str] = set()
    for found in judged:
        text = page(found.rule) if touches(found.span, offset) else ""
        if text and text not in seen:
            seen.add(text)
            yield Hover(found.span, text)


@functools.cache
def _rules() -> dict[str, Rule]:
    return {name: rule for rule in all_rules() for name in (rule.id, rule.name)}


def page(name: str) -> str:
    """What a rule looks for and why, in Markdown; empty where there is no such rule."""
    rule = _rules().get(name)
    if rule is None:
        return ""
    parts = parse_page(rule.page)
    bodies = [parts.section(title) for title in _SECTIONS]
    what, why, safety = (body or "" for body in bodies)
    link = f"[All of the page]({rule.url})" if rule.url else ""
    fix = f"*Fix*: {safety}" if safety else ""
    return joined(f"**{rule.label}** ({rule.severity.value})", what, why, fix, link)
