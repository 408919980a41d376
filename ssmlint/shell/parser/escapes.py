"""ANSI-C quoting: what the escapes of `$'...'` mean.

Source: the bash manual, "ANSI-C Quoting".
"""

from __future__ import annotations

import re

_SIMPLE = {
    "a": "\a",
    "b": "\b",
    "e": "\x1b",
    "E": "\x1b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
    "\\": "\\",
    "'": "'",
    '"': '"',
    "?": "?",
}
_ESCAPE = re.compile(
    r"\\(?:(?P<octal>[0-7]{1,3})|x(?P<hex>[0-9A-Fa-f]{1,2})|u(?P<short>[0-9A-Fa-f]{1,4})"
    r"|U(?P<long>[0-9A-Fa-f]{1,8})|c(?P<control>.)|(?P<simple>.))",
    re.DOTALL,
)


def decode(text: str) -> str:
    """The string that the inside of `$'...'` stands for; unknown escapes stay as written."""
    return _ESCAPE.sub(_meaning, text) if "\\" in text else text


def _meaning(match: re.Match[str]) -> str:
    if match["octal"]:
        return chr(int(match["octal"], 8) & 0xFF)
    digits = match["hex"] or match["short"] or match["long"]
    if digits:
        return _character(int(digits, 16))
    if match["control"]:
        return chr(ord(match["control"]) & 0x1F)
    return _SIMPLE.get(match["simple"], match[0])


def _character(code: int) -> str:
    return chr(code) if code <= 0x10FFFF else "\ufffd"
