"""Whether the values that a parameter lets pass are safe words of a shell without quotes."""

from __future__ import annotations

import re

from ssmlint.model.document import Parameter

#: Characters that the shell leaves as they are, wherever they stand.
_SIGNS = "_:/@%+=,."
_SAFE = f"A-Za-z0-9{_SIGNS}"
_WORD = re.compile(rf"[{_SAFE}-]+")

_RANGE = "[a-z]-[a-z]|[A-Z]-[A-Z]|[0-9]-[0-9]"
_ESCAPED = rf"\\[dw{_SIGNS}-]"
_CLASS = rf"\[-?(?:{_RANGE}|[{_SAFE}]|{_ESCAPED})+-?\]"
#: A part of a pattern that only safe characters match; a bare `.` is none.
_PART = re.compile(
    rf"{_CLASS}|{_ESCAPED}|[A-Za-z0-9_:/@%=,-]|[*+?]\??|\{{\d+(?:,\d*)?\}}|\((?:\?:|(?!\?))|\)|\|"
)


def is_always_a_safe_word(parameter: Parameter) -> bool:
    """Whether no value can be split, expanded or end the command, bare as it stands.

    False also where the pattern is not simple enough to tell.
    """
    if parameter.type in ("Integer", "Boolean"):
        return True
    values = parameter.allowed_values
    if values:
        return all(_WORD.fullmatch(value.text) for value in values)
    pattern = parameter.allowed_pattern
    return pattern is not None and _matches_safe_words_only(pattern.text)


def _matches_safe_words_only(pattern: str) -> bool:
    """Whether a pattern of the agent's (RE2) is anchored and made of safe characters."""
    if not (pattern.startswith("^") and pattern.endswith("$")):
        return False
    depth, at, end = 0, 1, len(pattern) - 1
    while at < end:
        part = _PART.match(pattern, at, end)
        if part is None:
            return False
        depth += {"(": 1, ")": -1}.get(part[0][0], 0)
        if part[0] == "|" and depth == 0:
            return False  # `^a|b$` is anchored at one end each
        at = part.end()
    return depth == 0
