"""What a run knows of a text: literal characters and *symbols* for what it does not know.

A value is an ordinary string in which a character of the private use areas stands for an
unknown piece (the output of a command, an exit status, the n-th mount of a list).  Two
equal symbols are the same unknown, so that what a test found out about one copy of it
holds for all others.  What was found out is kept in a `Constraint` per symbol.
"""

from __future__ import annotations

import enum
import functools
import re
from typing import NamedTuple

from ssmlint.records import dataclass
from ssmlint.shell.effects import Effect
from ssmlint.source import Span

# Plane 15 of Unicode is private: no document has a meaning for these characters.
_FIRST_SYMBOL = 0xF0000
_LAST_SYMBOL = 0xFFFFD
_SYMBOLS = re.compile("[\U000f0000-\U000ffffd]")


class SymbolKind(enum.Enum):
    """Where an unknown text comes from."""

    # The members are singletons; the hash that `Enum` makes of their names is slow.
    __hash__ = object.__hash__

    ITEM = "item of a list"
    OUTPUT = "output of a command"
    STATUS = "exit status"
    ENVIRONMENT = "environment variable"
    PARAMETER = "document parameter"
    LENGTH = "number of items"
    DECLARED = "what `declare -f` or `declare -p` prints"
    OTHER = "unknown text"


#: Unquoted, these may fall into any number of words.
SPLITTABLE = frozenset(
    {SymbolKind.OUTPUT, SymbolKind.ENVIRONMENT, SymbolKind.PARAMETER, SymbolKind.OTHER}
)


class Place(NamedTuple):
    """A span in one of the scripts of a document."""

    script: int
    span: Span


@dataclass(frozen=True, slots=True)
class Symbol:
    """What is known about an unknown from the start: where it came from."""

    kind: SymbolKind
    place: Place
    text: str = ""
    """For a list or an output: the command that makes it, with its white space folded."""
    effects: tuple[Effect, ...] = ()
    """What the command that gave this status or output means."""
    of: str = ""
    """For an item or a number of items: the symbol of the list."""


class SymbolTable:
    """Hands out one character per distinct `(key, symbol)`, the same one for the same key."""

    def __init__(self) -> None:
        self._by_key: dict[object, str] = {}
        self._symbols: dict[str, Symbol] = {}

    def find(self, key: object) -> str | None:
        """The character for `key`, where it has one."""
        return self._by_key.get(key)

    def make(self, key: object, symbol: Symbol) -> str:
        """The character for `key`; the first maker decides what it stands for."""
        found = self._by_key.get(key)
        if found is None:
            code = _FIRST_SYMBOL + len(self._by_key)
            found = chr(min(code, _LAST_SYMBOL))
            self._by_key[key] = found
            self._symbols[found] = symbol
        return found

    def __getitem__(self, character: str) -> Symbol:
        return self._symbols[character]

    def __contains__(self, character: str) -> bool:
        return character in self._symbols

    def __len__(self) -> int:
        return len(self._by_key)


class Constraint(NamedTuple):
    """What a path has found out about one symbol."""

    equal: str | None = None
    excludes: frozenset[str] = frozenset()
    matches: frozenset[str] = frozenset()
    """Patterns (as `expand_pattern` writes them) that it matches."""
    mismatches: frozenset[str] = frozenset()

    def allows(self, text: str) -> bool:
        """Whether the symbol may be exactly `text`."""
        if self.equal is not None:
            return self.equal == text
        if text in self.excludes:
            return False
        if any(glob_match(pattern, text) for pattern in self.mismatches):
            return False
        return all(glob_match(pattern, text) for pattern in self.matches)


ANYTHING = Constraint()


class Array(NamedTuple):
    """An indexed array: its items, or the symbol of a list whose items are not known."""

    items: tuple[str, ...] | None
    symbol: str = ""
    keys: tuple[str, ...] | None = None
    """The keys of an associative array, in the order of its items."""


class FieldText(NamedTuple):
    """One field of a command after expansion."""

    text: str
    span: Span
    quoted: bool = False
    is_list: bool = False
    """An unquoted unknown (or an array of unknown items): any number of fields."""


def symbols_in(text: str) -> list[str]:
    """The symbols of a value, in order."""
    return [] if text.isascii() else _SYMBOLS.findall(text)


def is_known(text: str) -> bool:
    """Whether a value holds no symbol."""
    return text.isascii() or _SYMBOLS.search(text) is None


def only_symbol(text: str) -> str | None:
    """The symbol that *is* the value, None where there is more or less than that."""
    return text if len(text) == 1 and _SYMBOLS.match(text) else None


def without_symbols(text: str, unknown: str) -> str:
    """The value with every symbol written as `unknown`."""
    return text if text.isascii() else _SYMBOLS.sub(unknown, text)


# --- patterns ------------------------------------------------------------------------

# A pattern is a string in which quoted characters that would be special stand behind a
# backslash, as in the shell's own patterns.


_SPECIAL = re.compile(r"[\\*?\[\]()|!@+]")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def escape_glob(text: str) -> str:
    """Quote the characters that a shell pattern would give a meaning to."""
    return _SPECIAL.sub(r"\\\g<0>", text)


def unescape_glob(pattern: str) -> str:
    """The text a pattern without wildcards stands for."""
    return _ESCAPED.sub(r"\1", pattern) if "\\" in pattern else pattern


def has_wildcard(pattern: str) -> bool:
    """Whether a pattern can match more than one text."""
    bare = _ESCAPED.sub("", pattern) if "\\" in pattern else pattern
    return any(wildcard in bare for wildcard in "*?[")


def glob_match(pattern: str, text: str) -> bool:
    """Whether a shell pattern (with extglob) matches the whole of a known text."""
    compiled = _glob(pattern)
    return compiled is not None and compiled.fullmatch(text) is not None


@functools.lru_cache(maxsize=4096)
def _glob(pattern: str) -> re.Pattern[str] | None:
    try:
        return re.compile(_translate(pattern), re.DOTALL)
    except re.error:
        return None


def _translate(pattern: str) -> str:
    out: list[str] = []
    closers: list[str] = []
    index = 0
    while index < len(pattern):
        char = pattern[index]
        follows = pattern[index + 1 : index + 2]
        index += 1
        if char == "\\" and follows:
            out.append(re.escape(follows))
            index += 1
        elif char in "?*+@!" and follows == "(":
            # `!(x)` has no regular counterpart that is cheap; it is taken as "anything".
            out.append("(?:")
            closers.append({"?": ")?", "*": ")*", "+": ")+", "@": ")", "!": ")?.*"}[char])
            index += 1
        elif char == "|" and closers:
            out.append("|")
        elif char == ")" and closers:
            out.append(closers.pop())
        elif char == "*":
            out.append(".*")
        elif char == "?":
            out.append(".")
        elif char == "[":
            bracket = re.match(r"\[[!^]?\]?[^\]]*\]", pattern[index - 1 :])
            if bracket is None:
                out.append(r"\[")
                continue
            body = bracket.group()[1:-1]
            negated = body[:1] in ("!", "^")
            body = body[1:] if negated else body
            body = _CLASSES.sub(lambda found: _CLASS_TEXT.get(found[1], ""), body)
            body = body.replace("\\", "\\\\").replace("[", "\\[")
            out.append(f"[{'^' if negated else ''}{body}]")
            index += len(bracket.group()) - 1
        else:
            out.append(re.escape(char))
    out.extend(reversed(closers))
    return "".join(out)


_CLASSES = re.compile(r"\[:(\w+):\]")
_CLASS_TEXT = {
    "digit": "0-9",
    "alpha": "a-zA-Z",
    "alnum": "a-zA-Z0-9",
    "space": r"\s",
    "lower": "a-z",
    "upper": "A-Z",
}


def possible_match(pattern: str, text: str) -> bool | None:
    """Whether a pattern matches a value; None where the symbols in it decide.

    Either side may hold symbols.
    """
    if is_known(text) and is_known(pattern):
        return glob_match(pattern, text)
    if text == unescape_glob(pattern):
        return True
    if is_known(pattern):
        shape = "".join(".*" if _SYMBOLS.match(c) else re.escape(c) for c in text)
        if not has_wildcard(pattern) and not re.fullmatch(shape, unescape_glob(pattern), re.DOTALL):
            return False
        if has_wildcard(pattern) and unescape_glob(pattern).strip("*") == "":
            return True if pattern.count("*") == len(pattern) else None
    return None
