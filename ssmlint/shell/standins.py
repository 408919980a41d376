"""Scripts for a checker that knows no `{{ references }}`: each stands as a variable.

A variable is what comes nearest.  A plain word in its place would be a constant, and
`[ word = yes ]` a mistake.  The text keeps its length and its lines, so that every place
in it is a place in the script.
"""

from __future__ import annotations

import bisect
import re
import string
from collections.abc import Mapping

from ssmlint.embedded import PlaceholderSpan, Script
from ssmlint.records import dataclass
from ssmlint.shell.syntax import Quoting, ShellSyntax, parse
from ssmlint.source import Span

#: Single quotes around these only can be double ones without any difference.
_SAME_IN_DOUBLE_QUOTES = re.compile(r"'[^'\"`$\\]*'")
#: What may stand beside a quoted text that is a word, or a part of one, of its own.
_BESIDE = re.compile(r"[\s;&|()<>=]?")

_VARIABLE = re.compile(r"\$\{([A-Za-z_]\w*)\}|\$?\b([A-Za-z_]\w*)\b", re.ASCII)

_FIRSTS = "_" + string.ascii_letters

_LITERAL = (Quoting.SINGLE, Quoting.HEREDOC_QUOTED, Quoting.ARITHMETIC)

#: Start, end and quoting, as in `ShellSyntax.regions`.
_Region = tuple[int, int, Quoting]


@dataclass(frozen=True, slots=True)
class StandIn:
    """A script with variables where its references are."""

    text: str
    """As long as the script, and with the same lines."""
    names: Mapping[str, str]
    """The variables, with the references as they are written, braces included."""
    requoted: tuple[Span, ...] = ()
    """Single-quoted texts that have double quotes here."""
    is_sound: bool = False
    """Whether we have read the script, references and all, and bash would accept it."""

    def written(self, message: str) -> str:
        """A message about the variables as one about the references."""
        return _VARIABLE.sub(lambda m: self.names.get(m[1] or m[2], m[0]), message)


def stand_in(script: Script) -> StandIn:
    """Put a variable of the same length in the place of each reference."""
    if not script.placeholders:
        return StandIn(script.text, {})
    syntax = parse(script.text, script.placeholders)
    innermost = _innermost(syntax, len(script.text))
    chars = list(script.text)
    names: dict[str, str] = {}
    requoted: set[Span] = set()
    for hole in script.placeholders:
        region = innermost[hole.start]
        around = _requoted(script.text, region)
        if around:
            requoted.add(around)
            chars[around.start] = chars[around.end - 1] = '"'
        # Elsewhere in these, `${name}` would be wrong, or a text that looks like a mistake.
        is_bare_name = region and region[2] in _LITERAL and not around
        name = _name(script.text, hole, braces=0 if is_bare_name else 3)
        chars[hole.start : hole.end] = name if is_bare_name else f"${{{name}}}"
        names[name] = script.text[hole.start : hole.end]
    return StandIn("".join(chars), names, tuple(sorted(requoted)), not syntax.errors)


def reference_at(script: Script, offset: int) -> PlaceholderSpan | None:
    """The reference that a character of a script belongs to, None where it is in none."""
    holes = script.placeholders
    index = bisect.bisect_right(holes, offset, key=lambda hole: hole.start) - 1
    return holes[index] if index >= 0 and offset < holes[index].end else None


def _innermost(syntax: ShellSyntax, length: int) -> list[_Region | None]:
    """For each character of a script the innermost region that it is in."""
    found: list[_Region | None] = [None] * length
    for region in sorted(syntax.regions, key=lambda region: region[0] - region[1]):
        start, end, _ = region
        found[start:end] = [region] * len(found[start:end])
    return found


def _requoted(text: str, region: _Region | None) -> Span | None:
    """The single-quoted text that a region is, if other quotes around it change nothing.

    To the agent quotes mean nothing: `'{{ x }}'` is no constant, but `'${x}'` is.
    """
    if region is None or region[2] is not Quoting.SINGLE:
        return None
    start, end = region[0] - 1, region[1] + 1
    beside = text[max(start - 1, 0) : start], text[end : end + 1]
    if not all(map(_BESIDE.fullmatch, beside)):
        return None
    return Span(start, end) if _SAME_IN_DOUBLE_QUOTES.fullmatch(text, start, end) else None


def _name(text: str, hole: PlaceholderSpan, braces: int) -> str:
    """A name for a reference that fills its place, less the braces, and that is not in use.

    A reference is at least four characters longer than its name, so that `${`, `}` and a
    character in front of the name always fit.
    """
    base = re.sub(r"\W", "_", hole.name, flags=re.ASCII)
    base = base.ljust(hole.end - hole.start - braces - 1, "_")
    return next((first + base for first in _FIRSTS if first + base not in text), f"_{base}")
