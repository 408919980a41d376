"""JSON that any reader takes: ASCII, and no half of a surrogate pair."""

from __future__ import annotations

import json
import re
from typing import Any

_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def dumps(data: Any, indent: int | None = 2) -> str:
    """One JSON text without a line break behind it.

    It is ASCII, so that no locale and no terminal can spoil it.  A lone surrogate, which
    strict readers refuse (RFC 8259, 8.2), becomes U+FFFD.
    """
    text = json.dumps(data, indent=indent, ensure_ascii=False)
    text = _LONE_SURROGATE.sub("\ufffd", text)
    return _NOT_ASCII.sub(lambda match: json.dumps(match[0])[1:-1], text)
