"""Patterns of parameters, judged by RE2 as the agent judges them. No rule.

The agent compiles `allowedPattern` with Go's `regexp` and looks for a match anywhere in the
value (aws/amazon-ssm-agent, `allowedregexparamvalidator.go`).  Go's `regexp` and RE2 have
one syntax, and neither can be made to run for long, whatever the pattern.
"""

from __future__ import annotations

import functools
import re
from typing import Any

from ssmlint.records import dataclass

_MAX_MEMORY = 64 << 20

#: Beyond these a pattern is only looked at from its two ends.
_LONGEST = 1000
_DEEPEST = 50

_FLAGS = re.compile(r"^\(\?[a-zA-Z]+\)")

#: What RE2 says about a construct that it lacks, in words.
_LACKS = {
    "(?=": "look-ahead",
    "(?!": "look-ahead",
    "(?<=": "look-behind",
    "(?<!": "look-behind",
    "(?>": "atomic groups",
}

#: What every engine refuses, Java's too, in words.
_REFUSED_BY_ALL = {
    "missing ]": "a `[` is never closed",
    "missing )": "a `(` is never closed",
    "unexpected )": "a `)` closes nothing",
    "trailing \\": "a `\\` stands at the end",
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why RE2 does not take a pattern."""

    message: str
    by_every_engine: bool


def refusal(pattern: str) -> Refusal | None:
    """Why RE2 refuses a pattern, None where it takes it or where nothing can be said."""
    compiled = _compiled(pattern)
    return compiled if isinstance(compiled, Refusal) else None


def matches(pattern: str, value: str) -> bool | None:
    """Whether a value passes a pattern; None where nothing can be said."""
    compiled = _compiled(pattern)
    if compiled is None or isinstance(compiled, Refusal):
        return None
    try:
        return compiled.search(value) is not None
    except UnicodeEncodeError:
        return None


@functools.lru_cache(maxsize=256)
def _compiled(pattern: str) -> Any:
    import re2

    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MAX_MEMORY
    try:
        return re2.compile(pattern, options)
    except UnicodeEncodeError:
        return None
    except re2.error as error:
        return _refusal(str(error.args[0].decode("utf-8", "replace")))


def _refusal(message: str) -> Refusal | None:
    what, _, where = message.partition(": ")
    if "too large" in message:  # a limit of this library, not of the agent
        return None
    if where in _LACKS:
        return Refusal(f"RE2 has no {_LACKS[where]} (`{where}`)", by_every_engine=False)
    if what == "invalid escape sequence" and where[1:].isdigit():
        return Refusal(f"RE2 has no back-references (`{where}`)", by_every_engine=False)
    if what in _REFUSED_BY_ALL:
        return Refusal(_REFUSED_BY_ALL[what], by_every_engine=True)
    is_range = what == "invalid character class range" and "\\p" not in where
    by_all = is_range or what == "no argument for repetition operator"
    return Refusal(f"{what}: `{where}`" if where else what, by_all)


def anchored(pattern: str) -> str | None:
    """The pattern for whole values that was most likely meant, None where that is not clear."""
    flags = _FLAGS.match(pattern)
    head = flags[0] if flags else ""
    body = pattern[len(head) :].removeprefix("^")
    stem = body[:-1]
    if body.endswith("$") and (len(stem) - len(stem.rstrip("\\"))) % 2 == 0:
        body = stem
    if len(pattern) > _LONGEST or "\n" in pattern:
        return None
    made = f"{head}^({body})$" if len(_alternatives(body)) > 1 else f"{head}^{body}$"
    return made if refusal(made) is None and is_anchored(made) else None


def is_anchored(pattern: str) -> bool:
    """Whether each alternative of a pattern begins with `^` and ends with `$`.

    Looks through groups: `^(a|b)$` and `(^a$)|(^b$)` are anchored, `^a|b$` is not.
    """
    pattern = _FLAGS.sub("", pattern, count=1)
    if len(pattern) > _LONGEST or pattern.count("(") > _DEEPEST:
        return pattern.startswith(("^", "\\A")) and pattern.endswith(("$", "\\z"))
    return _holds(pattern, _begins_anchored) and _holds(pattern, _ends_anchored)


def _holds(pattern: str, test: Any) -> bool:
    return all(test(branch) for branch in _alternatives(pattern))


def _begins_anchored(branch: str) -> bool:
    if branch.startswith(("^", "\\A")):
        return True
    end = _group_end(branch)
    return end is not None and _holds(_inside(branch[:end]), _begins_anchored)


def _ends_anchored(branch: str) -> bool:
    before = branch[:-1]
    if branch.endswith("$") and (len(before) - len(before.rstrip("\\"))) % 2 == 0:
        return True
    if branch.endswith("\\z"):
        return True
    starts = [i for i in range(len(branch)) if branch[i] == "(" and _group_end(branch[i:])]
    last = next((i for i in starts if i + (_group_end(branch[i:]) or 0) == len(branch)), None)
    return last is not None and _holds(_inside(branch[last:]), _ends_anchored)


def _inside(group: str) -> str:
    """What stands in a group, without `?:`, a name or flags."""
    body = group[1:-1]
    if not body.startswith("?"):
        return body
    cut = min((i for i in (body.find(":"), body.find(">")) if i >= 0), default=-1)
    return body[cut + 1 :]


def _alternatives(pattern: str) -> list[str]:
    """The parts of a pattern between the `|` that stand outside of groups and classes."""
    parts, start = [], 0
    for index, depth, is_plain in _walk(pattern):
        if is_plain and depth == 0 and pattern[index] == "|":
            parts.append(pattern[start:index])
            start = index + 1
    return [*parts, pattern[start:]]


def _group_end(pattern: str) -> int | None:
    """The end of the group that a pattern begins with, None where it begins otherwise."""
    if not pattern.startswith("("):
        return None
    for index, depth, is_plain in _walk(pattern):
        if is_plain and depth == 0 and pattern[index] == ")":
            return index + 1
    return None


def _walk(pattern: str) -> list[tuple[int, int, bool]]:
    """Each character's index, the depth of groups after it, and whether it is syntax."""
    found, depth, index, in_class = [], 0, 0, False
    while index < len(pattern):
        char = pattern[index]
        if char == "\\":
            found.append((index, depth, False))
            index += 2
            continue
        if in_class:
            in_class = char != "]" or pattern[index - 1] == "["
            found.append((index, depth, False))
        else:
            in_class = char == "["
            depth += {"(": 1, ")": -1}.get(char, 0)
            found.append((index, depth, True))
        index += 1
    return found
