"""YAML text to a `Tree`, through the event stream of ruamel.yaml's C parser (libyaml).

Events rather than ready-made nodes, because the builder below needs no recursion (fifty
thousand brackets must not end in a crash), sees every key of a mapping, and stops where
aliases or depth pass a limit.
"""

from __future__ import annotations

import re
from dataclasses import field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

from ssmlint.records import dataclass
from ssmlint.source import Source, Span
from ssmlint.tree import (
    MAX_DEPTH,
    MAX_NODES,
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
from ssmlint.yaml_problems import FLOW_COLON, at, marked_problem, reader_problem

_STYLES = {
    None: Style.PLAIN,
    "": Style.PLAIN,
    "'": Style.SINGLE,
    '"': Style.DOUBLE,
    "|": Style.LITERAL,
    ">": Style.FOLDED,
}

# The implicit types of YAML 1.1 (https://yaml.org/type/), which is what the readers of
# the AWS services and of CloudFormation follow.  Timestamps stay strings, as in JSON.
_NULL = re.compile(r"~|null|Null|NULL|")
_BOOL = re.compile(r"yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF")
_TRUE = frozenset({"yes", "true", "on"})
_INT = re.compile(
    r"[-+]?(?:0b[01_]+|0x[0-9a-fA-F_]+|0[0-7_]*|[1-9][0-9_]*(?::[0-5]?[0-9])+|[1-9][0-9_]*)"
)
_FLOAT = re.compile(
    r"[-+]?(?:[0-9][0-9_]*)\.[0-9_]*(?:[eE][-+]?[0-9]+)?"
    r"|[-+]?\.[0-9][0-9_]*(?:[eE][-+]?[0-9]+)?"
    r"|[-+]?[0-9][0-9_]*(?:[eE][-+]?[0-9]+)"
    r"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*"
    r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)


_BREAKS = r"\r\n\x85\u2028\u2029"
# What stands before a node besides its anchor: a tag, space, comments, and the byte-order
# mark that libyaml allows at the start of any line.
_BEFORE_NODE = (
    rf"!<[^>]*>|![^ \t{_BREAKS}]*"
    rf"|[ \t{_BREAKS}]+|(?<=[ \t{_BREAKS}])#[^{_BREAKS}]*|(?<=[{_BREAKS}])\ufeff"
)


def plain_value(text: str) -> ScalarValue:
    """What a YAML 1.1 reader makes of an unquoted scalar (`yes` -> True, `010` -> 8)."""
    if _NULL.fullmatch(text):
        return None
    if _BOOL.fullmatch(text):
        return text.lower() in _TRUE
    try:
        if _INT.fullmatch(text):
            return _integer(text.replace("_", ""))
        if _FLOAT.fullmatch(text):
            return _float(text.replace("_", "").lower())
    except ValueError:
        # Only underscores, or more digits than Python converts: no number in practice.
        return text
    return text


def _integer(text: str) -> int:
    sign = -1 if text.startswith("-") else 1
    digits = text.lstrip("+-")
    if ":" in digits:
        value = 0
        for part in digits.split(":"):
            value = value * 60 + int(part)
        return sign * value
    if digits.startswith(("0b", "0x")):
        return sign * int(digits, 0)
    if digits.startswith("0") and digits != "0":
        return sign * int(digits, 8)
    return sign * int(digits)


def _float(text: str) -> float:
    if text.endswith(".inf"):
        return float("-inf") if text.startswith("-") else float("inf")
    if text == ".nan":
        return float("nan")
    if ":" in text:
        sign = -1.0 if text.startswith("-") else 1.0
        value = 0.0
        for part in text.lstrip("+-").split(":"):
            value = value * 60 + float(part)
        return sign * value
    return float(text)


@dataclass(slots=True)
class _Open:
    """A collection whose end has not come yet."""

    start: int
    is_mapping: bool
    anchor: str | None
    tag: str | None
    children: list[Node] = field(default_factory=list)
    weight: int = 1


class _TooDeep(Exception):
    def __init__(self, offset: int) -> None:
        self.offset = offset


class _TooLarge(_TooDeep):
    pass


class _Builder:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.text = source.text
        self.roots: list[Node] = []
        self.starts: list[int] = []
        self.problems: list[TreeProblem] = []
        self.open: list[_Open] = []
        self.anchors: dict[str, tuple[Node, int]] = {}
        self.total = 0
        self.end = 0
        self.cut_short = False

    def feed(self, event: Any) -> None:
        # Start events carry the place of their anchor or tag; the end of the last token
        # is kept because an end event in block style has the place of the next token.
        if isinstance(event, ScalarEvent):
            self._add(self._scalar(event), event.anchor)
        elif isinstance(event, MappingStartEvent | SequenceStartEvent):
            if len(self.open) >= MAX_DEPTH:
                raise _TooDeep(event.start_mark.index)
            self.end = max(self.end, event.end_mark.index)
            start = self._skip_properties(event.start_mark.index, event)
            self.open.append(
                _Open(start, isinstance(event, MappingStartEvent), event.anchor, _tag(event))
            )
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            if event.end_mark.index > event.start_mark.index:
                self.end = event.end_mark.index
            self._close()
        elif isinstance(event, AliasEvent):
            self._alias(event)
        elif isinstance(event, DocumentStartEvent):
            self.anchors.clear()
            self.starts.append(event.start_mark.index)

    def close_all(self) -> None:
        """Close what a syntax error left open, so that the part before it can be used."""
        self.cut_short = True
        while self.open:
            self._close()

    def _scalar(self, event: ScalarEvent) -> Scalar:
        start = self._skip_properties(event.start_mark.index, event)
        end = max(start, event.end_mark.index)
        style = _STYLES[event.style]
        if style in (Style.LITERAL, Style.FOLDED):
            end = self._block_end(start, end, event.value)
        self.end = max(self.end, end)
        tag = _tag(event)
        value: ScalarValue = event.value
        if style is Style.PLAIN and tag is None:
            value = plain_value(event.value)
        return Scalar(Span(start, end), event.value, style, value, tag)

    def _block_end(self, start: int, mark: int, value: str) -> int:
        # libyaml's mark stands behind the line breaks and blank lines that follow.
        end = start + len(self.text[start:mark].rstrip(" \r\n\x85\u2028\u2029"))
        if value.strip(" \n\u2028\u2029"):
            # Spaces at the end of the last line are part of the value.
            while end < mark and self.text[end] == " ":
                end += 1
        return end

    def _skip_properties(self, start: int, event: Any) -> int:
        if event.anchor is None and event.tag is None:
            return start
        pattern = re.compile(rf"(?:&{re.escape(event.anchor or '')}|{_BEFORE_NODE})*")
        match = pattern.match(self.text, start, event.end_mark.index)
        return match.end() if match else start

    def _alias(self, event: AliasEvent) -> None:
        span = Span(event.start_mark.index, event.end_mark.index)
        self.end = max(self.end, span.end)
        known = self.anchors.get(event.anchor)
        if known is not None:
            node, weight = known
            self._add(node, None, weight, at=span.start)
            return
        inside = any(item.anchor == event.anchor for item in self.open)
        kind = "recursive-alias" if inside else "syntax-error"
        why = "stands inside the node it names" if inside else "has no anchor before it"
        self.problems.append(TreeProblem(kind, span, f"alias `*{event.anchor}` {why}"))
        self._add(Scalar(span, self.source.at(span), Style.PLAIN, None), None)

    def _add(self, node: Node, anchor: str | None, weight: int = 1, at: int | None = None) -> None:
        self.total += weight
        if self.total > MAX_NODES and not self.cut_short:
            raise _TooLarge(node.span.start if at is None else at)
        if anchor is not None:
            self.anchors[anchor] = (node, weight)
        if self.open:
            self.open[-1].children.append(node)
            self.open[-1].weight += weight
        else:
            self.roots.append(node)

    def _close(self) -> None:
        done = self.open.pop()
        span = Span(done.start, max(done.start, self.end))
        node: Node
        if done.is_mapping:
            node = Mapping(span, self._entries(done.children), done.tag)
        else:
            node = Sequence(span, tuple(done.children), done.tag)
        # The children were counted when they were added.
        self.total -= done.weight - 1
        self._add(node, done.anchor, done.weight)

    def _entries(self, children: list[Node]) -> tuple[Entry, ...]:
        entries: list[Entry] = []
        merged: list[Entry] = []
        for key, value in zip(children[::2], children[1::2], strict=False):
            if not isinstance(key, Scalar):
                written = self.source.at(key.span)
                key = Scalar(key.span, written, Style.PLAIN, written)
            if key.text == "<<" and key.style is Style.PLAIN:
                merged.extend(_merge(value))
                continue
            entries.append(Entry(key, value))
        if len(children) % 2 and isinstance(children[-1], Scalar):
            key = children[-1]
            nothing = Span(key.span.end, key.span.end)
            entries.append(Entry(key, Scalar(nothing, "", Style.PLAIN, None)))
        own = {entry.key.text for entry in entries}
        inherited: dict[str, Entry] = {}
        for entry in merged:
            if entry.key.text not in own:
                inherited.setdefault(entry.key.text, entry)
        return (*inherited.values(), *entries)


def _merge(value: Node) -> list[Entry]:
    """The entries that a merge key (`<<`, YAML 1.1) brings in; the first mapping wins."""
    match value:
        case Mapping():
            return list(value.entries)
        case Sequence():
            found: list[Entry] = []
            for item in value.items:
                found.extend(item.entries if isinstance(item, Mapping) else ())
            return found
    return []


def _tag(event: Any) -> str | None:
    tag = event.tag
    return None if tag is None or tag == "!" else str(tag)


def parse_yaml(source: Source) -> Tree:
    """Read YAML; never raises: what is wrong stands in `Tree.problems`."""
    builder, problem = _build(source, pure=False)
    if problem is not None and problem.message == FLOW_COLON:
        # The libyaml that ruamel.yaml ships refuses `{action: aws:runShellScript}`, which
        # YAML allows (a colon inside a plain scalar of a flow collection); the slower
        # reader in Python takes it.
        builder, problem = _build(source, pure=True)
    problems = list(builder.problems)
    if problem is not None:
        builder.close_all()
        problems.append(problem)
    if len(builder.roots) > 1:
        problems.append(_several(builder))
    return Tree(source, "yaml", tuple(builder.roots), tuple(problems), problem is not None)


def _build(source: Source, pure: bool) -> tuple[_Builder, TreeProblem | None]:
    builder = _Builder(source)
    try:
        for event in YAML(typ="safe", pure=pure).parse(source.text):
            builder.feed(event)
    except _TooLarge as error:
        message = f"more than {MAX_NODES:,} nodes once aliases are expanded"
        return builder, at(source, "too-large", error.offset, message)
    except _TooDeep as error:
        message = f"nested deeper than {MAX_DEPTH} levels"
        return builder, at(source, "too-deep", error.offset, message)
    except ReaderError as error:
        return builder, reader_problem(source, error)
    except MarkedYAMLError as error:
        return builder, marked_problem(source, error)
    except (OverflowError, ValueError):
        # The reader in Python gives an escape beyond U+10FFFF to `chr`.
        escape = re.compile(r"\\U(?!000|0010)").search(source.text, builder.end)
        offset = builder.end if escape is None else escape.start()
        return builder, at(source, "syntax-error", offset, "no character has this escape's number")
    return builder, None


def _several(builder: _Builder) -> TreeProblem:
    source, (first, second) = builder.source, builder.starts[:2]
    return TreeProblem(
        "several-documents",
        Span(second, min(second + 3, len(source.text))),
        "a second YAML document starts here; an SSM document or policy is one document",
        ((Span(first, first + 1), "the first document starts here"),),
    )
