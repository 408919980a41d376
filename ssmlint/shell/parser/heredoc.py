"""Here-documents: the operator stands on one line, the text on the following ones."""

from __future__ import annotations

import re
from dataclasses import replace

from ssmlint.shell.parser.cursor import Cursor, Pending, Quoting, SyntaxProblem
from ssmlint.shell.parser.expansion import read_heredoc_text
from ssmlint.shell.parser.pieces import Pieces
from ssmlint.shell.statements import Literal, Part, Redirect, Word
from ssmlint.source import Span

_TRAILING_BACKSLASHES = re.compile(r"\\*$")
_INDENT = re.compile(r"(?<=\n)\t+")


def expect_body(cursor: Cursor, redirect: Redirect, delimiter: Word) -> None:
    """Remembers that the body of `redirect` begins behind the next line end."""
    literals = [part for part in delimiter.parts if isinstance(part, Literal)]
    plain = len(literals) == len(delimiter.parts)
    text = "".join(part.text for part in literals) if plain else None
    if text is None:
        text = cursor.text[delimiter.span.start : delimiter.span.end]
    strip_tabs = redirect.operator == "<<-"
    cursor.pending.append(Pending(redirect, text, redirect.heredoc_delimiter_quoted, strip_tabs))


def is_quoted(delimiter: Word) -> bool:
    """Whether any part of a delimiter is quoted, so that its body is not expanded."""
    return any(isinstance(part, Literal) and part.quoted for part in delimiter.parts)


def read_body(cursor: Cursor, pending: Pending) -> None:
    """Reads the body that starts here and gives it to its redirection."""
    start = cursor.pos
    end, behind = _body_end(cursor, pending)
    saved, cursor.end = cursor.end, end
    pieces = Pieces(cursor)
    if pending.quoted:
        pieces.raw(start, end, True)
    else:
        read_heredoc_text(cursor, pieces)
    parts = pieces.finish()
    if pending.strip_tabs:
        stripped = (_without_indent(part, start) for part in parts)
        parts = tuple(p for p in stripped if not isinstance(p, Literal) or p.text)
    cursor.pos, cursor.end = behind, saved
    quoting = Quoting.HEREDOC_QUOTED if pending.quoted else Quoting.HEREDOC
    cursor.regions.append((start, end, quoting))
    # The redirection was built when its line was read, before its body was known; nobody
    # has seen it outside this package yet.
    object.__setattr__(pending.redirect, "target", Word(Span(start, end), parts))


def _without_indent(part: Part, body: int) -> Part:
    if not isinstance(part, Literal):
        return part
    text = _INDENT.sub("", part.text)
    return replace(part, text=text.lstrip("\t") if part.span.start == body else text)


def _body_end(cursor: Cursor, pending: Pending) -> tuple[int, int]:
    """Where the line of the delimiter begins, and where the one behind it does."""
    continued = False
    line = cursor.pos
    near: Span | None = None
    while line < cursor.end:
        newline = cursor.text.find("\n", line, cursor.end)
        end = cursor.end if newline < 0 else newline
        text = cursor.text[line:end]
        if not continued:
            if (text.lstrip("\t") if pending.strip_tabs else text) == pending.delimiter:
                return line, min(end + 1, cursor.end)
            if near is None and pending.delimiter and text.strip() == pending.delimiter:
                near = Span(line, end)
        continued = not pending.quoted and _continues(text)
        line = end + 1
    _warn(cursor, pending, near)
    return cursor.end, cursor.end


def _continues(line: str) -> bool:
    match = _TRAILING_BACKSLASHES.search(line)
    return match is not None and len(match[0]) % 2 == 1


def _warn(cursor: Cursor, pending: Pending, near: Span | None) -> None:
    message = f"here-document never ends: expected a line that is exactly `{pending.delimiter}`"
    label = "this line has spaces around it" if near else ""
    cursor.warnings.append(SyntaxProblem(pending.redirect.span, message, near, label))
