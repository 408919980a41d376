"""From a character of a scalar's text back to the characters of the file it came from.

A scalar is cut into *pieces*.  Most are straight runs, where text and file agree character
by character; the others are single characters that are written with several (an escape,
`''`, a CR LF, the line break that folds into a space).  What stands between two pieces
(indentation, the white space around a fold, an escaped line break) means nothing.

The walks below follow libyaml's scanner (`yaml_parser_scan_block_scalar`,
`..._scan_flow_scalar`, `..._scan_plain_scalar` in its `scanner.c`) and, for JSON, the
`json` module.  A walk proves itself: where what it decodes is not the scalar's text, the
map says so (`SourceMap.exact`) and gives the whole scalar.
"""

from __future__ import annotations

import bisect
import functools
import itertools
import re
import sys
import weakref
from collections.abc import Iterable, Iterator

from ssmlint.records import dataclass
from ssmlint.source import Source, Span
from ssmlint.tree import Scalar, Style

#: Where a piece begins and ends in the file, and the text it stands for.  Either it is
#: straight (as long in the file as in the text) or the text is one character.
_Piece = tuple[int, int, str]

# libyaml keeps to YAML 1.1: U+0085, U+2028 and U+2029 break lines too, and the latter two
# stay themselves where the other breaks become LF.
_BREAKS = "\r\n\x85\u2028\u2029"
_KEPT_BREAKS = "\u2028\u2029"
_BREAK = rf"(?:\r\n|[{_BREAKS}])"
_FOLD = rf"(?P<fold>{_BREAK}[ \t{_BREAKS}]*)"

_ONE_BREAK = re.compile(_BREAK)
_LINE = re.compile(rf"([^{_BREAKS}]*)({_BREAK}|\Z)")
_HEADER = re.compile(rf"[|>][^{_BREAKS}]*(?:{_BREAK}|\Z)")

_PLAIN = re.compile(_FOLD)
_SINGLE = re.compile(rf"''|{_FOLD}")
_DOUBLE = re.compile(
    rf"\\(?P<joined>{_BREAK}[ \t{_BREAKS}]*)"
    r"|\\x[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}|\\."
    rf"|{_FOLD}"
)
_JSON = re.compile(
    r"\\u[dD][89abAB][0-9A-Fa-f]{2}\\u[dD][c-fC-F][0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\."
)

#: The escapes of one letter: YAML 1.1 section 5.6, and `\/` from JSON.
_ESCAPES = {
    "0": "\0",
    "a": "\a",
    "b": "\b",
    "t": "\t",
    "\t": "\t",
    "n": "\n",
    "v": "\v",
    "f": "\f",
    "r": "\r",
    "e": "\x1b",
    " ": " ",
    '"': '"',
    "/": "/",
    "\\": "\\",
    "N": "\x85",
    "_": "\xa0",
    "L": "\u2028",
    "P": "\u2029",
}


@dataclass(frozen=True, slots=True)
class _Layout:
    """The pieces as columns, for bisection; straight neighbours are one row.

    Within a row the characters follow each other in file and text alike; only the last
    one may be written with several characters, and reaches to the row's end.
    """

    content: int
    """Offset in the file where the content may begin: behind the quote or the header."""
    texts: list[int]
    """Offsets into the text where the rows begin."""
    starts: list[int]
    ends: list[int]


class SourceMap:
    """Where each character of one scalar's text stands in the file, and back.

    Every offset and index counts code points; one that is out of range counts as the
    nearest end of the text.  Nothing raises.  The map is built when it is first asked.
    """

    def __init__(self, file_text: str, scalar: Scalar) -> None:
        self._file_text = file_text
        self._scalar = scalar

    @functools.cached_property
    def _layout(self) -> _Layout | None:
        return _follow(self._file_text, self._scalar)

    @property
    def exact(self) -> bool:
        """Whether the written form could be followed; if not, all maps to the whole scalar."""
        return self._layout is not None

    def offset(self, index: int) -> int:
        """Where in the file the character at `index` begins.

        For an index of `len(text)` that is the end of the last character.
        """
        layout, size = self._layout, len(self._scalar.text)
        if layout is None:
            return self._scalar.span.end if index >= size else self._scalar.span.start
        if size == 0:
            return layout.content
        if index >= size:
            return layout.ends[-1]
        row = bisect.bisect_right(layout.texts, max(index, 0)) - 1
        return layout.starts[row] + max(index, 0) - layout.texts[row]

    def span(self, start: int, end: int) -> Span:
        """The smallest span of the file that covers `text[start:end]`.

        An empty range gives an empty span at `offset(start)`.
        """
        layout = self._layout
        if layout is None:
            return self._scalar.span
        first = self.offset(start)
        end = min(end, len(self._scalar.text))
        if end <= start or end <= 0:
            return Span(first, first)
        row = bisect.bisect_right(layout.texts, end - 1) - 1
        if end == self._row_end(layout, row):
            return Span(first, layout.ends[row])
        return Span(first, layout.starts[row] + end - layout.texts[row])

    def index(self, offset: int) -> int | None:
        """The index of the character that is written at `offset` of the file.

        Any offset inside an escape gives the character it stands for; one in the
        indentation or elsewhere between two characters gives the one that follows.  None
        outside the content, and in a map that is not exact.
        """
        layout = self._layout
        if layout is None or not layout.texts or offset < layout.content:
            return None
        row = bisect.bisect_right(layout.starts, offset) - 1
        if row < 0:
            return 0
        following = self._row_end(layout, row)
        if offset < layout.ends[row]:
            return min(layout.texts[row] + offset - layout.starts[row], following - 1)
        return following if row + 1 < len(layout.texts) else None

    def _row_end(self, layout: _Layout, row: int) -> int:
        beyond = row + 1 == len(layout.texts)
        return len(self._scalar.text) if beyond else layout.texts[row + 1]


_MAPS: weakref.WeakKeyDictionary[Source, dict[Scalar, SourceMap]] = weakref.WeakKeyDictionary()


def source_map(source: Source, scalar: Scalar) -> SourceMap:
    """The map of a scalar that was read from `source`; the same one each time it is asked."""
    # A map knows the text of its source but not the source, which would keep it alive.
    maps = _MAPS.setdefault(source, {})
    found = maps.get(scalar)
    if found is None:
        found = maps[scalar] = SourceMap(source.text, scalar)
    return found


def _follow(file: str, scalar: Scalar) -> _Layout | None:
    content, pieces = _walk(file, scalar)
    texts: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    parts: list[str] = []
    size, room = 0, len(scalar.text)
    straight_end = -1
    for start, end, decoded in pieces:
        if size >= room:
            break
        if not decoded:
            continue
        if start == straight_end:
            ends[-1] = end
        else:
            texts.append(size)
            starts.append(start)
            ends.append(end)
        straight_end = end if end - start == len(decoded) else -1
        parts.append(decoded)
        size += len(decoded)
    return _Layout(content, texts, starts, ends) if "".join(parts) == scalar.text else None


def _walk(file: str, scalar: Scalar) -> tuple[int, Iterable[_Piece]]:
    """Where the content may begin, and the pieces from there; perhaps more than the text."""
    start, end = scalar.span.start, scalar.span.end
    if scalar.style in (Style.LITERAL, Style.FOLDED):
        return _walk_block(file, scalar)
    if file[start:end] == scalar.text:
        return start, [(start, end, scalar.text)]
    if scalar.style is Style.PLAIN:
        return start, _flow(file, start, end, _PLAIN)
    start, end = start + 1, end - 1
    if file[start:end] == scalar.text:
        return start, [(start, end, scalar.text)]
    patterns = {Style.SINGLE: _SINGLE, Style.DOUBLE: _DOUBLE, Style.JSON: _JSON}
    return start, _flow(file, start, end, patterns[scalar.style])


def _flow(file: str, start: int, end: int, special: re.Pattern[str]) -> Iterator[_Piece]:
    """The pieces of a plain or quoted scalar whose content stands at `[start, end)`."""
    at = start
    for match in special.finditer(file, start, end):
        run = file[at : match.start()]
        if match.lastgroup == "fold":
            run = run.rstrip(" \t")
        yield at, at + len(run), run
        if match.lastgroup is None:
            yield match.start(), match.end(), _unescape(match[0])
        else:
            breaks = _breaks(file, *match.span(match.lastgroup))
            yield from _folded(breaks) if match.lastgroup == "fold" else breaks[1:]
        at = match.end()
    yield at, end, file[at:end]


def _breaks(file: str, start: int, end: int) -> list[_Piece]:
    found = _ONE_BREAK.finditer(file, start, end)
    return [(match.start(), match.end(), _normal(match[0])) for match in found]


def _normal(line_break: str) -> str:
    """What a line break is read as; nothing where the file ends without one."""
    return "\n" if line_break[:1] in ("\r", "\n", "\x85") else line_break


def _folded(breaks: list[_Piece]) -> list[_Piece]:
    """What a run of line breaks between two lines of text folds to."""
    start, end, first = breaks[0]
    if first != "\n":
        return breaks
    return breaks[1:] or [(start, end, " ")]


def _unescape(written: str) -> str:
    """The character of one escape; nothing where it names none."""
    if written == "''":
        return "'"
    if written[1] not in "xuU" or len(written) == 2:
        return _ESCAPES.get(written[1], "")
    if len(written) == 12:
        high, low = int(written[2:6], 16), int(written[8:], 16)
        return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
    code = int(written[2:], 16)
    return chr(code) if code <= sys.maxunicode else ""


def _walk_block(file: str, scalar: Scalar) -> tuple[int, Iterable[_Piece]]:
    header = _HEADER.match(file, scalar.span.start)
    if header is None or not scalar.text:
        return scalar.span.end, ()
    content = header.end()
    lines = _block_lines(file, content, _indentation(file, content, scalar.text))
    if scalar.style is Style.LITERAL:
        return content, itertools.chain.from_iterable(lines)
    return content, _fold_lines(lines)


def _indentation(file: str, content: int, text: str) -> int:
    """How deep a block scalar is indented, which the first line that is not empty tells.

    (The header cannot tell: its digit counts from the indentation of the parent.)
    """
    first = text.lstrip("\n" + _KEPT_BREAKS)
    if not first:
        return len(file)
    empty_lines = len(text) - len(first)
    line = next(itertools.islice(_LINE.finditer(file, content), empty_lines, None), None)
    depth = 0 if line is None else _leading_spaces(line[1])
    return max(0, depth - _leading_spaces(first))


def _leading_spaces(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _block_lines(file: str, content: int, indent: int) -> Iterator[tuple[_Piece, _Piece]]:
    """The lines of a block scalar, each as what it holds and its break.

    Goes on to the first line that is indented less; the last of the breaks may not belong
    to the text, as the header's chomping indicator decides.
    """
    margin = " " * indent
    for line in _LINE.finditer(file, content):
        start, end, after = line.start(), line.end(1), line.end()
        begin = min(start + indent, end)
        if start == after or not file.startswith(margin[: begin - start], start):
            return
        yield (begin, end, file[begin:end]), (end, after, _normal(line[2]))


def _fold_lines(lines: Iterable[tuple[_Piece, _Piece]]) -> Iterator[_Piece]:
    breaks: list[_Piece] = []
    foldable = False
    for held, line_break in lines:
        text = held[2]
        if text:
            # A line that begins with white space keeps the breaks before and behind it.
            flush = text[0] not in " \t"
            yield from _folded(breaks) if foldable and flush else breaks
            yield held
            breaks, foldable = [], flush
        breaks.append(line_break)
    yield from breaks
