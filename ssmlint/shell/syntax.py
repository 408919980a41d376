"""Reads a bash script: its statements, where bash objects to it, how each place is quoted.

The reader is our own, written after the grammar in the bash manual.  tree-sitter-bash and
bashlex, which the tests compare it with, each misread or refuse correct scripts
(`tests/ssmlint/shell/`), and a linter that calls a correct script wrong is not believed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ssmlint.embedded import PlaceholderSpan
from ssmlint.records import dataclass
from ssmlint.shell.parser.arithmetic import read_arithmetic
from ssmlint.shell.parser.cursor import (
    FILLER,
    MASK,
    Cursor,
    Quoting,
    SyntaxProblem,
)
from ssmlint.shell.parser.earlier import Earlier, Reading
from ssmlint.shell.parser.grammar import read_block, read_script
from ssmlint.shell.parser.heredoc import read_body
from ssmlint.shell.parser.hints import located
from ssmlint.shell.parser.parameters import read_braces
from ssmlint.shell.statements import Block, Statement, Unknown, children
from ssmlint.source import Span

__all__ = ["PlaceholderSpan", "Quoting", "ShellSyntax", "SyntaxProblem", "parse"]

_RESERVED = re.compile(f"[{MASK}{FILLER}]")
#: Nodes inside nodes that those who walk the tree by recursion must expect.
MAX_HEIGHT = 200
#: Constructs or chain links of which a tree of `MAX_HEIGHT` can not consist of fewer.
_SUSPICIOUS_DEPTH = 12
_EXTGLOB = re.compile(r"\bshopt\b[^\n]*\bextglob\b")


@dataclass(frozen=True, slots=True)
class ShellSyntax:
    """What was read.  All spans are code-point offsets into the script's text."""

    block: Block
    errors: tuple[SyntaxProblem, ...]
    """Where bash refuses the script; the first is why, the others may follow from it."""
    warnings: tuple[SyntaxProblem, ...]
    """Here-documents that never end: bash warns, and takes the rest of the script."""
    comments: tuple[Span, ...]
    regions: tuple[tuple[int, int, Quoting], ...]
    """Start, end and quoting of every stretch that is not bare, inner ones after or
    before outer ones."""

    def quoting_at(self, offset: int) -> Quoting:
        """How the character at `offset` is quoted; a quotation mark itself is outside."""
        size = None
        found = Quoting.BARE
        for start, end, quoting in self.regions:
            if start <= offset < end and (size is None or end - start < size):
                size, found = end - start, quoting
        return found


def parse(text: str, placeholders: Sequence[PlaceholderSpan] = ()) -> ShellSyntax:
    """Reads a script; never raises.  `placeholders` are read as parts of words."""
    return read(text, placeholders)[0]


def read(
    text: str, placeholders: Sequence[PlaceholderSpan], before: Reading | None = None
) -> tuple[ShellSyntax, Reading | None]:
    """Reads a script, of which an earlier text may have been read `before`; never raises.

    Also gives what serves to read a later text; None of a script with errors.
    """
    ordered = _ordered(placeholders, len(text))
    masked = _mask(text, ordered)
    cursor = Cursor(
        text=masked,
        original=text,
        end=len(text),
        placeholders=ordered,
        block=read_block,
        arithmetic=read_arithmetic,
        braces=read_braces,
        heredoc=read_body,
        extglob="extglob" in text and _EXTGLOB.search(text) is not None,
    )
    block = read_script(cursor, Earlier(before, text, ordered) if before is not None else None)
    reading = None
    if cursor.is_clean and cursor.deepest <= _SUSPICIOUS_DEPTH:
        read_so = tuple(cursor.marks), tuple(cursor.comments), tuple(cursor.regions)
        reading = Reading(text, tuple(ordered), block, cursor.extglob, *read_so)
    if cursor.deepest > _SUSPICIOUS_DEPTH:
        block = tuple(_bounded(statement) for statement in block)
    comments = tuple(dict.fromkeys(cursor.comments))
    regions = [*cursor.regions, *((span.start, span.end, Quoting.COMMENT) for span in comments)]
    warnings = tuple(cursor.warnings)
    syntax = ShellSyntax(block, located(cursor), warnings, comments, tuple(regions))
    return syntax, reading


def _bounded(statement: Statement) -> Statement:
    """The statement, or `Unknown` where its tree is higher than `MAX_HEIGHT`."""
    level: list[Any] = [statement]
    for _ in range(MAX_HEIGHT):
        level = [below for node in level for below in children(node)]
        if not level:
            return statement
    return Unknown(statement.span, "nested too deeply")


def _ordered(placeholders: Sequence[PlaceholderSpan], length: int) -> list[PlaceholderSpan]:
    """The placeholders from left to right, without empty and overlapping ones."""
    found: list[PlaceholderSpan] = []
    behind = 0
    for placeholder in sorted(placeholders, key=lambda item: (item.start, item.end)):
        if behind <= placeholder.start < placeholder.end <= length:
            found.append(placeholder)
            behind = placeholder.end
    return found


def _mask(text: str, placeholders: Sequence[PlaceholderSpan]) -> str:
    masked = _RESERVED.sub("\ufffd", text)
    if not placeholders:
        return masked
    pieces: list[str] = []
    at = 0
    for placeholder in placeholders:
        pieces.append(masked[at : placeholder.start])
        pieces.append(MASK * (placeholder.end - placeholder.start))
        at = placeholder.end
    pieces.append(masked[at:])
    return "".join(pieces)
