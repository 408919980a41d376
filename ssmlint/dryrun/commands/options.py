"""Reading the options of commands that stand in front of another command."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"(\d*\.?\d+)\s*([a-z]*)")

_UNITS = {
    "": 1.0,
    "ms": 0.001,
    "s": 1.0,
    "sec": 1.0,
    "second": 1.0,
    "seconds": 1.0,
    "m": 60.0,
    "min": 60.0,
    "minute": 60.0,
    "minutes": 60.0,
    "h": 3600.0,
    "hr": 3600.0,
    "hour": 3600.0,
    "hours": 3600.0,
    "d": 86400.0,
    "day": 86400.0,
    "days": 86400.0,
}


def seconds(text: str) -> float | None:
    """A time span, as `sleep`, `timeout` and systemd write it: `60`, `1.5m`, `1min 30s`.

    None for what is none.
    """
    compact = text.replace(" ", "")
    total, at = 0.0, 0
    for match in _NUMBER.finditer(compact):
        if match.start() != at or match[2] not in _UNITS:
            return None
        total += float(match[1]) * _UNITS[match[2]]
        at = match.end()
    return total if compact and at == len(compact) else None


def split(
    arguments: tuple[str, ...], with_value: str = "", long_with_value: tuple[str, ...] = ()
) -> tuple[dict[str, str], tuple[str, ...]]:
    """The options before the first word that is none, and the words from there on.

    `with_value` are the letters of short options that take a value, and `long_with_value`
    the long options that take one as the next word.  Options without a value map to "".
    """
    options: dict[str, str] = {}
    rest = list(arguments)
    while rest and rest[0].startswith("-") and rest[0] != "-":
        word = rest.pop(0)
        if word == "--":
            break
        if word.startswith("--"):
            name, equals, value = word.partition("=")
            if not equals and name in long_with_value and rest:
                value = rest.pop(0)
            options[name] = value
            continue
        letters = word[1:]
        while letters:
            letter, letters = letters[0], letters[1:]
            value = ""
            if letter in with_value:
                value, letters = (letters, "") if letters else (rest.pop(0) if rest else "", "")
            options[f"-{letter}"] = value
    return options, tuple(rest)


def options_of(
    arguments: tuple[str, ...], with_value: str = "", long_with_value: tuple[str, ...] = ()
) -> tuple[dict[str, str], tuple[str, ...]]:
    """As `split`, for commands whose options may stand behind other words, too."""
    options: dict[str, str] = {}
    words: list[str] = []
    rest = arguments
    while rest:
        if rest[0] == "--":
            words.extend(rest[1:])
            break
        found, behind = split(rest, with_value, long_with_value)
        options.update(found)
        if not behind:
            break
        words.append(behind[0])
        rest = behind[1:]
    return options, tuple(words)
