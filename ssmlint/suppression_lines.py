r"""The texts that suppressions are comments of, and the lines by which these reach a place.

Lines are those of the file for comments of YAML, and those of the script for comments of
the shell: the items of `runCommand` are lines there, and so is what stands between two
`\n` of a JSON string.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Union

from ssmlint.directives import MARK
from ssmlint.embedded import Language, Script
from ssmlint.records import dataclass
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.source import LineIndex, Span
from ssmlint.tree import Mapping, Node, Scalar, Style, Tree, walk

if TYPE_CHECKING:
    from ssmlint.powershell.reader import Reader
    from ssmlint.python.quoting import Quotes

_COMMENT_LINE = re.compile(r"[ \t]*#")
_COMMENT = re.compile(rf"(?:(?<=[ \t\r\n])|\A)#[ \t]*{MARK}[^\r\n]*")
_BLOCKS = (Style.LITERAL, Style.FOLDED)

#: Keys of texts in other languages whose comments begin with `#`, too (PowerShell, Python).
_SCRIPT_KEYS = frozenset({"runCommand", "Script", "commands", "Commands"})


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines (from 0) by which a comment may speak of a place."""

    first: int
    own: int
    last: int


class _Lined:
    """A text with its lines."""

    def __init__(self, text: str) -> None:
        self.text = text

    @functools.cached_property
    def lines(self) -> LineIndex:
        """The lines of the text."""
        return LineIndex(self.text)

    def is_comment_line(self, line: int) -> bool:
        """Whether nothing but a comment stands on a line."""
        span = self.lines.line_span(line)
        return _COMMENT_LINE.match(self.text, span.start, span.end) is not None

    @functools.cached_property
    def next_lines(self) -> list[int]:
        """For each line the first one behind it that is no comment, or the end."""
        found: list[int] = []
        following = len(self.lines)
        for line in range(len(self.lines) - 1, -1, -1):
            found.append(following)
            if not self.is_comment_line(line):
                following = line
        return found[::-1]


class FileText(_Lined):
    """The file itself: for comments of YAML."""

    def __init__(self, tree: Tree, scripts: Iterable[Script]) -> None:
        super().__init__(tree.source.text)
        self.source = tree.source
        self._tree = tree
        self._shell = {id(piece.scalar) for script in scripts for piece in script.pieces}

    def place(self, start: int, end: int) -> Span:
        """A stretch of the text as a span of the file."""
        return Span(start, end)

    def lines_around(self, offset: int) -> Lines:
        """The lines by which a comment may speak of what begins at an offset of the file."""
        own = self.lines.line_of(offset)
        scalar = self._scalar_at(offset)
        if scalar is None or (id(scalar) in self._shell and scalar.style in _BLOCKS):
            return Lines(own, own, own)
        first = self.lines.line_of(scalar.span.start)
        return Lines(first, own, self.lines.line_of(scalar.span.end - 1))

    def comments(self) -> Iterator[Span]:
        """The comments that may hold a directive; of a broken file, what looks like one."""
        if self._tree.format == "json" and not self._tree.broken:
            return
        for match in _COMMENT.finditer(self.text):
            if self._tree.broken or self._is_comment(match.start()):
                yield Span(*match.span())

    def is_header(self, offset: int) -> bool:
        """Whether an offset stands in the first line of a block scalar: `| # comment`."""
        scalar = self._scalar_at(offset)
        if scalar is None or scalar.style not in _BLOCKS:
            return False
        return self.lines.line_of(offset) == self.lines.line_of(scalar.span.start)

    def is_joined(self, line: int) -> bool:
        """Whether a backslash joins a line with the next one: never, here."""
        return False

    def _is_comment(self, offset: int) -> bool:
        scalar = self._scalar_at(offset)
        if scalar is None or self.is_header(offset):
            return True
        return scalar.style in _BLOCKS and id(scalar) in self._programs

    def _scalar_at(self, offset: int) -> Scalar | None:
        at = bisect.bisect_right(self._starts, offset) - 1
        found = self._scalars[at] if at >= 0 else None
        return found if found is not None and offset in found.span else None

    @functools.cached_property
    def _scalars(self) -> list[Scalar]:
        """The scalars of the file in order; one that an alias repeats, once."""
        nodes = (node for root in self._tree.roots for node in walk(root))
        scalars = (node for node in nodes if isinstance(node, Scalar) and len(node.span))
        found = {scalar.span.start: scalar for scalar in scalars}
        return [found[start] for start in sorted(found)]

    @functools.cached_property
    def _starts(self) -> list[int]:
        return [scalar.span.start for scalar in self._scalars]

    @functools.cached_property
    def _programs(self) -> set[int]:
        """The scalars that are programs, without the parts of our scripts."""
        nodes = (node for root in self._tree.roots for node in walk(root))
        entries = (e for node in nodes if isinstance(node, Mapping) for e in node.entries)
        texts = (e.value for e in entries if e.key.text in _SCRIPT_KEYS)
        return {id(leaf) for text in texts for leaf in _leaves(text)} - self._shell


def _leaves(node: Node) -> Iterable[Node]:
    return node.items if not isinstance(node, (Scalar, Mapping)) else (node,)


class ScriptText(_Lined):
    """A script: for comments of the shell, or of what else reads `#` as the start of one."""

    def __init__(self, script: Script, shell: ShellScript | None) -> None:
        super().__init__(script.text)
        self.source = script.source
        self.script = script
        self._shell = shell

    def place(self, start: int, end: int) -> Span:
        """A stretch of the text as a span of the file."""
        return self.script.span(start, end)

    def is_header(self, offset: int) -> bool:
        """Whether an offset stands in the header of a block scalar: never, here."""
        return False

    def lines_around(self, offset: int) -> Lines | None:
        """The lines by which a comment may speak of a place; None where it is elsewhere."""
        at = self.script.index(offset)
        if at is None:
            return None
        own = self.lines.line_of(at)
        around = self._statements.at(at)
        first = own if around is None else self.lines.line_of(around.start)
        last = own if around is None else self.lines.line_of(max(at, around.end - 1))
        return Lines(self._joined[first][0], own, self._joined[last][1])

    def comments(self) -> Iterator[Span]:
        """The comments that may hold a directive."""
        if self._shell is not None:
            marked = (c for c in self._shell.syntax.comments if MARK in self.text[c.start : c.end])
            yield from marked
            return
        for match in _COMMENT.finditer(self.text):
            # One further: where a comment begins it has not begun yet.
            if self._is_in_comment(match.start() + 1) is not False:
                yield Span(*match.span())

    def takes_comment(self, offset: int) -> bool:
        """Whether a comment can begin at an offset of the script, and not a part of a string."""
        if self._shell is not None:
            from ssmlint.shell.syntax import Quoting

            quoting = self._shell.syntax.quoting_at(offset)
            return quoting in (Quoting.BARE, Quoting.COMMENT)
        return self._is_in_comment(offset, or_code=True) is True

    def _is_in_comment(self, offset: int, *, or_code: bool = False) -> bool | None:
        """Whether an offset stands in a comment (or in code); None where that is not known."""
        if self.script.language is Language.PYTHON:
            from ssmlint.python.quoting import CODE, COMMENT

            quotes = self._quotes.at(offset)
            return (
                None if quotes is None else quotes in ((COMMENT, CODE) if or_code else (COMMENT,))
            )
        if self.script.language is Language.POWERSHELL:
            from ssmlint.powershell.tokens import Quoting as Quoted

            reader = self._powershell
            kinds = (Quoted.COMMENT, Quoted.BARE) if or_code else (Quoted.COMMENT,)
            return None if reader.is_doubtful else reader.quoting_at(offset) in kinds
        return None

    @functools.cached_property
    def _quotes(self) -> Quotes:
        from ssmlint.python.quoting import Quotes

        return Quotes(self.script.masked)

    @functools.cached_property
    def _powershell(self) -> Reader:
        from ssmlint.powershell.reader import Reader

        return Reader(self.script.masked)

    def is_joined(self, line: int) -> bool:
        """Whether a backslash joins a line with the next one."""
        return self._joined[line][1] > line

    @functools.cached_property
    def _joined(self) -> list[tuple[int, int]]:
        """For each line the first and the last of those that backslashes join it with."""
        found: list[tuple[int, int]] = []
        first = 0
        for line in range(len(self.lines)):
            if line + 1 == len(self.lines) or not self._is_continued(line):
                found.extend([(first, line)] * (line + 1 - first))
                first = line + 1
        return found

    def _is_continued(self, line: int) -> bool:
        span = self.lines.line_span(line)
        text = self.text[span.start : span.end]
        mark = "`" if self.script.language is Language.POWERSHELL else "\\"
        odd = (len(text) - len(text.rstrip(mark))) % 2 == 1
        return odd and not self.is_comment_line(line)

    @functools.cached_property
    def _statements(self) -> _Nest:
        """The simple commands, here-documents included."""
        if self._shell is None:
            return _Nest(())
        from ssmlint.shell.statements import Command, Declaration

        index = self._shell.index
        return _Nest(_whole(node) for kind in (Command, Declaration) for node in index.of(kind))


def _whole(node: Any) -> Span:
    ends = [r.target.span.end for r in node.redirects if r.target is not None]
    return Span(node.span.start, max([node.span.end, *ends]))


class _Nest:
    """Spans inside of spans, for the question which is the smallest around an offset."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans, key=lambda span: (span.start, -span.end))
        self._starts = [span.start for span in self._spans]
        self._outer: list[int] = []
        around: list[int] = []
        for number, span in enumerate(self._spans):
            while around and self._spans[around[-1]].end < span.end:
                around.pop()
            self._outer.append(around[-1] if around else -1)
            around.append(number)

    def at(self, offset: int) -> Span | None:
        number = bisect.bisect_right(self._starts, offset) - 1
        while number >= 0 and offset not in self._spans[number]:
            number = self._outer[number]
        return self._spans[number] if number >= 0 else None


#: A text that holds suppressions.
Text = Union[FileText, ScriptText]
