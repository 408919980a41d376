"""What fixes would change, as a unified diff that `patch -p0` and `git apply -p0` take."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from ssmlint.report import Look
from ssmlint.report.cells import lay_out, safe
from ssmlint.report.paint import BOLD, paint
from ssmlint.source import Source

_COLORS = {"-": "31", "+": "32", "@": "36"}


def diff(before: Source, after: Source, look: Look, *, for_terminal: bool) -> Iterator[str]:
    """The lines of a diff; for a terminal, nothing in them does it any harm."""
    # A name with a blank ends at a tab.
    name = f"{before.path}\t" if " " in before.path else before.path
    lines = difflib.unified_diff(_lines(before), _lines(after), name, name)
    for number, line in enumerate(lines):
        if number < 2:
            text, code = safe(line.rstrip("\t\n")) if for_terminal else line[:-1], BOLD
        else:
            text = line.removesuffix("\n")
            text, code = lay_out(text)[0] if for_terminal else text, _COLORS.get(line[0], "")
        yield (paint(text, code, look) if code else text) + "\n"
        if not line.endswith("\n"):
            yield "\\ No newline at end of file\n"


def _lines(source: Source) -> list[str]:
    """The lines as `diff` sees them: only a line feed ends one, and a mark is part of the first."""
    mark = "\ufeff" if source.had_bom and source.encoding == "utf-8" else ""
    *lines, last = (mark + source.text).split("\n")
    return [*(f"{line}\n" for line in lines), *([last] if last else [])]
