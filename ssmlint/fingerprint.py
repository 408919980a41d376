"""Fingerprints: which findings of two runs are the same, however the file was edited.

A finding is known by four things, and lines and columns are none of them:

* the id of its rule;
* its place in the structure: the keys that lead to it from the root of the file, where an
  item of a list goes by its `name` (`Name`, `Key`, `id`) and never by its index; in a
  script also the functions around it;
* the text at its span, the first line of it that is not blank, with every run of white
  space as one space (where the span is empty or blank: the line that it stands in);
* which one it is, in the order of the file, of those that agree in all of this.

So a finding keeps its fingerprint when lines come or go above it, when steps change their
order, when a script is indented anew or the rest of its line changes, and when messages are
reworded in a new version.  It gets another one when its own text changes, when it moves
into another function or step, or when the step gets another name.  The path of the file is
left out: who compares findings of several files adds it.
"""

from __future__ import annotations

import bisect
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ssmlint.carriers import plain
from ssmlint.files import parse
from ssmlint.model.document import SsmDocument
from ssmlint.records import dataclass
from ssmlint.rule import Finding
from ssmlint.shell.scriptfacts import shell_scripts_of
from ssmlint.source import Source, Span
from ssmlint.tree import Mapping, Node, Scalar
from ssmlint.tree import Sequence as NodeSequence

#: Part of every fingerprint.  It changes when the definition does: then every baseline
#: has to be written again.
VERSION = 1

#: Code points of a span's text (and of a key) that count.
_MOST_TEXT = 200

#: What tells the items of a list apart: steps, schedules, tags, policies' statements.
_NAMES = ("name", "Name", "Key", "id", "Id")


def fingerprints(findings: Iterable[Finding]) -> list[str]:
    """The fingerprint of each finding, in the order given: 32 hexadecimal digits, `:`, n.

    n counts, from 1, the findings of a file that agree in everything else; ask for those
    of a whole run before you leave any of them out.  Never raises.
    """
    findings = tuple(findings)
    structures: dict[Source, _Structure] = {}
    keys: list[tuple[Source, str]] = []
    for finding in findings:
        source = finding.source
        if source not in structures:
            structures[source] = _Structure(source)
        keys.append((source, _key(finding, structures[source])))
    seen: Counter[tuple[Source, str]] = Counter()
    found = [""] * len(findings)
    for index in sorted(range(len(findings)), key=lambda index: findings[index].sort_key):
        seen[keys[index]] += 1
        found[index] = f"{keys[index][1]}:{seen[keys[index]]}"
    return found


def _key(finding: Finding, structure: _Structure) -> str:
    place = structure.place(finding.span.start)
    parts = [VERSION, finding.rule.id, *place, text_at(finding.source, finding.span)]
    data = json.dumps(parts, ensure_ascii=True).encode()
    return hashlib.sha256(data).hexdigest()[:32]


def text_at(source: Source, span: Span) -> str:
    """The text of a span as a fingerprint sees it."""
    text = source.text[span.start : min(span.end, span.start + 10 * _MOST_TEXT)]
    line = next((line for line in text.splitlines() if line.strip()), None)
    if line is None:
        around = source.lines.line_span(source.lines.line_of(span.start))
        start = max(around.start, span.start - _MOST_TEXT)
        line = source.text[start : min(around.end, span.start + _MOST_TEXT)]
    return " ".join(line.split())[:_MOST_TEXT]


class _Structure:
    """What stands around the places of one file."""

    def __init__(self, source: Source) -> None:
        tree = parse(source)
        nodes = [named for root in tree.roots for named in _named_nodes(root)]
        documents = () if tree.broken else plain.documents(tree)
        functions = [named for document in documents for named in _functions(document)]
        self._nodes, self._functions = _Nest(nodes), _Nest(functions)

    def place(self, offset: int) -> tuple[list[str], list[str]]:
        """The keys that lead to an offset, and the functions around it; outer ones first."""
        return self._nodes.around(offset), self._functions.around(offset)


@dataclass(frozen=True, slots=True)
class _Named:
    """A span with a name of its own."""

    span: Span
    name: str


class _Nest:
    """Spans inside of spans, for the question which of them hold an offset."""

    def __init__(self, items: Iterable[_Named]) -> None:
        self._items = sorted(items, key=lambda item: (item.span.start, -item.span.end))
        self._starts = [item.span.start for item in self._items]
        self._parents = list(_parents(self._items))

    def around(self, offset: int) -> list[str]:
        """The names of the spans that hold an offset, outermost first."""
        names: list[str] = []
        at: int | None = bisect.bisect_right(self._starts, offset) - 1
        while at is not None and at >= 0:
            item = self._items[at]
            if offset < item.span.end or offset == item.span.start:
                names.append(item.name)
            at = self._parents[at]
        return names[::-1]


def _parents(items: Sequence[_Named]) -> Iterator[int | None]:
    """For each of some spans in order the index of the smallest one that covers it."""
    open_: list[int] = []
    for index, item in enumerate(items):
        while open_ and not items[open_[-1]].span.covers(item.span):
            open_.pop()
        yield open_[-1] if open_ else None
        open_.append(index)


def _named_nodes(root: Node) -> Iterator[_Named]:
    """The entries and items below a node; what an alias stands for only where it is written."""
    stack: list[Node] = [root]
    while stack:
        node = stack.pop()
        match node:
            case Mapping():
                below = [(e.span, e.key.text, e.value) for e in node.entries]
            case NodeSequence():
                below = [(item.span, _name_of(item), item) for item in node.items]
            case _:
                below = []
        for span, name, value in below:
            if node.span.covers(span):
                yield _Named(span, name[:_MOST_TEXT])
                stack.append(value)


def _name_of(item: Node) -> str:
    if isinstance(item, Mapping):
        for key in _NAMES:
            name = item.get(key)
            if isinstance(name, Scalar):
                return f"[{name.text}]"
    return "[]"


def _functions(document: SsmDocument) -> Iterator[_Named]:
    # Not at the top: a run that asks for no fingerprint need not load it.
    from ssmlint.shell.statements import Function

    for script in shell_scripts_of(document):
        for function in script.index.of(Function):
            yield _Named(script.place(function.span), function.name)
