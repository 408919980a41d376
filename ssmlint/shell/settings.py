"""The options that a script sets for its shell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ssmlint.shell.index import Index
from ssmlint.shell.statements import Command

#: bash(1), `set`: the letters that matter to an analysis.
_LETTERS = {"e": "errexit", "u": "nounset", "f": "noglob", "E": "errtrace", "a": "allexport"}


def options_of(shebang: str, index: Index) -> frozenset[str]:
    """The options that the interpreter line or a `set` anywhere in the script turns on."""
    found = set(_options(shebang.split()[1:]))
    for command in index.of(Command):
        words = [word.literal or "" for word in command.words]
        if words[:1] == ["set"]:
            found.update(_options(words[1:]))
        elif words[:2] == ["shopt", "-s"]:
            found.update(words[2:])
    return frozenset(found)


def _options(words: Iterable[str]) -> Iterator[str]:
    named = False
    for word in words:
        if named:
            yield word
            named = False
        elif word.startswith("-") and not word.startswith("--"):
            yield from (_LETTERS[letter] for letter in word if letter in _LETTERS)
            named = word.endswith("o")
