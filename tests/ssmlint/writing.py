"""Scalars written down at random, with the knowledge of where each character went.

A scalar is a list of `Part`s: what is written, and the text that it means (nothing for
quotes, indentation, a fold's white space).  The writers take every liberty that the styles
allow; the parsers must read back the text that they say, so they check each other.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from ssmlint.source import Span

KEPT_BREAKS = "\u2028\u2029"

_LETTERS = {
    "\0": "0", "\a": "a", "\b": "b", "\t": "t", "\n": "n", "\v": "v", "\f": "f", "\r": "r",
    "\x1b": "e", " ": " ", '"': '"', "/": "/", "\\": "\\",
    "\x85": "N", "\xa0": "_", "\u2028": "L", "\u2029": "P",
}  # fmt: skip


@dataclass(frozen=True)
class Part:
    written: str
    text: str = ""


def text_of(parts: list[Part]) -> str:
    return "".join(part.text for part in parts)


def file_of(parts: list[Part]) -> str:
    return "".join(part.written for part in parts)


def places(parts: list[Part], start: int) -> list[Span]:
    """Where each character of the text stands when the parts are written at `start`."""
    found = []
    for part in parts:
        end = start + len(part.written)
        if part.text == part.written:
            found += [Span(at, at + 1) for at in range(start, end)]
        elif part.text:
            found.append(Span(start, end))
        start = end
    return found


def double_escapes(char: str, random: Random) -> list[str]:
    code = ord(char)
    found = [f"\\U{code:08X}", f"\\U{code:08x}"]
    if code <= 0xFFFF:
        found.append(f"\\u{code:04x}")
    if code <= 0xFF:
        found.append(f"\\x{code:02X}")
    if char in _LETTERS:
        found.append("\\" + _LETTERS[char])
    if char == "\t":
        found.append("\\\t")
    return found


def single_escapes(char: str, random: Random) -> list[str]:
    return ["''"] if char == "'" else []


def no_escapes(char: str, random: Random) -> list[str]:
    return []


@dataclass
class Flow:
    """Writes plain and quoted scalars."""

    random: Random
    escapes: Callable[[str, Random], list[str]]
    raw: Callable[[str], bool]
    """Whether a character (no white space) may stand for itself."""
    quote: str = ""
    line_break: str = "\n"
    margin: int = 1
    one_line: bool = False
    parts: list[Part] | None = None

    def write(self, text: str) -> list[Part]:
        self.parts = [Part(self.quote)]
        #: What the line that was just begun came from, or nothing in the midst of a line.
        self.begun = ""
        #: A blank that a line break behind it would swallow.
        self.blank = False
        for char in text:
            if self.quote == '"' and not self.one_line and self.random.random() < 0.15:
                self.put([Part("\\" + self.line_break), self.indent()], "breaks")
            ways = self.ways(char)
            self.put(*self.random.choice(ways)) if ways else self.put([Part("x", "x")])
        self.parts.append(Part(self.quote))
        return self.parts

    def put(self, parts: list[Part], begun: str = "", blank: bool = False) -> None:
        assert self.parts is not None
        self.parts += parts
        self.begun, self.blank = begun, blank

    def indent(self) -> Part:
        return Part(" " * self.random.randint(self.margin, self.margin + 4))

    def trail(self) -> Part:
        return Part(self.random.choice(["", "", " ", "\t ", "   "]))

    def ways(self, char: str) -> list[tuple[list[Part], str, bool]]:
        found = [([Part(way, char)], "", False) for way in self.escapes(char, self.random)]
        if char in " \t":
            if not self.begun:
                found.append(([Part(char, char)], "", True))
        elif self.raw(char):
            found.append(([Part(char, char)], "", False))
        if not self.one_line and not self.blank and self.random.random() < 0.7:
            # Rather these, since they are what makes scalars hard to follow.
            found = [(parts, begun, False) for parts, begun in self.breaks(char)] or found
        return found

    def breaks(self, char: str) -> list[tuple[list[Part], str]]:
        written = Part(char if char in KEPT_BREAKS else self.line_break, char)
        match self.begun, char:
            case "", " ":
                return [([self.trail(), written, self.indent()], "fold")]
            case "", "\n":
                empty = Part(" " * self.random.randint(0, 3))
                first = Part(self.line_break)
                return [([self.trail(), first, empty, written, self.indent()], "breaks")]
            case "", "\u2028" | "\u2029":
                return [([self.trail(), written, self.indent()], "breaks")]
            case "breaks", "\n" | "\u2028" | "\u2029":
                return [([written, self.indent()], "breaks")]
        return []


@dataclass
class Block:
    """Writes literal and folded scalars."""

    random: Random
    folded: bool
    chomping: str = ""
    parent: int = 0
    """The column that the digit in the header counts from."""
    margin: int = 2
    line_break: str = "\n"
    comment: str = ""
    ends_file: bool = False
    """Whether the last line may go without a line break."""

    def write(self, lines: list[str]) -> list[Part]:
        runs = [position for position, line in enumerate(lines) if line]
        if not runs:
            kept = "\n" if self.chomping == "+" else ""
            return [self.header(""), *self.broken([kept] * len(lines))]
        parts = [self.header(lines[runs[0]]), *self.broken(["\n"] * runs[0])]
        for here, following in zip(runs, [*runs[1:], len(lines)], strict=True):
            parts += [Part(" " * self.margin), Part(lines[here], lines[here])]
            count = following - here
            if following < len(lines):
                parts += self.broken(self.between(lines[here], lines[following], count))
            elif not self.ends_file or self.random.random() < 0.5:
                parts += self.broken(self.tail(count))
        return parts

    def header(self, first: str) -> Part:
        digit = ""
        if first[:1] in (" ", "\t") or self.random.random() < 0.3:
            digit = str(self.margin - self.parent)
        indicators = [digit, self.chomping]
        self.random.shuffle(indicators)
        sign = ">" if self.folded else "|"
        return Part(sign + "".join(indicators) + self.comment + self.line_break)

    def between(self, line: str, following: str, count: int) -> list[str]:
        flush = line[0] not in " \t" and following[0] not in " \t"
        if not (self.folded and flush):
            return ["\n"] * count
        return [" "] if count == 1 else ["", *["\n"] * (count - 1)]

    def tail(self, count: int) -> list[str]:
        kept = {"": 1, "-": 0, "+": count}[self.chomping]
        return ["\n"] * kept + [""] * (count - kept)

    def broken(self, texts: list[str]) -> list[Part]:
        """Line breaks with the texts they mean; what stands before each is an empty line."""
        parts = []
        for number, text in enumerate(texts):
            if number:
                parts.append(Part(" " * self.random.randint(0, self.margin)))
            parts.append(Part(self.line_break, text))
        return parts


def write_json(text: str, random: Random) -> list[Part]:
    parts = [Part('"')]
    for char in text:
        if parts[-1].text and 0xD800 <= ord(parts[-1].text) < 0xDC00 <= ord(char) < 0xE000:
            continue  # the two escapes would be read as one character
        parts.append(Part(random.choice(_json_ways(char)), char))
    return [*parts, Part('"')]


def _json_ways(char: str) -> list[str]:
    units = char.encode("utf-16-be", "surrogatepass").hex()
    found = ["".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))]
    found.append(found[0].replace("a", "A").replace("d", "D"))
    if char >= " " and char not in '"\\' and not "\ud800" <= char <= "\udfff":
        found.append(char)
    short = json.dumps(char)[1:-1]
    if len(short) == 2:
        found.append(short)
    if char == "/":
        found.append("\\/")
    return found
