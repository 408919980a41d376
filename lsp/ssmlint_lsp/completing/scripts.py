"""The script that a cursor is in, as far as it can be told, in whatever language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.embedded import Language, language_of_input
from ssmlint.records import dataclass
from ssmlint.source import Span
from ssmlint.tree import Mapping, Node, Scalar, Style
from ssmlint_lsp.completing.spots import MARK, Spot

_REST = re.compile(r"\w*")
#: A quotation mark as it may be written in a string of JSON or YAML.
QUOTE = r"(?:\\\"|\"|''|')"
_ESCAPING = (Style.DOUBLE, Style.JSON)
#: An escape, or a line break that stands for nothing with the indentation behind it.
_ESCAPE = re.compile(r"\\(\r?\n[ \t]*|.)")
_STANDS_FOR = {"n": "\n", "t": "\t", '"': '"', " ": " ", "\n": "", "\r": ""}


@dataclass(frozen=True, slots=True)
class Written:
    """A script with the mark of the cursor in it; its places are not those of the file."""

    language: Language
    text: str
    inputs: Mapping
    """The inputs of the step."""


def script_at(spot: Spot) -> Written | None:
    """The script that the cursor is in; None where it is in none."""
    place = spot.place
    if place is None or place.on_key:
        return None
    for depth in (1, 2):  # the text itself, or the list that it is an item of
        if len(place.keys) < depth or not isinstance(place.keys[-depth], str):
            continue
        found = _language(place.around[:-depth], str(place.keys[-depth]))
        if found is not None:
            node = place.around[-depth]
            return Written(found[0], text_of(spot, node), found[1])
    return None


def _language(around: tuple[Node, ...], key: str) -> tuple[Language, Mapping] | None:
    """The language of an input of the innermost step, with the inputs."""
    steps = [n for n in around if isinstance(n, Mapping) and n.get_scalar("action") is not None]
    inputs = around[-1] if around else None
    if not isinstance(inputs, Mapping):
        return None
    action = steps[-1].get_scalar("action") if steps else None
    if action is None:  # not typed yet
        return (Language.SHELL, inputs) if key == "runCommand" else None
    language = language_of_input(action.text, inputs, key)
    return (language, inputs) if language is not None else None


def text_of(spot: Spot, node: Node | None) -> str:
    """The text of a script, quotes and escapes taken away as far as a look can tell."""
    if node is None:
        return ""
    if isinstance(node, Scalar):
        return _unescaped(node.text) if node.style in _ESCAPING else node.text
    text = spot.marked[node.span.start : node.span.end]
    return _unescaped(text) if spot.is_json else text


def _unescaped(text: str) -> str:
    """A quoted text with the line breaks, blanks and quotes that it stands for."""
    return _ESCAPE.sub(lambda match: _STANDS_FOR.get(match[1][:1], match[0]), text)


def line_before(spot: Spot) -> str:
    """What stands before the cursor on its line of the script, as it is written."""
    line, place = spot.line_before, spot.place
    scalar = place.scalar if place is not None else None
    if scalar is None or scalar.style in (Style.LITERAL, Style.FOLDED):
        return line
    start = scalar.span.start + (scalar.style is not Style.PLAIN)
    line = line[max(0, len(line) - (spot.offset - start)) :]
    return line.rpartition("\\n")[2] if scalar.style in _ESCAPING else line


def may_begin_command(spot: Spot) -> bool:
    """Whether a word may stand at the cursor with which a command of the script begins.

    A word that is all of its scalar is a line only in a list of them.
    """
    is_item = spot.place is not None and isinstance(spot.place.keys[-1], int)
    return is_item or not spot.is_alone


def word_span(spot: Spot, typed: str) -> Span:
    """The word at the cursor, of which `typed` stands before it."""
    rest = _REST.match(spot.text, spot.offset)
    return Span(spot.offset - len(typed), rest.end() if rest is not None else spot.offset)


def named(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    """The names that a pattern finds (its groups), each once, without the one at the cursor."""
    seen: dict[str, None] = {}
    for match in pattern.finditer(text):
        for group in match.groups():
            for name in (group or "").replace(",", " ").split():
                seen.setdefault(name)
    yield from (name for name in seen if MARK not in name)
