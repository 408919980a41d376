"""The small text tools of the shell, on texts that are known.

Scripts derive the stage with them (`echo "$stage" | tr a-z- A-Z_`); without an answer every
branch would be taken in every stage.  What is not certain is None.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ssmlint.shell.symbolic.values import is_known

#: Classes of `tr`, in the order of their characters.
_CLASSES = {
    "[:lower:]": "a-z",
    "[:upper:]": "A-Z",
    "[:digit:]": "0-9",
    "[:space:]": " \t\n",
    "[:blank:]": " \t",
}


def filtered(name: str, arguments: Sequence[str], text: str) -> str | None:
    """What a text tool prints for a known text on its standard input."""
    tool = _TOOLS.get(name)
    if tool is None or not is_known(text) or not all(is_known(word) for word in arguments):
        return None
    return tool(arguments, text)


def _tr(arguments: Sequence[str], text: str) -> str | None:
    options = [word for word in arguments if re.fullmatch(r"-[ds]", word)]
    sets = [word for word in arguments if word not in options]
    if any(word.startswith("--") for word in sets):
        return None
    if options == ["-d"] and len(sets) == 1:
        return "".join(char for char in text if char not in _members(sets[0]))
    if options or len(sets) != 2:
        return None
    old, new = _members(sets[0]), _members(sets[1])
    if not new:
        return None
    new += new[-1] * (len(old) - len(new))
    return text.translate({ord(a): b for a, b in zip(old, new, strict=False)})


def _members(written: str) -> str:
    for name, members in _CLASSES.items():
        written = written.replace(name, members)
    written = written.replace("\\n", "\n").replace("\\t", "\t")
    return re.sub(
        r"(.)-(.)",
        lambda m: "".join(map(chr, range(ord(m[1]), ord(m[2]) + 1))) or m[0],
        written,
        flags=re.DOTALL,
    )


def _cut(arguments: Sequence[str], text: str) -> str | None:
    line = " ".join(arguments)
    match = re.fullmatch(r"-d ?(.) -f ?(\d+)(-?)|-f ?(\d+) -d ?(.)", line)
    if match is None:
        return None
    mark = match[1] or match[5]
    first = int(match[2] or match[4]) - 1
    out = []
    for row in text.splitlines():
        pieces = row.split(mark)
        if len(pieces) == 1:
            out.append(row)
        else:
            out.append(mark.join(pieces[first:] if match[3] else pieces[first : first + 1]))
    return "\n".join(out) + "\n"


def _sed(arguments: Sequence[str], text: str) -> str | None:
    scripts = [word for word in arguments if word not in ("-e", "-E", "-r")]
    if len(scripts) != 1:
        return None
    match = re.fullmatch(r"s(.)([\w /.-]*)\1([\w /.-]*)\1(g?)", scripts[0])
    if match is None:
        return None
    # Only literal patterns: a dot is taken for itself, which changes nothing here.
    old, count = match[2], -1 if match[4] else 1
    rows = [row.replace(old, match[3], count) if old else row for row in text.split("\n")]
    return "\n".join(rows)


def _head(arguments: Sequence[str], text: str) -> str | None:
    if list(arguments) in (["-1"], ["-n1"], ["-n", "1"]):
        return text.partition("\n")[0] + "\n"
    return None


def _xargs(arguments: Sequence[str], text: str) -> str | None:
    return " ".join(text.split()) + "\n" if not arguments else None


_TOOLS: dict[str, Callable[[Sequence[str], str], str | None]] = {
    "tr": _tr,
    "cut": _cut,
    "sed": _sed,
    "head": _head,
    "xargs": _xargs,
    "cat": lambda arguments, text: text if not arguments else None,
}


def replaced(pattern: str, text: str, replacement: str, everywhere: bool) -> str | None:
    """`${text/pattern/replacement}` for a pattern without wildcards."""
    if not all(map(is_known, (pattern, text, replacement))) or re.search(r"[*?\[]", pattern):
        return None
    literal = re.sub(r"\\(.)", r"\1", pattern)
    if not literal:
        return text
    return text.replace(literal, replacement, -1 if everywhere else 1)
