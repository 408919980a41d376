"""F-strings that only Python 3.12 and newer read (PEP 701).

Before, what stands between the braces could hold neither the quotes of the string itself,
nor a backslash, nor a comment.  The older readers refuse that by themselves; the newer ones
can not be told to, so that what their tokenizer sees is looked at here.
"""

from __future__ import annotations

import io
import sys
import tokenize

from ssmlint.source import LineIndex, Position, Span

#: The reader that begins an f-string with a token of its own came with the new syntax.
_START = getattr(tokenize, "FSTRING_START", None)
_END = getattr(tokenize, "FSTRING_END", None)


def nested_quotes(text: str, lines: LineIndex) -> tuple[Span, str] | None:
    """The first thing in an f-string that only newer Pythons read, and what it is.

    None also where Python is so old that it has refused the script already.
    """
    if sys.version_info < (3, 12):
        return None
    open_: list[str] = []
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        what = _newer(token, open_) if open_ else None
        if what is not None:
            start = lines.offset(Position(token.start[0] - 1, token.start[1]))
            end = lines.offset(Position(token.end[0] - 1, token.end[1]))
            return Span(start, end), what
        if token.type == _START:
            open_.append(token.string.lstrip("rRfFbBuU"))
        elif token.type == _END:
            open_.pop()
    return None


def _newer(token: tokenize.TokenInfo, open_: list[str]) -> str | None:
    """What of a token between the braces of an f-string older Pythons do not take."""
    if token.type == tokenize.COMMENT:
        return "a comment between the braces"
    if token.type not in (_START, tokenize.STRING):
        return None
    quotes = token.string.lstrip("rRfFbBuU")
    quotes = quotes[:3] if quotes[:3] in ('"""', "'''") else quotes[:1]
    if any(quotes == outer or (len(outer) == 1 and quotes[0] == outer) for outer in open_):
        return "its own quotes between the braces"
    if token.type == tokenize.STRING and "\\" in token.string:
        return "a backslash between the braces"
    return None
