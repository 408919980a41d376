"""The tokens that stand where a command could: closing words, and what is unexpected."""

from __future__ import annotations

import re

from ssmlint.shell.parser.cursor import Cursor, Unreadable
from ssmlint.source import Span

_DELIMITED = r"(?=[ \t\n;&|()<>]|\\\n|\Z)"
_CLOSING = re.compile(rf"\)|;;&|;;|;&|(?:then|elif|else|fi|done|do|esac|in|\}}|\]\]){_DELIMITED}")
_CLOSING_FIRST = ");&tefdi}]"
_OPENING = re.compile(rf"(?:if|for|while|until|case|select|function|coproc|\{{|\[\[){_DELIMITED}")
_OPENING_FIRST = "ifwucs{["
_RESERVED = re.compile(rf"(?:!|time|in|do|\]\]){_DELIMITED}")
_INDENTATION = re.compile(r"[ \t]*")
_ANY = re.compile(r"&&|\|\||;;&|;;|;&|\|&|<<-|<<<|[<>]{1,2}|[|&;()<>]|[^ \t\n|&;()<>]+")


def closing_token(cursor: Cursor) -> str | None:
    """The token here that cannot begin a command (`fi`, `;;`, `)` ...), if it is one."""
    at = cursor.pos
    if at >= cursor.end or cursor.text[at] not in _CLOSING_FIRST:
        return None
    match = _CLOSING.match(cursor.text, at, cursor.end)
    return match[0] if match else None


def opening_word(cursor: Cursor) -> str | None:
    """The reserved word here that begins a compound command, if it is one."""
    at = cursor.pos
    if at >= cursor.end or cursor.text[at] not in _OPENING_FIRST:
        return None
    match = _OPENING.match(cursor.text, at, cursor.end)
    return match[0] if match else None


def at_word(cursor: Cursor, word: str) -> bool:
    """Whether the reserved word `word` stands here (`!`, `time`, `in`, `do`, `]]`)."""
    if not cursor.at(word):
        return False
    match = _RESERVED.match(cursor.text, cursor.pos, cursor.end)
    return match is not None and match[0] == word


def token_span(cursor: Cursor) -> Span:
    """The token here; empty at a line end and at the end."""
    match = _ANY.match(cursor.text, cursor.pos, cursor.end)
    return Span(cursor.pos, match.end() if match else cursor.pos)


def unexpected(cursor: Cursor, expected: str = "", opening: Span | None = None) -> Unreadable:
    """Notes that bash does not accept the token here; the caller raises what it gets."""
    span = token_span(cursor)
    if len(span):
        what = f"unexpected `{cursor.written(span.start, span.end)}`"
    else:
        what = "unexpected end of the " + ("line" if cursor.pos < cursor.end else "script")
    cursor.problem(span, f"{what}, expected {expected}" if expected else what, opening)
    return Unreadable(what)


def expect(cursor: Cursor, token: str, opening: Span) -> bool:
    """Goes past the closing `token` of what was opened at `opening`, or notes its absence.

    At the end of the script the place to look at is the opening, elsewhere it is the
    token that stands instead.  Later absences are silent: they follow from the first.
    """
    if closing_token(cursor) == token:
        if cursor.misaligned is None and is_indented_less(cursor, cursor.pos, opening.start):
            cursor.misaligned = opening
        cursor.pos += len(token)
        return True
    if cursor.problems:
        return False
    opener = cursor.written(opening.start, opening.end)
    if cursor.pos >= cursor.end:
        cursor.problem(opening, f"unclosed `{opener}`: expected `{token}` before the end")
    else:
        unexpected(cursor, f"`{token}` to go with `{opener}`", opening)
    return False


def is_indented_less(cursor: Cursor, closing: int, opening: int) -> bool:
    """Whether both are first on their lines and the line of `closing` begins further left."""
    closing_line = _INDENTATION.match(cursor.text, cursor.text.rfind("\n", 0, closing) + 1)
    opening_line = _INDENTATION.match(cursor.text, cursor.text.rfind("\n", 0, opening) + 1)
    return (
        closing_line is not None
        and opening_line is not None
        and closing_line.end() == closing
        and opening_line.end() == opening
        and len(closing_line[0]) < len(opening_line[0])
    )
