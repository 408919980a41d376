"""Comments that speak to ssmlint: `# ssmlint: ignore[undefined-variable] why`.

What such a comment may say:

| comment                            | what it does                                         |
|------------------------------------|------------------------------------------------------|
| `# ssmlint: ignore[a, b] why`      | suppresses findings of the rules `a` and `b` nearby  |
| `# ssmlint: ignore-file[a, b] why` | suppresses them in the whole file                    |
| `# ssmlint: name=DOCUMENT`         | names the document (`SsmDocument.name`)              |

It may stand behind other words of the same comment, if a `#` of its own begins it:
`# shellcheck disable=SC2154 # ssmlint: ignore[undefined-variable]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.near import nearest
from ssmlint.records import dataclass

#: What every such comment contains: without it there is nothing to look for.
MARK = "ssmlint:"

IGNORE = "ignore"
IGNORE_FILE = "ignore-file"
_NAME = "name"

_HEAD = re.compile(rf"#[ \t]*{MARK}[ \t]*(?P<verb>[A-Za-z][\w-]*)")
_LIST = re.compile(r"[ \t]*\[(?P<names>[^\]\r\n]*)(?P<end>\])?")
_WORD = re.compile(r"[^\s,](?:[^,]*[^\s,])?")

#: Verbs of other linters.
_FOREIGN = frozenset({"disable", "disable-file", "noqa", "skip", "off"})


@dataclass(frozen=True, slots=True)
class Name:
    """A name between the brackets, and where it stands, in code points of the text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Directive:
    """One such comment; all offsets are code points of the text that was read."""

    start: int
    """Where its `#` stands."""
    end: int
    """Behind the last character of the reason that is not blank."""
    verb: str
    names: tuple[Name, ...]
    inner: tuple[int, int] | None
    """What stands between the brackets, None where there are no two brackets."""
    problem: str = ""
    """Why it has no effect; empty where it has."""

    @property
    def is_for_file(self) -> bool:
        """Whether it is about the whole file."""
        return self.verb == IGNORE_FILE


def directives_in(text: str, start: int = 0, end: int | None = None) -> Iterator[Directive]:
    """The directives in one comment, `text[start:end]`, which is on one line.

    Comments that are none (`name=`, prose that happens to begin like one) are left out;
    those that are meant as one and are not well formed have a `problem`.  Never raises.
    """
    limit = len(text) if end is None else end
    found = _HEAD.finditer(text, start, limit)
    heads = [m for m in found if m.start() == start or text[m.start() - 1].isspace()]
    for head, following in zip(heads, [*heads[1:], None], strict=False):
        stop = limit if following is None else following.start()
        directive = _directive(text, head, stop)
        if directive is not None:
            yield directive


def _directive(text: str, head: re.Match[str], stop: int) -> Directive | None:
    verb = head["verb"]
    end = head.start() + len(text[head.start() : stop].rstrip())
    brackets = _LIST.match(text, head.end(), end)
    if verb == _NAME and brackets is None:
        return None
    if verb not in (IGNORE, IGNORE_FILE):
        meant = brackets is not None or text[head.end() : end].startswith("=")
        near = nearest(verb, (IGNORE, IGNORE_FILE), cutoff=0.75)
        if not meant and near is None and verb not in _FOREIGN:
            return None
        hint = f"did you mean `{near}[...]`?" if near else f"expected `{IGNORE}[...]`"
        return Directive(head.start(), end, verb, (), None, f"unknown word `{verb}`; {hint}")
    if brackets is None:
        problem = f"`{verb}` names no rule, expected `{verb}[rule, ...]`"
        return Directive(head.start(), end, verb, (), None, problem)
    if brackets["end"] is None:
        return Directive(head.start(), end, verb, (), None, f"the `]` of `{verb}[` is missing")
    names = tuple(_names(text, *brackets.span("names")))
    problem = "" if names else f"`{verb}[]` names no rule"
    return Directive(head.start(), end, verb, names, brackets.span("names"), problem)


def _names(text: str, start: int, end: int) -> Iterator[Name]:
    for match in _WORD.finditer(text, start, end):
        yield Name(match[0], match.start(), match.end())


def written(names: tuple[str, ...], reason: str = "", *, verb: str = IGNORE) -> str:
    """A directive as text, the comment's `#` included."""
    text = f"# {MARK} {verb}[{', '.join(names)}]"
    return f"{text} {reason}" if reason else text
