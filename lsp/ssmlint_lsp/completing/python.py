"""Completing inside scripts in Python: keys of the payload, names of the script; handlers."""

from __future__ import annotations

import builtins
import keyword
import re
import textwrap
from collections.abc import Iterator

from ssmlint.embedded import MASK, Language, runtime_language
from ssmlint.model.references import REFERENCE
from ssmlint.python.handler import handler_of
from ssmlint.python.syntax import parse
from ssmlint.tree import Mapping
from ssmlint_lsp.completing.keys import Schemas
from ssmlint_lsp.completing.scripts import (
    QUOTE,
    Written,
    line_before,
    named,
    script_at,
    text_of,
    word_span,
)
from ssmlint_lsp.completing.spots import MARK, Spot
from ssmlint_lsp.completing.types import Candidate, CandidateKind, literal
from ssmlint_lsp.values import kind_of_value

#: How scripts that are half-typed name things, as far as a look at the text can tell.
_DEFINED = re.compile(r"^([ \t]*)(?:async[ \t]+)?def[ \t]+(\w+)[ \t]*\(", re.MULTILINE)
_FUNCTIONS = re.compile(r"\bdef[ \t]+(\w+)[ \t]*\(")
_CLASSES = re.compile(r"\bclass[ \t]+(\w+)")
_PARAMETERS = re.compile(r"\bdef[ \t]+\w+[ \t]*\(((?:[ \t]*\*{0,2}\w+[ \t]*,?)*)")
_IMPORTED = re.compile(r"\bimport[ \t]+((?:\w+[ \t]*,?[ \t]*)+)|\bas[ \t]+(\w+)")
_ASSIGNED = re.compile(
    r"(?<![\w.])(\w+)[ \t]*(?::[ \t]*\w+[ \t]*)?=(?!=)|\bfor[ \t]+(\w+)[ \t]+in\b"
)

_SUBSCRIPT = re.compile(
    rf"(?<![\w.])(?P<name>\w+)(?P<open>\[|\.(?:get|pop)\()(?P<quote>{QUOTE})(?P<key>[\w-]*)\Z"
)
_KEY_REST = re.compile(r"[\w-]*")
_SELECTED = re.compile(r"\$\.Payload\.(?P<key>\w*)\Z")
_WORD = re.compile(r"(?<![\w.$])(?P<name>[^\W\d]\w*)?\Z")
_IN_STRING = re.compile(r"\\?\"|'|#")


def in_python(spot: Spot) -> Iterator[Candidate]:
    """What may stand at the cursor in a script in Python."""
    script = script_at(spot)
    if script is None or script.language is not Language.PYTHON:
        return
    key = _SUBSCRIPT.search(spot.line_before)
    if key is not None:
        if key["name"] in _payloads(script):
            yield from _keys(spot, script, key)
        return
    word = _WORD.search(spot.line_before)
    if word is not None and spot.is_alone is False and not _is_quoted(line_before(spot)):
        yield from _names(spot, script, word["name"] or "")


def _payloads(script: Written) -> frozenset[str]:
    """What the handler, and functions that have a parameter of that name, call the payload."""
    handler = script.inputs.get_scalar("Handler")
    name = re.escape(handler.text) if handler is not None and handler.text else r"\w+"
    found = re.findall(rf"\bdef[ \t]+{name}[ \t]*\([ \t]*(\w+)", script.text)
    return frozenset(found)


def _keys(spot: Spot, script: Written, match: re.Match[str]) -> Iterator[Candidate]:
    payload = script.inputs.get_mapping("InputPayload")
    rest = _KEY_REST.match(spot.text, spot.offset)
    span = word_span(spot, match["key"])
    span = type(span)(span.start, rest.end() if rest is not None else span.end)
    closing = match["quote"] + ("]" if match["open"] == "[" else ")")
    if spot.text.startswith(match["quote"], span.end):
        closing = ""
    document = spot.document
    for entry in payload.entries if isinstance(payload, Mapping) else ():
        name = entry.key.text
        if MARK not in name and document is not None:
            kind = kind_of_value(document, entry.value)
            yield Candidate(name, CandidateKind.FIELD, literal(name + closing), span, kind, rank=1)


def _is_quoted(line: str) -> bool:
    """Whether the end of a line is in a string or comment that begins on it."""
    quote = ""
    for match in _IN_STRING.finditer(line):
        sign = match[0][-1]
        if not quote and sign == "#":
            return True
        if sign in ('"', "'") and quote in ("", match[0]):
            quote = "" if quote else match[0]
    return bool(quote)


def _names(spot: Spot, script: Written, typed: str) -> Iterator[Candidate]:
    span, text = word_span(spot, typed), script.text
    functions = list(named(_FUNCTIONS, text))
    for name in functions:
        yield Candidate(name, CandidateKind.FUNCTION, literal(name), span, "function", rank=2)
    others = (*named(_CLASSES, text), *named(_PARAMETERS, text), *named(_IMPORTED, text))
    for name in (*others, *named(_ASSIGNED, text)):
        if not keyword.iskeyword(name) and name.isidentifier():
            yield Candidate(name, CandidateKind.VARIABLE, literal(name), span, rank=1)
    if not typed:
        return
    for name in keyword.kwlist:
        yield Candidate(name, CandidateKind.VALUE, literal(name), span, "keyword", rank=7)
    for name in dir(builtins):
        if not name.startswith("_") and not keyword.iskeyword(name):
            yield Candidate(name, CandidateKind.FUNCTION, literal(name), span, "builtin", rank=8)


def handlers_of_script(spot: Spot, schemas: Schemas) -> Iterator[Candidate]:
    """The functions of the script, where a step asks for its handler."""
    place = schemas.place
    if place is None or place.on_key or place.keys[-1:] != ("Handler",):
        return
    inputs = place.mapping
    text = text_of(spot, inputs.get("Script")) if inputs is not None else ""
    found = [(len(m[1]), m[2]) for m in _DEFINED.finditer(text) if MARK not in m[2]]
    outermost = min((indent for indent, _ in found), default=0)
    for indent, name in found:
        if indent == outermost:
            yield schemas.value(name, kind=CandidateKind.FUNCTION, detail="function", rank=1)


def keys_of_answer(spot: Spot) -> Iterator[Candidate]:
    """The keys of what the handler returns, behind `$.Payload.` in a `Selector`."""
    match = _SELECTED.search(spot.line_before)
    place = spot.place
    if match is None or place is None or place.keys[-1:] != ("Selector",):
        return
    steps = [node for node in place.around if isinstance(node, Mapping) and node.get("inputs")]
    inputs = steps[-1].get_mapping("inputs") if steps else None
    handler = inputs.get_scalar("Handler") if inputs is not None else None
    if inputs is None or handler is None or runtime_language(inputs) is not Language.PYTHON:
        return
    # The references of a script are words to Python, as they are to the rules.
    text = textwrap.dedent(REFERENCE.sub(MASK, text_of(spot, inputs.get("Script"))))
    found = handler_of(parse(text, None), handler.text)
    answer = found.returned if found is not None else None
    for key in answer.keys if answer is not None else ():
        if key.isidentifier():
            span = word_span(spot, match["key"])
            yield Candidate(key, CandidateKind.FIELD, literal(key), span, "returned", rank=1)
