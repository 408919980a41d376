"""The names of a Python script, and the keys of the payload that its handler reads.

The handler is named in the step, too, and a key of the payload stands in the step and in
the script: both are one name there and here.
"""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator

from ssmlint.embedded import MASK
from ssmlint.python.names import makes_names
from ssmlint.python.passing import Payload, payload_of
from ssmlint.python.payload import KeyRead, PayloadUse
from ssmlint.python.scriptfacts import PythonScript
from ssmlint.source import Span
from ssmlint.tree import Scalar
from ssmlint_lsp.names.documents import place
from ssmlint_lsp.names.scopes import Mention, Scope, mentions
from ssmlint_lsp.names.types import Name, NameKind, Obstacle, Occurrence, Role, occurrences


def names_of_python(script: PythonScript) -> Iterator[Name]:
    """Every name of a script."""
    yield from _names(script)
    yield from _keys(script)


# --- names --------------------------------------------------------------------------------


def _names(script: PythonScript) -> Iterator[Name]:
    found: dict[tuple[int, str], list[Mention]] = {}
    for mention in mentions(script.syntax, script.script.masked):
        if MASK not in mention.name:  # a reference stands in (a part of) its place
            found.setdefault((id(mention.scope), mention.name), []).append(mention)
    for group in found.values():
        name, scope = group[0].name, group[0].scope
        places = [_place(script, m.span, m.role) for m in group if m.span is not None]
        if scope.parent is None:
            places += _named_by_step(script, name)
        if places:
            yield Name(
                NameKind.PYTHON,
                name,
                script.source,
                occurrences(places),
                script,
                scope.name,
                functools.partial(_obstacle, script, scope, group),
            )


def _place(script: PythonScript, span: Span, role: Role) -> Occurrence:
    piece = script.script.piece(span.start)
    return Occurrence(script.place(span), role, piece.mapping.exact and span.end <= piece.end)


def _named_by_step(script: PythonScript, name: str) -> Iterator[Occurrence]:
    node = script.input("Handler")
    if isinstance(node, Scalar) and node.text == name:
        yield place(script.source, node)


def _obstacle(script: PythonScript, scope: Scope, group: list[Mention]) -> Obstacle | None:
    name, tree = group[0].name, script.syntax.tree
    if tree is None or makes_names(tree):
        return Obstacle("the script may reach names by texts that it puts together")
    if scope.is_class:
        return Obstacle(f"what is read as `.{name}` can not be followed")
    for mention in group:
        node = mention.node
        if isinstance(node, ast.alias) and node.asname is None:
            return Obstacle("it is imported by this very name", _where(script, mention))
        if mention.span is None:
            return Obstacle("it stands in an f-string, where its place can not be told")
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == name:
            return Obstacle("a call gives it by its name", script.place(script.syntax.span(node)))
    return None


def _where(script: PythonScript, mention: Mention) -> Span | None:
    return None if mention.span is None else script.place(mention.span)


# --- keys of the payload ------------------------------------------------------------------


def _keys(script: PythonScript) -> Iterator[Name]:
    payload = payload_of(script)
    use = script.handler.payload if script.handler is not None else None
    found: dict[str, list[Occurrence]] = {}
    for key, entry in payload.keys.items() if payload is not None else ():
        here = place(script.source, entry.key)
        made = Occurrence(here.span, Role.DECLARATION, here.is_exact, here.scalar)
        found.setdefault(key, []).append(made)
    for read in use.reads if use is not None else ():
        span = key_span(script, read)
        if span is not None:
            found.setdefault(read.key, []).append(_place(script, span, Role.READ))
    for key, places in found.items():
        yield Name(
            NameKind.PAYLOAD_KEY,
            key,
            script.source,
            occurrences(places),
            script,
            find_obstacle=functools.partial(_obstacle_of_key, payload, use),
        )


def key_span(script: PythonScript, read: KeyRead) -> Span | None:
    """Where the key stands between its quotes (in the script); None where that can not be told."""
    match read.node:
        case ast.Subscript(slice=constant) | ast.Compare(left=constant):
            pass
        case ast.Call(args=[constant, *_]):
            pass
        case _:
            return None
    span = script.syntax.span(constant)
    inner = Span(span.start + 1, span.end - 1)
    return inner if script.script.text[inner.start : inner.end] == read.key else None


def _obstacle_of_key(payload: Payload | None, use: PayloadUse | None) -> Obstacle | None:
    if payload is None or use is None or use.reads_any or use.is_changed:
        return Obstacle("the script may read the payload in ways that can not be followed")
    return None
