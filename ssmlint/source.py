"""Text as it was read, and places in it.

Everything inside ssmlint speaks in *spans*: half-open ranges of code-point offsets into
`Source.text`.  Lines and columns exist only where a person or a protocol needs them, and
are made from a span by `LineIndex`, in the unit the reader asks for.
"""

from __future__ import annotations

import bisect
import codecs
import functools
import itertools
import re
from dataclasses import field

from ssmlint.records import dataclass

_LINE_BREAK = re.compile(r"\r\n|\r|\n")

#: Byte-order marks, longest first: the UTF-32-LE mark begins with the UTF-16-LE one.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range `[start, end)` of code-point offsets into one `Source.text`."""

    start: int
    end: int

    def __hash__(self) -> int:
        # Places are parts of many keys; this takes half the time of a tuple's.
        return self.start * 1_000_003 ^ self.end

    def __contains__(self, offset: int) -> bool:
        return self.start <= offset < self.end

    def __len__(self) -> int:
        return self.end - self.start

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A line and a column, both counted from 0; the unit of the column is the maker's."""

    line: int
    column: int


class LineIndex:
    """Turns code-point offsets into lines and columns, and back.

    Lines end at LF, CR LF or a lone CR, as in the Language Server Protocol.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(match.end() for match in _LINE_BREAK.finditer(text))]

    def __len__(self) -> int:
        return len(self._starts)

    def line_of(self, offset: int) -> int:
        """The number (from 0) of the line that holds `offset`."""
        return bisect.bisect_right(self._starts, offset) - 1

    def start_of(self, line: int) -> int:
        """The offset at which a line (from 0) begins."""
        return self._starts[line]

    def line_span(self, line: int) -> Span:
        """The span of a line (from 0) without its line break."""
        start = self._starts[line]
        last = line + 1 >= len(self._starts)
        end = len(self._text) if last else self._starts[line + 1]
        while not last and end > start and self._text[end - 1] in "\r\n":
            end -= 1
        return Span(start, end)

    def position(self, offset: int) -> Position:
        """Line and column from 0, the column in code points."""
        line = self.line_of(offset)
        return Position(line, offset - self._starts[line])

    def position_in(self, offset: int, encoding: str) -> Position:
        """Line and column from 0, the column in code units of `encoding`.

        `encoding` is one of the names the Language Server Protocol uses: `utf-8`,
        `utf-16`, `utf-32`.
        """
        line = self.line_of(offset)
        return Position(line, _units(self._text[self._starts[line] : offset], encoding))

    def offset(self, position: Position, encoding: str = "utf-32") -> int:
        """The code-point offset of a position; past the end of a line means its end."""
        if position.line < 0:
            return 0
        if position.line >= len(self._starts):
            return len(self._text)
        span = self.line_span(position.line)
        line = self._text[span.start : span.end]
        if encoding == "utf-32" or line.isascii():
            return span.start + min(max(position.column, 0), len(line))
        units = 0
        for index, char in enumerate(line):
            if units >= position.column:
                return span.start + index
            units += _units(char, encoding)
        return span.end


def _units(text: str, encoding: str) -> int:
    if encoding == "utf-32" or text.isascii():
        return len(text)
    if encoding == "utf-16":
        return len(text) + sum(1 for char in text if char > "\uffff")
    return len(text.encode("utf-8", "surrogatepass"))


class Utf8Offsets:
    """Translates the byte offsets of a UTF-8 parser (tree-sitter) into code points."""

    def __init__(self, text: str) -> None:
        self.data = text.encode("utf-8", "surrogatepass")
        self._bytes: list[int] | None = None
        if not text.isascii():
            sizes = (len(char.encode("utf-8", "surrogatepass")) for char in text)
            self._bytes = list(itertools.accumulate(sizes, initial=0))

    def at(self, byte: int) -> int:
        """The code-point offset of a byte offset."""
        if self._bytes is None:
            return byte
        return bisect.bisect_right(self._bytes, byte) - 1


@dataclass(frozen=True, slots=True)
class EncodingProblem:
    """Bytes that could not be read as text: where they stand, and what was wrong."""

    offset: int
    """Code-point offset of the first bad place in the text that was read all the same."""
    message: str


@dataclass(frozen=True, eq=False)
class Source:
    """One file (or editor buffer, or standard input) as text.

    `text` never begins with a byte-order mark, so offset 0 is the first character that a
    parser sees; `had_bom` remembers it for writing the file back.
    """

    path: str
    text: str
    encoding: str = "utf-8"
    had_bom: bool = False
    encoding_problem: EncodingProblem | None = field(default=None)

    @functools.cached_property
    def lines(self) -> LineIndex:
        """The index of the text's lines, built when it is first asked for."""
        return LineIndex(self.text)

    @functools.cached_property
    def digest(self) -> str:
        """A fingerprint of the text (for caches and baselines, not for secrecy)."""
        # Not at the top: not every run asks for it.
        import hashlib

        data = self.text.encode("utf-8", "surrogatepass")
        return hashlib.sha256(data).hexdigest()

    def at(self, span: Span) -> str:
        """The text that stands at `span`."""
        return self.text[span.start : span.end]

    def line_break_at(self, offset: int) -> str:
        """How lines end around a place: LF, CR LF or CR; LF where there is only one line."""
        match = _LINE_BREAK.search(self.text, offset)
        if match is not None:
            return match.group()
        last = max(self.text.rfind("\n"), self.text.rfind("\r"))
        return (
            "\r\n"
            if self.text[last - 1 : last + 1] == "\r\n"
            else self.text[last : last + 1] or "\n"
        )

    def to_bytes(self, text: str) -> bytes:
        """Encode `text` as this source was encoded, byte-order mark included."""
        data = text.encode(self.encoding)
        if not self.had_bom:
            return data
        mark = next(mark for mark, name in _BYTE_ORDER_MARKS if name == self.encoding)
        return mark + data


def decode(data: bytes, path: str) -> Source:
    """Read bytes as text: UTF-8, or what a byte-order mark or the pattern of NULs says.

    Bytes that are no valid text do not raise: they are read as Latin-1, so that the
    structure of the file can still be looked at, and `Source.encoding_problem` says where
    the first of them stands.
    """
    encoding, mark = _detect(data)
    body = data[len(mark) :]
    try:
        return Source(path, body.decode(encoding), encoding, bool(mark))
    except UnicodeDecodeError as error:
        text = body.decode("latin-1")
        bad = body[error.start]
        problem = EncodingProblem(
            error.start, f"byte 0x{bad:02x} is not valid {encoding.upper()} ({error.reason})"
        )
        return Source(path, text, "latin-1", False, problem)


def _detect(data: bytes) -> tuple[str, bytes]:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return encoding, mark
    head = data[:4]
    if len(head) >= 2 and head[0] == 0 and head[1] != 0:
        return "utf-16-be", b""
    if len(head) >= 4 and head[0] != 0 and head[1] == 0 and head[2:4] != b"\0\0":
        return "utf-16-le", b""
    return "utf-8", b""
