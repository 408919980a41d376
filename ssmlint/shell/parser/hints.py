"""Better places for a syntax error than the one where bash gives up.

bash reports where it could not go on; the mistake stands further up.  A quote that is
never closed runs on to the next quote of its kind, in another line, and turns everything
behind it inside out; a missing `fi` is taken from the `if` around it.
"""

from __future__ import annotations

from dataclasses import replace

from ssmlint.shell.parser.cursor import Cursor, Quoting, SyntaxProblem
from ssmlint.source import Span

_QUOTES = {Quoting.DOUBLE: '"', Quoting.SINGLE: "'"}
_DELIMITERS = " \t\n;|&)<>\"'\\`"
_UNCLOSED = "unclosed `"


def located(cursor: Cursor) -> tuple[SyntaxProblem, ...]:
    """The problems of a script, the first of them where it probably began."""
    if not cursor.problems:
        return ()
    first, *others = cursor.problems
    return (_relocated(cursor, first), *others)


def _relocated(cursor: Cursor, problem: SyntaxProblem) -> SyntaxProblem:
    string = _runaway_string(cursor, problem.span.start)
    text = cursor.written(problem.span.start, problem.span.end)
    unclosed = problem.message.startswith(_UNCLOSED)
    if unclosed and text in _QUOTES.values():
        if string is None or cursor.text[string.start] != text:
            return problem
        return replace(problem, span=string, related=problem.span, label="the last quote is here")
    if string is not None:
        return replace(problem, related=string, label="this string goes on in another line")
    if unclosed:
        inner = _robbed(cursor, problem.span)
        label = f"this `{text}` takes the end that is missing"
        return replace(problem, span=inner, related=problem.span, label=label) if inner else problem
    inner = _robbed(cursor, problem.related) if problem.related else None
    return replace(problem, related=inner) if inner else problem


def _robbed(cursor: Cursor, opening: Span) -> Span | None:
    """The construct of the same kind inside that took the end of the one at `opening`."""
    inner = cursor.misaligned
    if inner is None or inner.start <= opening.start:
        return None
    same = cursor.written(inner.start, inner.end) == cursor.written(opening.start, opening.end)
    return inner if same else None


def _runaway_string(cursor: Cursor, before: int) -> Span | None:
    """The opening quote of the first string that ends in another line, inside a word."""
    found: Span | None = None
    for start, end, quoting in cursor.regions:
        if quoting not in _QUOTES or start > before or (found and found.start < start):
            continue
        follows = cursor.text[end + 1 : end + 2]
        if follows and follows not in _DELIMITERS and "\n" in cursor.text[start:end]:
            found = Span(start - 1, start)
    return found
