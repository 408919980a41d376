"""Quotes and expansions: everything in a word that does not stand for itself.

Source of the grammar: the bash manual, "Quoting" and "Shell Expansions".
"""

from __future__ import annotations

import re

from ssmlint.shell.parser.cursor import FILLER, Cursor, Quoting
from ssmlint.shell.parser.escapes import decode
from ssmlint.shell.parser.pieces import Pieces
from ssmlint.shell.statements import Block, ProcessSubstitution, Substitution, Variable
from ssmlint.source import Span

_SIMPLE_VARIABLE = re.compile(r"\$(?:\\\n)*([A-Za-z_][A-Za-z0-9_]*|[0-9@*#?$!-])")
_IN_DOUBLE_QUOTES = re.compile(r'[^"\\$`]+')
_IN_HEREDOC = re.compile(r"[^\\$`]+")
_SINGLE_QUOTED = re.compile(r"[^']*")
_ANSI_QUOTED = re.compile(r"[^'\\]*(?:\\.[^'\\]*)*", re.DOTALL)
_BACKQUOTED = re.compile(r"[^`\\]*(?:\\.[^`\\]*)*", re.DOTALL)
_BACKQUOTE_ESCAPES = re.compile(r"(?:\\[$`\\])+")
_BACKQUOTE_ESCAPES_IN_DOUBLE_QUOTES = re.compile(r'(?:\\[$`\\"])+')
_PARENTHESES = re.compile(r"\\.|\"(?:[^\"\\]|\\.)*\"|'[^']*'|[()\"']", re.DOTALL)
_PARENTHESIS = frozenset({")"})
#: Longer expressions are not arithmetic but something unclosed.
_LONGEST_ARITHMETIC = 4000


def read_quoting(cursor: Cursor, pieces: Pieces) -> bool:
    """Reads one quoted string, escape or expansion outside quotes, if one starts here."""
    match cursor.peek():
        case "\\":
            _read_backslash(cursor, pieces)
        case "'":
            read_single(cursor, pieces)
        case '"':
            read_double(cursor, pieces)
        case "$":
            read_dollar(cursor, pieces, quoted=False)
        case "`":
            read_backquotes(cursor, pieces, quoted=False)
        case "<" | ">" if cursor.peek(1) == "(":
            pieces.part(_read_process_substitution(cursor))
        case _:
            return False
    return True


def _read_backslash(cursor: Cursor, pieces: Pieces) -> None:
    start, escaped = cursor.pos, cursor.peek(1)
    cursor.pos = min(start + 2, cursor.end)
    if escaped == "":
        pieces.raw(start, start + 1, True)
    elif cursor.placeholders_in(start + 1, start + 2):
        cursor.pos = start + 1
    elif escaped != "\n":
        pieces.text(start, start + 2, escaped, True)


def read_single(cursor: Cursor, pieces: Pieces) -> None:
    """Reads `'...'`."""
    opening = cursor.pos
    end = _closing(cursor, _SINGLE_QUOTED, opening, opening + 1, "'")
    if end == opening + 1:
        pieces.empty(end)
    pieces.raw(opening + 1, end, True)
    cursor.regions.append((opening + 1, end, Quoting.SINGLE))


def _read_ansi_quoted(cursor: Cursor, pieces: Pieces) -> None:
    opening = cursor.pos
    end = _closing(cursor, _ANSI_QUOTED, opening, opening + 2, "'")
    text = cursor.text[opening + 2 : end]
    if "\\" not in text:
        pieces.raw(opening + 2, end, True)
    if "\\" in text or not text:
        pieces.text(opening + 2, end, decode(cursor.written(opening + 2, end)), True)
    cursor.regions.append((opening + 2, end, Quoting.SINGLE))


def _closing(cursor: Cursor, inside: re.Pattern[str], opening: int, start: int, quote: str) -> int:
    """Goes behind the closing quote and returns where it stands."""
    match = inside.match(cursor.text, start, cursor.end)
    end = match.end() if match else start
    cursor.pos = min(end + 1, cursor.end)
    if end >= cursor.end or cursor.text[end] != quote:
        unclosed(cursor, opening, start, quote)
        cursor.pos = end = cursor.end
    return end


def unclosed(cursor: Cursor, opening: int, behind: int, closer: str) -> None:
    """Notes that what was opened at `[opening, behind)` is never closed.

    Silent after an earlier problem, of which this is likely only the consequence.
    """
    if not cursor.problems:
        opener = cursor.written(opening, behind)
        message = f"unclosed `{opener}`: expected `{closer}` before the end"
        if opener == "`":
            message = "unclosed backquote: expected another before the end"
        cursor.problem(Span(opening, behind), message)


def read_double(cursor: Cursor, pieces: Pieces) -> None:
    """Reads `"..."`."""
    opening = cursor.pos
    cursor.pos += 1
    pieces.flush()
    before = len(pieces.parts)
    read_expanding(cursor, pieces, _IN_DOUBLE_QUOTES, '$`"\\')
    cursor.regions.append((opening + 1, cursor.pos, Quoting.DOUBLE))
    if cursor.peek() == '"':
        cursor.pos += 1
    else:
        unclosed(cursor, opening, opening + 1, '"')
    pieces.flush()
    if len(pieces.parts) == before:
        pieces.empty(opening + 1)


def read_heredoc_text(cursor: Cursor, pieces: Pieces) -> None:
    """Reads the body of an expanding here-document, up to `cursor.end`."""
    read_expanding(cursor, pieces, _IN_HEREDOC, "$`\\")


def read_expanding(cursor: Cursor, pieces: Pieces, plain: re.Pattern[str], escapable: str) -> None:
    """Reads text in which `$`, backquotes and some escapes mean something.

    Stops in front of a character that is neither `plain` nor one of these.
    """
    while cursor.pos < cursor.end:
        match = plain.match(cursor.text, cursor.pos, cursor.end)
        if match:
            pieces.raw(cursor.pos, match.end(), True)
            cursor.pos = match.end()
        elif cursor.peek() == "\\":
            _read_quoted_backslash(cursor, pieces, escapable)
        elif cursor.peek() == "$":
            read_dollar(cursor, pieces, quoted=True)
        elif cursor.peek() == "`":
            read_backquotes(cursor, pieces, quoted=True)
        else:
            return


def _read_quoted_backslash(cursor: Cursor, pieces: Pieces, escapable: str) -> None:
    start, escaped = cursor.pos, cursor.peek(1)
    if escaped == "\n":
        cursor.pos += 2
    elif escaped and escaped in escapable:
        pieces.text(start, start + 2, escaped, True)
        cursor.pos += 2
    else:
        pieces.raw(start, start + 1, True)
        cursor.pos += 1


def read_dollar(cursor: Cursor, pieces: Pieces, *, quoted: bool) -> None:
    """Reads whatever `$` begins; a lone `$` is literal."""
    start = cursor.pos
    match = _SIMPLE_VARIABLE.match(cursor.text, start, cursor.end)
    if match:
        cursor.pos = match.end()
        pieces.part(Variable(Span(start, match.end()), match[1], quoted=quoted))
        return
    match cursor.peek(1):
        case "(":
            _read_parenthesis(cursor, pieces, quoted)
        case "{":
            pieces.part(cursor.braces(cursor, quoted))
        case "[":
            _read_old_arithmetic(cursor, pieces, quoted)
        case "'" if not quoted:
            _read_ansi_quoted(cursor, pieces)
        case '"' if not quoted:
            cursor.pos += 1
            read_double(cursor, pieces)
        case _:
            pieces.raw(start, start + 1, quoted)
            cursor.pos += 1


def _read_parenthesis(cursor: Cursor, pieces: Pieces, quoted: bool) -> None:
    start = cursor.pos
    inside = start + 3
    end = arithmetic_end(cursor, inside) if cursor.peek(2) == "(" else None
    if end is not None:
        pieces.part(cursor.arithmetic(cursor, Span(start, end + 2), Span(inside, end), quoted))
        return
    cursor.pos += 2
    body = _read_nested(cursor, start, quoted)
    pieces.part(Substitution(Span(start, cursor.pos), body, quoted))


def arithmetic_end(cursor: Cursor, start: int) -> int | None:
    """Where the `))` stands that closes the `((` in front of `start`.

    None where the parentheses close apart, as in `((a); b)`: bash then reads subshells.
    """
    depth = 0
    limit = min(cursor.end, start + _LONGEST_ARITHMETIC)
    for match in _PARENTHESES.finditer(cursor.text, start, limit):
        if match[0] == "(":
            depth += 1
        elif match[0] == ")":
            if depth == 0:
                if cursor.text.startswith("))", match.start(), limit):
                    return match.start()
                break
            depth -= 1
        elif len(match[0]) == 1:
            break
    cursor.seen = max(cursor.seen, limit)
    return None


def _read_old_arithmetic(cursor: Cursor, pieces: Pieces, quoted: bool) -> None:
    start = cursor.pos
    end = cursor.text.find("]", start, cursor.end)
    if end < 0:
        unclosed(cursor, start, start + 2, "]")
        end = cursor.end - 1
    pieces.part(
        cursor.arithmetic(
            cursor, Span(start, end + 1), Span(start + 2, max(end, start + 2)), quoted
        )
    )


def _read_nested(cursor: Cursor, start: int, quoted: bool) -> Block:
    """Reads statements up to the parenthesis that closes the one opened at `start`."""
    inside, enclosing, cursor.closers = cursor.pos, cursor.closers, ()
    body = cursor.block(cursor, _PARENTHESIS)
    cursor.closers = enclosing
    if quoted:
        cursor.regions.append((inside, cursor.pos, Quoting.BARE))
    if cursor.peek() == ")":
        cursor.pos += 1
    else:
        unclosed(cursor, start, inside, ")")
    return body


def _read_process_substitution(cursor: Cursor) -> ProcessSubstitution:
    start = cursor.pos
    cursor.pos += 2
    body = _read_nested(cursor, start, False)
    return ProcessSubstitution(Span(start, cursor.pos), cursor.text[start], body)


def read_backquotes(cursor: Cursor, pieces: Pieces, *, quoted: bool) -> None:
    """Reads `` `...` ``; its inside is a script of its own, once unescaped."""
    start = cursor.pos
    end = _closing(cursor, _BACKQUOTED, start, start + 1, "`")
    behind = cursor.pos
    while cursor.text[end - 1] == FILLER:
        end -= 1
    saved = cursor.text, cursor.end, cursor.closers
    cursor.pos, cursor.end, cursor.closers = start + 1, end, ()
    cursor.text = _unescaped(cursor.text, start + 1, end, quoted)
    body = cursor.block(cursor, frozenset())
    cursor.text, cursor.end, cursor.closers = saved
    cursor.pos = behind
    if quoted:
        cursor.regions.append((start + 1, end, Quoting.BARE))
    pieces.part(Substitution(Span(start, behind), body, quoted, backquoted=True))


def _unescaped(text: str, start: int, end: int, quoted: bool) -> str:
    """`text` without the backslashes that backquotes remove, filler in front instead."""
    if "\\" not in text[start:end]:
        return text
    escapes = _BACKQUOTE_ESCAPES_IN_DOUBLE_QUOTES if quoted else _BACKQUOTE_ESCAPES
    inside = escapes.sub(lambda run: FILLER * (len(run[0]) // 2) + run[0][1::2], text[start:end])
    return text[:start] + inside + text[end:]
