"""Links: from a policy to the document that it runs, from a comment to a rule's page, URLs."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from ssmlint.engine import Facts
from ssmlint.model.document import SsmDocument
from ssmlint.model.pair import Handler
from ssmlint.packs import all_rules
from ssmlint.records import dataclass
from ssmlint.source import Span
from ssmlint.sourcemap import source_map
from ssmlint.suppressions import Suppression
from ssmlint.vocabulary import Vocabulary, vocabulary_of_document
from ssmlint_lsp.navigating import Target, document_target
from ssmlint_lsp.shapes import root_shape, shape_at

#: Brackets and marks behind a URL belong to the sentence around it (RFC 3986, appendix C).
_URL = re.compile(r"https?://[^\s\"'<>`{}|\\^\[\]]*[^\s\"'<>`{}|\\^\[\].,;:!?)*]")


@dataclass(frozen=True, slots=True)
class Link:
    """A place of the file that leads somewhere: to a file of the workspace, or to a URL."""

    span: Span
    tooltip: str
    url: str = ""
    target: Target | None = None


def links(facts: Facts) -> tuple[Link, ...]:
    """The links of a file, in order; none overlaps another."""
    found = [*_handlers(facts), *_rules(facts), *_actions(facts), *_urls(facts)]
    kept: list[Link] = []
    for link in sorted(found, key=lambda link: link.span):
        if not kept or link.span.start >= kept[-1].span.end:
            kept.append(link)
    return tuple(kept)


def _handlers(facts: Facts) -> Iterator[Link]:
    for handler in facts.of(Handler):
        scalar = handler.script.handler
        if scalar is not None and len(handler.documents) == 1:
            document: SsmDocument = handler.documents[0]
            span = source_map(facts.file.source, scalar).span(0, len(scalar.text))
            yield Link(span, f"the document {document.name}", target=document_target(document))


def _rules(facts: Facts) -> Iterator[Link]:
    suppressions = facts.suppressions()
    pages = {} if not suppressions else {n: r for r in all_rules() for n in (r.id, r.name)}
    for suppression in suppressions:
        for name in suppression.directive.names:
            rule = pages.get(name.text)
            if rule is not None and rule.url:
                yield Link(_place(suppression, name.start, name.end), rule.summary, rule.url)


def _place(suppression: Suppression, start: int, end: int) -> Span:
    return suppression.text.place(start, end)


def _actions(facts: Facts) -> Iterator[Link]:
    """Actions with a page of their own in the user guide."""
    for document in facts.of(SsmDocument):
        vocabulary = vocabulary_of_document(document.kind, document.schema_version)
        for step in document.all_steps if vocabulary is not None else ():
            scalar = step.action_node
            page = _page(vocabulary, scalar.text) if vocabulary and scalar is not None else ""
            if scalar is not None and page:
                span = source_map(facts.file.source, scalar).span(0, len(scalar.text))
                yield Link(span, f"the reference of {scalar.text}", page)


@functools.lru_cache(maxsize=128)
def _page(vocabulary: Vocabulary, action: str) -> str:
    """Where a step's inputs are described, for an action."""
    keys = ("mainSteps", 0, "inputs")
    return shape_at(root_shape(vocabulary), keys, ({}, {}, {"action": action}, {})).source


def _urls(facts: Facts) -> Iterator[Link]:
    text = facts.file.source.text
    for match in _URL.finditer(text):
        yield Link(Span(*match.span()), "", match[0])
