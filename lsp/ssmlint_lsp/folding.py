"""What can be folded away: collections and texts of the file, and what a script is made of."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from ssmlint.engine import Facts
from ssmlint.powershell.scriptfacts import PowerShellScript
from ssmlint.python.scriptfacts import PythonScript
from ssmlint.records import dataclass
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import (
    ArithmeticFor,
    ArrayValue,
    Branch,
    Case,
    CaseItem,
    Command,
    For,
    Function,
    Group,
    If,
    Redirect,
    Subshell,
    Substitution,
    While,
)
from ssmlint.source import LineIndex, Span
from ssmlint.tree import Mapping, Node, Scalar, Sequence, Style
from ssmlint_lsp.blocks import powershell_blocks, python_blocks

#: Parts of a script that begin on one line and end on another.
_FOLDED = (
    ArithmeticFor,
    ArrayValue,
    Branch,
    Case,
    CaseItem,
    Command,
    For,
    Function,
    Group,
    If,
    Subshell,
    Substitution,
    While,
)


@dataclass(frozen=True, slots=True, order=True)
class Fold:
    """Lines (from 0) that can be folded away below the first of them."""

    first: int
    last: int
    is_comment: bool = False


def folds(facts: Facts) -> tuple[Fold, ...]:
    """The folds of a file, in order; of those that begin on one line, the longest."""
    lines = facts.file.source.lines
    found: dict[int, Fold] = {}
    for fold in (*_of_trees(facts, lines), *_of_scripts(facts, lines), *_of_comments(facts)):
        known = found.get(fold.first)
        if fold.last > fold.first and (known is None or known.last < fold.last):
            found[fold.first] = fold
    return tuple(sorted(found.values()))


def _of_trees(facts: Facts, lines: LineIndex) -> Iterator[Fold]:
    for root in facts.file.tree.roots:
        stack: list[tuple[Node, int]] = [(root, -1)]
        while stack:
            node, first = stack.pop()
            if node is not root:  # nobody folds all of the file
                yield from _of_node(facts, lines, node, first)
            match node:
                case Sequence():
                    stack += [(item, -1) for item in node.items]
                case Mapping():
                    starts = ((e, lines.line_of(e.key.span.start)) for e in node.entries)
                    stack += [(entry.value, line) for entry, line in starts]


def _of_node(facts: Facts, lines: LineIndex, node: Node, first: int) -> Iterator[Fold]:
    """The fold of a node; the value of a key folds below the key's line."""
    start = first if first >= 0 else lines.line_of(node.span.start)
    last = lines.line_of(max(node.span.start, node.span.end - 1))
    if isinstance(node, Scalar) and node.style not in (Style.LITERAL, Style.FOLDED):
        # What is quoted and runs over lines folds like a block.
        yield Fold(start, last)
        return
    # The line that closes a bracket stays in sight.
    is_flow = facts.file.source.text[node.span.start : node.span.start + 1] in ("[", "{")
    yield Fold(start, last - 1 if is_flow and not isinstance(node, Scalar) else last)


def _of_scripts(facts: Facts, lines: LineIndex) -> Iterator[Fold]:
    for shell in facts.of(ShellScript):
        for node in shell.index.nodes:
            if isinstance(node, _FOLDED):
                yield _lines_of(shell, lines, node.span, closes=not isinstance(node, Command))
            elif isinstance(node, Redirect) and node.operator in ("<<", "<<-") and node.target:
                # The line with the delimiter stays in sight, as `fi` and `done` do.
                start = lines.line_of(shell.place(node.span).start)
                body = _lines_of(shell, lines, node.target.span, closes=False)
                yield Fold(start, body.last)
    for python in facts.of(PythonScript):
        for block in python_blocks(python):
            yield _lines_of(python, lines, block.span, block.closes)
    for powershell in facts.of(PowerShellScript):
        for block in powershell_blocks(powershell):
            yield _lines_of(powershell, lines, block.span, block.closes)


def _lines_of(
    script: ShellScript | PythonScript | PowerShellScript,
    lines: LineIndex,
    span: Span,
    closes: bool,
) -> Fold:
    """The lines of a part of a script, without the one that closes it."""
    placed = script.place(span)
    first, last = lines.line_of(placed.start), lines.line_of(max(placed.start, placed.end - 1))
    return Fold(first, last - 1 if closes and last > first else last)


def _of_comments(facts: Facts) -> Iterator[Fold]:
    """Comments on neighbouring lines, those of YAML and those of scripts."""
    lines = facts.file.source.lines
    text = facts.file.source.text
    if facts.file.tree.format != "yaml":
        return
    commented = []
    for number in range(len(lines)):
        span = lines.line_span(number)
        if text[span.start : span.end].lstrip().startswith("#"):
            commented.append(number)
    for first, last in _runs(commented):
        yield Fold(first, last, is_comment=True)


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    for _, run in itertools.groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        members = [number for _, number in run]
        yield members[0], members[-1]
