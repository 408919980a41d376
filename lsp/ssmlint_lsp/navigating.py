"""Where a name is defined, and everywhere else it stands: in this file, or in a policy's document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.engine import Facts
from ssmlint.model.document import SsmDocument
from ssmlint.model.pair import Handler
from ssmlint.model.policy_members import first_span
from ssmlint.records import dataclass
from ssmlint.source import Source, Span
from ssmlint_lsp.cursor import touches
from ssmlint_lsp.names.documents import steps_of
from ssmlint_lsp.names.finding import Named, named_at
from ssmlint_lsp.names.types import Name, NameKind, Occurrence

_NAME_COMMENT = re.compile(r"^\s*#\s*ssmlint:\s*name=(\S+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Target:
    """A place in a file of the workspace."""

    source: Source
    span: Span


def definition(facts: Facts, offset: int) -> tuple[Target, ...]:
    """Where that is defined which stands at an offset of the file; empty where nothing is."""
    handled = _handled(facts, offset)
    if handled:
        return tuple(document_target(document) for document in handled)
    named = named_at(facts, offset)
    if named is None:
        return ()
    found = named.name.declaration
    if found is not None:
        return (Target(named.name.source, found.span),)
    return tuple(_of_undeclared(named.name))


def _of_undeclared(name: Name) -> Iterator[Target]:
    """The step, for an output that its action gives."""
    if name.kind is not NameKind.OUTPUT:
        return
    document: SsmDocument = name.scope
    for step in steps_of(document):
        scalar = step.get_scalar("name")
        if scalar is not None and scalar.text == name.container:
            yield Target(name.source, scalar.span)


def references(facts: Facts, offset: int, include_declaration: bool = True) -> tuple[Target, ...]:
    """Every place where the name stands that stands at an offset of the file."""
    handled = _handled(facts, offset)
    if handled:
        return tuple(_of_handlers(facts, handled, include_declaration))
    named = named_at(facts, offset)
    if named is None:
        return ()
    name = named.name
    return tuple(
        Target(name.source, item.span)
        for item in name.occurrences
        if include_declaration or item is not name.declaration
    )


def highlights(facts: Facts, offset: int) -> tuple[Occurrence, ...]:
    """The same within the file, with what happens to the name in each place."""
    named: Named | None = named_at(facts, offset)
    return () if named is None else named.name.occurrences


def _handled(facts: Facts, offset: int) -> tuple[SsmDocument, ...]:
    """The documents of the handler of a policy that an offset touches."""
    for handler in facts.of(Handler):
        scalar = handler.script.handler
        if scalar is not None and touches(scalar.span, offset):
            return tuple(handler.documents)
    return ()


def _of_handlers(
    facts: Facts, documents: tuple[SsmDocument, ...], include_declaration: bool
) -> Iterator[Target]:
    if include_declaration:
        yield from (document_target(document) for document in documents)
    for handler in facts.of(Handler):
        scalar = handler.script.handler
        if scalar is not None and any(document in documents for document in handler.documents):
            yield Target(facts.file.source, scalar.span)


def document_target(document: SsmDocument) -> Target:
    """Where a document says its name, else where it begins."""
    match = _NAME_COMMENT.search(document.source.text)
    span = Span(*match.span(1)) if match is not None else first_span(document.root)
    return Target(document.source, span)
