"""XML in pieces: well-formed whatever stands in a file, a path or a message."""

from __future__ import annotations

import re
from collections.abc import Mapping

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'

#: What no XML document can hold, not even as a reference (XML 1.0, production 2, `Char`).
_IMPOSSIBLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"})

#: White space in an attribute would be read back as spaces (XML 1.0, 3.3.3).
_SPACE = str.maketrans({"\t": "&#9;", "\n": "&#10;"})


def escaped(text: str) -> str:
    r"""Text for an element, in ASCII.

    A character that XML cannot hold is shown as an escape (`\x1b`).
    """
    text = _IMPOSSIBLE.sub(lambda match: shown(match[0]), text)
    return text.translate(_MARKUP).encode("ascii", "xmlcharrefreplace").decode("ascii")


def shown(char: str) -> str:
    """The escape for a character that cannot be written."""
    return f"\\x{ord(char):02x}" if char < "\x80" else f"\\u{ord(char):04x}"


def tag(name: str, attributes: Mapping[str, str | int], *, empty: bool = False) -> str:
    """An opening tag, or a whole element without content."""
    pairs = "".join(f' {key}="{_quotable(str(value))}"' for key, value in attributes.items())
    return f"<{name}{pairs}{'/' if empty else ''}>"


def _quotable(text: str) -> str:
    return escaped(text).translate(_SPACE)
