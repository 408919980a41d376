"""Whether a selector is a JSONPath, as far as its form goes.

Automation is written in Java, where the syntax is that of the library Jayway JsonPath
(inferred: the guide links to no dialect, and its selectors have functions such as
`.length()`).  Only what no dialect takes counts as malformed.
"""

from __future__ import annotations

import re

from ssmlint.records import dataclass

_NAME = re.compile(r"\*|[^.\[\]()'\"\s{}]+(?:\([^()]*\))?")
_INDEX = re.compile(
    r"\s*(?:\*|-?\d*\s*:\s*-?\d*(?:\s*:\s*-?\d*)?|-?\d+(?:\s*,\s*-?\d+)*"
    r"|'(?:[^'\\]|\\.)*'(?:\s*,\s*'(?:[^'\\]|\\.)*')*"
    r'|"(?:[^"\\]|\\.)*"(?:\s*,\s*"(?:[^"\\]|\\.)*")*)\s*'
)


@dataclass(frozen=True, slots=True)
class Flaw:
    """Why a text is no JSONPath."""

    offset: int
    """Where, in code points."""
    message: str
    is_mild: bool = False
    """Whether some libraries take it."""


def flaw_of(path: str) -> Flaw | None:
    """The first flaw of a selector, None where it has none."""
    if not path.startswith("$"):
        return Flaw(0, "a JSONPath begins with `$`", is_mild=True)
    at = 1
    while at < len(path):
        at, flaw = _step(path, at)
        if flaw is not None:
            return flaw
    return None


def _step(path: str, at: int) -> tuple[int, Flaw | None]:
    """The offset behind the part of a path that begins at an offset, or its flaw."""
    if path[at] == "[":
        return _bracket(path, at)
    if path[at] == ".":
        dots = 2 if path.startswith("..", at) else 1
        at += dots
        if path.startswith("[", at):
            return _bracket(path, at)
        match = _NAME.match(path, at)
        if match is None:
            return at, Flaw(at, "a name is missing after `.`" + _odd(path, at))
        return match.end(), None
    if path[at] == "]":
        return at, Flaw(at, "`]` closes nothing")
    expected = "`.` or `[`" if at == 1 else "`.`, `[` or the end"
    return at, Flaw(at, f"{expected} is expected" + _odd(path, at))


def _odd(path: str, at: int) -> str:
    return f", not `{path[at]}`" if at < len(path) and not path[at].isspace() else ""


def _bracket(path: str, at: int) -> tuple[int, Flaw | None]:
    if re.match(r"\[\s*[?(]", path[at:]):
        return _filter(path, at)
    match = _INDEX.match(path, at + 1)
    if match is not None and path.startswith("]", match.end()):
        return match.end() + 1, None
    end = path.find("]", at)
    if end < 0:
        return at, Flaw(at, "`[` is never closed")
    inside = path[at + 1 : end]
    if re.fullmatch(r"\s*[A-Za-z_][\w-]*\s*", inside):
        return at, Flaw(at + 1, f"a name in brackets needs quotes: `['{inside.strip()}']`")
    return at, Flaw(at, f"`[{inside}]` is no index, name, or filter")


def _filter(path: str, at: int) -> tuple[int, Flaw | None]:
    """Behind a filter `[?(...)]`, whose inside is not looked at."""
    depth, quote = 0, ""
    for offset in range(at, len(path)):
        sign = path[offset]
        if quote:
            quote = "" if sign == quote and path[offset - 1] != "\\" else quote
        elif sign in "'\"":
            quote = sign
        elif sign in "[(":
            depth += 1
        elif sign in "])":
            depth -= 1
            if depth == 0:
                return offset + 1, None
    return at, Flaw(at, "a quote is never closed" if quote else "`[` is never closed")
