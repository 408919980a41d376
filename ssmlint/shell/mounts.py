"""What a list of mounts can hold, judged by the command that makes it.

The text of the command is all there is: `lsblk -nlo MOUNTPOINT | grep -v '^/boot'`.  Filters
that are not understood are taken to do their work, so that an answer of True is sure.
"""

from __future__ import annotations

import re
import shlex

from ssmlint.shell.effects import EffectKind
from ssmlint.shell.symbolic.values import Symbol, SymbolKind

#: Lists of all mounts, and how they are told to list only some.
_LISTERS = {
    "lsblk": re.compile(r"/dev/|\$|--nodeps.*/"),
    "findmnt": re.compile(r"--target|--source|\s-[a-zA-Z]*[TSM]\b|--mountpoint|\s/|\s[\"']?\$"),
    "df": re.compile(r"\s/|\s[\"']?\$"),
    "mount": re.compile(r"^$"),
    "/proc/mounts": re.compile(r"^$"),
    "/proc/self/mounts": re.compile(r"^$"),
    "/etc/mtab": re.compile(r"^$"),
}

#: The filesystem that some path lies on, whichever it is.
_MOUNT_OF = re.compile(r"findmnt\b.*(?:--target|\s-[a-zA-Z]*T)[= ]?[\"']?\$|df\b.*\s[\"']?\$")

#: Signs that a script takes one mount for each filesystem.
_ONCE = re.compile(r"sort\s+(?:-\w+\s+)*-\w*u|\buniq\b|stat\s+-c\s*.?%[dD]|mountpoint\s+-d")
_ASSOCIATIVE = re.compile(r"(?:declare|local|typeset)\s+-\w*A\w*\s+(\w+)")


def _lists_mounts(item: Symbol) -> bool:
    return any(e.kind is EffectKind.LIST and e.resource == "filesystem" for e in item.effects)


def may_hold(item: Symbol, path: str) -> bool:
    """Whether `path` surely can be among the items of the list that `item` is one of."""
    if not _lists_mounts(item):
        return False
    stages = _stages(item)
    if _MOUNT_OF.search(stages[0]):
        # Files lie anywhere, but those of an application not in `/boot`.
        headless = all(stage.split()[:1] == ["tail"] for stage in stages[1:])
        return headless and path != "/boot"
    if item.kind is not SymbolKind.ITEM:
        return False
    narrowed = _LISTERS.get(_program(stages[0]))
    if narrowed is None or narrowed.search(stages[0]):
        return False
    return all(_lets_through(stage, path) for stage in stages[1:])


def is_mount_of_a_path(item: Symbol) -> bool:
    """Whether the list has one item: the mount that some path lies on."""
    return _lists_mounts(item) and _MOUNT_OF.search(_stages(item)[0]) is not None


def may_repeat(item: Symbol, script: str) -> bool:
    """Whether one filesystem surely can stand twice in the list."""
    if not may_hold(item, "/mnt/data") or _ONCE.search(script) or _looks_up(script):
        return False
    return _program(item.text.strip('$()`" ')) != "lsblk" or "MOUNTPOINTS" in item.text


def _stages(item: Symbol) -> list[str]:
    return [part.strip() for part in item.text.strip('$()`" ').split("|")]


def _looks_up(script: str) -> bool:
    """Whether a script keeps what it has seen in an associative array, and looks there."""
    return any(
        re.search(rf"\b{name}\[[^\]]*\]\+?=", script)
        and re.search(rf"\$\{{!?{name}\[[^@*]|-v\s+[\"']?{name}\[", script)
        for name in _ASSOCIATIVE.findall(script)
    )


def _program(stage: str) -> str:
    words = [word for word in stage.split() if word not in ("sudo", "cat", "awk", "command")]
    for word in words:
        if word in _LISTERS:
            return word
    return words[0] if words else ""


def _lets_through(stage: str, path: str) -> bool:
    """Whether a filter of a pipeline passes a line that is just `path`."""
    try:
        words = shlex.split(stage)
    except ValueError:
        return False
    if not words:
        return False
    if words[0] in ("sort", "uniq", "cat", "tac"):
        return True
    if words[0] not in ("grep", "egrep", "fgrep"):
        return False
    return _grep_passes(words, path)


def _grep_passes(words: list[str], path: str) -> bool:
    flags = "".join(word[1:] for word in words[1:] if re.fullmatch(r"-[a-zA-Z]+", word))
    patterns = [word for word in words[1:] if not word.startswith("-")]
    if len(patterns) != 1 or "f" in flags or any(word.startswith("--") for word in words):
        return False
    pattern = patterns[0]
    if "F" in flags or words[0] == "fgrep":
        pattern = re.escape(pattern)
    elif "E" not in flags and "P" not in flags and words[0] != "egrep":
        pattern = pattern.replace(r"\|", "|").replace(r"\(", "(").replace(r"\)", ")")
    try:
        found = re.fullmatch(pattern, path) if "x" in flags else re.search(pattern, path)
    except re.error:
        return False
    return (found is None) == ("v" in flags)
