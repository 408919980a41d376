"""`read` and `getopts` on texts that are known."""

from __future__ import annotations

import re
from collections.abc import Sequence


def fields_of_line(line: str, names: Sequence[str], separators: str) -> list[str]:
    """What `read name...` puts into each name for one line; the last takes the rest."""
    blank = not separators.strip()
    if not separators:
        pieces = [line]
    elif blank:
        pieces = line.strip().split(maxsplit=max(len(names) - 1, 0))
    else:
        pieces = re.split(f"[{re.escape(separators)}]", line, maxsplit=max(len(names) - 1, 0))
    return [*pieces, *([""] * (len(names) - len(pieces)))][: max(len(names), 1)]


def next_option(
    options: str, arguments: Sequence[str], position: tuple[int, int]
) -> tuple[str, str, tuple[int, int]] | None:
    """The letter, the argument and the new position; None at the end of the options.

    A position is the index of a word (from 0) and of a letter in it (from 1).
    """
    word, letter = position
    if word >= len(arguments):
        return None
    text = arguments[word]
    if letter == 1 and (not re.match(r"-.", text) or text == "--"):
        return None
    name = text[letter]
    takes = re.search(re.escape(name) + ":", options) is not None
    if name not in options or name == ":":
        name = "?"
    if not takes:
        following = (word, letter + 1) if letter + 1 < len(text) else (word + 1, 1)
        return name, "", following
    if letter + 1 < len(text):
        return name, text[letter + 1 :], (word + 1, 1)
    if word + 1 < len(arguments):
        return name, arguments[word + 1], (word + 2, 1)
    return "?", "", (word + 1, 1)
