"""JSON text to a `Tree`: tree-sitter gives the places, the standard library the verdict.

tree-sitter-json survives half-typed text and knows where everything stands; it also lets
pass what no JSON reader accepts (comments, a second value), so `json` of the standard
library is asked whether the text is JSON, and where it stops being so.
"""

from __future__ import annotations

import functools
import json
import re
from dataclasses import field
from typing import TYPE_CHECKING, NoReturn

from ssmlint.records import dataclass
from ssmlint.source import Source, Span, Utf8Offsets
from ssmlint.tree import (
    MAX_DEPTH,
    Entry,
    Mapping,
    Node,
    Scalar,
    ScalarValue,
    Sequence,
    Style,
    Tree,
    TreeProblem,
)

if TYPE_CHECKING:
    import tree_sitter

_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*"?|[\[{\]}]', re.DOTALL)


@functools.cache
def _parser() -> tree_sitter.Parser:
    # Not at the top: most documents are YAML.
    import tree_sitter
    import tree_sitter_json

    return tree_sitter.Parser(tree_sitter.Language(tree_sitter_json.language()))


def parse_json(source: Source) -> Tree:
    """Read JSON; never raises: what is wrong stands in `Tree.problems`."""
    deep = _too_deep(source.text)
    if deep is not None:
        span = Span(deep, deep + 1)
        problem = TreeProblem("too-deep", span, f"nested deeper than {MAX_DEPTH} levels")
        return Tree(source, "json", (), (problem,), broken=True)
    wrong = _verdict(source.text)
    roots = _Builder(source.text).build()
    problems = () if wrong is None else (wrong,)
    return Tree(source, "json", roots, problems, broken=wrong is not None)


def _too_deep(text: str) -> int | None:
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return None
    depth = 0
    for match in _BRACKETS.finditer(text):
        if text[match.start()] in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                return match.start()
        elif text[match.start()] in "]}":
            depth -= 1
    return None


def _verdict(text: str) -> TreeProblem | None:
    def refuse(name: str) -> NoReturn:
        raise json.JSONDecodeError(f"`{name}` is not a JSON number", text, text.find(name))

    try:
        # Numbers stay text: one may have more digits than Python converts.
        json.loads(text, parse_constant=refuse, parse_int=str, parse_float=str)
    except json.JSONDecodeError as error:
        return _reword(text, error.msg, error.pos)
    return None


_MESSAGES = {
    "Expecting ',' delimiter": "expected `,` or the closing bracket",
    "Expecting ':' delimiter": "expected `:` after the key",
    "Expecting value": "expected a value",
    "Expecting property name enclosed in double quotes": "expected a key in double quotes",
    "Extra data": "text follows after the end of the JSON value",
    "Invalid control character at": "a line break or control character stands in a string",
    "Invalid \\escape": "invalid `\\` escape in a string",
    "Invalid \\uXXXX escape": "`\\u` needs four hexadecimal digits",
    "Unterminated string starting at": "the string that starts here is never closed",
}


def _reword(text: str, message: str, offset: int) -> TreeProblem:
    # Python 3.13 points at a trailing comma, earlier versions behind it.
    comma = re.compile(r",\s*[\]}]")
    before = len(text[:offset].rstrip()) - 1
    at = next((i for i in (offset, before) if i >= 0 and comma.match(text, i)), None)
    if at is not None:
        closing = text[at + 1 :].lstrip()[0]
        wording = f"trailing comma before `{closing}`"
        return TreeProblem("syntax-error", Span(at, at + 1), wording)
    wording = next(
        (ours for theirs, ours in _MESSAGES.items() if message.startswith(theirs)), message
    )
    if text[offset : offset + 2] in ("//", "/*"):
        wording = "JSON has no comments"
    if offset >= len(text):
        wording = f"{wording}, but the file ends here"
        offset = len(text.rstrip())
    return TreeProblem("syntax-error", Span(offset, min(offset + 1, len(text))), wording)


@dataclass(slots=True)
class _Frame:
    """A collection whose children are being built."""

    node: tree_sitter.Node
    todo: list[tree_sitter.Node]
    entries: list[Entry] = field(default_factory=list)
    items: list[Node] = field(default_factory=list)
    key: Scalar | None = None

    def take(self, value: Node) -> None:
        if self.node.type == "object":
            if self.key is not None:
                self.entries.append(Entry(self.key, value))
                self.key = None
        else:
            self.items.append(value)


class _Builder:
    """Builds nodes with a stack of its own, so that depth costs no recursion."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.offsets = Utf8Offsets(text)
        self.root = _parser().parse(self.offsets.data).root_node

    def build(self) -> tuple[Node, ...]:
        top = _Frame(self.root, list(reversed(self.root.named_children)))
        stack = [top]
        while stack:
            frame = stack[-1]
            if not frame.todo:
                stack.pop()
                if stack:
                    stack[-1].take(self._collection(frame))
                continue
            self._step(frame, frame.todo.pop(), stack)
        return tuple(top.items)

    def _step(self, frame: _Frame, node: tree_sitter.Node, stack: list[_Frame]) -> None:
        match node.type:
            case "object" | "array":
                stack.append(_Frame(node, list(reversed(node.named_children))))
            case "pair":
                self._pair(frame, node)
            case "string" | "number" | "true" | "false" | "null":
                frame.take(self._scalar(node))
            case "ERROR":
                frame.todo.extend(reversed(node.named_children))

    def _pair(self, frame: _Frame, node: tree_sitter.Node) -> None:
        key, value = node.child_by_field_name("key"), node.child_by_field_name("value")
        if key is None or key.type != "string":
            return
        frame.key = self._scalar(key)
        if value is None or value.is_missing:
            end = frame.key.span.end
            frame.take(Scalar(Span(end, end), "", Style.JSON, None))
        else:
            frame.todo.append(value)

    def _collection(self, frame: _Frame) -> Node:
        span = self._span(frame.node)
        if frame.node.type == "object":
            return Mapping(span, tuple(frame.entries))
        return Sequence(span, tuple(frame.items))

    def _span(self, node: tree_sitter.Node) -> Span:
        return Span(self.offsets.at(node.start_byte), self.offsets.at(node.end_byte))

    def _scalar(self, node: tree_sitter.Node) -> Scalar:
        span = self._span(node)
        written = self.text[span.start : span.end]
        value: ScalarValue
        try:
            value = json.loads(written, strict=False)
        except ValueError:
            value = written.strip('"')
        text = value if isinstance(value, str) else written
        return Scalar(span, text, Style.JSON, value)
