"""A rule's page: the Markdown docstring of its module, in sections, with its examples.

The page is written once and read by many: `ssmlint rule NAME` prints it, the editor shows
it, SARIF carries it as help, and a test runs the examples in it.  An example is a fenced
block below `## Example`.  The prose right before a fence says which case it shows: after
`Use instead:` it is the good one, after anything else the bad one; a fence that follows
another without prose between them shows the same case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.records import dataclass

#: The sections of a page in their order; those in `OPTIONAL_SECTIONS` may be missing.
SECTIONS = (
    "What it does",
    "Why is this bad?",
    "Example",
    "Fix safety",
    "Configuration",
    "References",
)
OPTIONAL_SECTIONS = frozenset({"Fix safety", "Configuration"})

_HEADING = re.compile(r"^## +(?P<title>.+?)\s*$")
_FENCE = re.compile(r"^(?P<fence>`{3,})(?P<info>[^`]*)$")
_GOOD = "Use instead"
_MARKER = re.compile(r"[ \t]*#(?P<arrows>(?: <-)+)[ \t]*$")
_REPEAT = re.compile(r"[ \t]*# repeated (?P<times>[\d,]+) times[ \t]*$")


@dataclass(frozen=True, slots=True)
class Section:
    """One `## Heading` of a page and the Markdown below it."""

    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Example:
    """One fenced block of the `Example` section, ready to be run."""

    info: tuple[str, ...]
    """The words of the fence's info string: the language, then the kind of fragment."""
    text: str
    """What the fence holds, without markers, repeated lines written out."""
    marked: tuple[int, ...]
    """The lines of `text` (from 0, in order) where a finding must start, once for each."""
    is_good: bool
    line: int
    """The line of the page (from 0) where the fence opens."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page in parts."""

    sections: tuple[Section, ...]
    examples: tuple[Example, ...]

    def section(self, title: str) -> str | None:
        """The body of a section, None where the page has none of that title."""
        return next((s.body for s in self.sections if s.title == title), None)

    @property
    def pairs(self) -> Iterator[tuple[Example, Example | None]]:
        """Each bad example with the good one that follows it before the next bad one."""
        for index, example in enumerate(self.examples):
            if not example.is_good:
                after = self.examples[index + 1 : index + 2]
                yield example, next((e for e in after if e.is_good), None)


def parse_page(text: str) -> Page:
    """Read a page; never raises: what a page lacks is for a test to say."""
    lines = text.splitlines()
    sections = tuple(_sections(lines))
    return Page(sections, tuple(_examples(lines)))


def _sections(lines: list[str]) -> Iterator[Section]:
    title: str | None = None
    body: list[str] = []
    for line, outside in _outside_fences(lines):
        heading = _HEADING.match(line) if outside else None
        if heading is None:
            body.append(line)
            continue
        if title is not None:
            yield Section(title, "\n".join(body).strip("\n"))
        title, body = heading["title"], []
    if title is not None:
        yield Section(title, "\n".join(body).strip("\n"))


def _outside_fences(lines: list[str]) -> Iterator[tuple[str, bool]]:
    fence: str | None = None
    for line in lines:
        match = _FENCE.match(line)
        if fence is None and match:
            fence = match["fence"]
            yield line, False
            continue
        yield line, fence is None
        if fence is not None and line.rstrip() == fence:
            fence = None


def _examples(lines: list[str]) -> Iterator[Example]:
    inside = is_good = False
    #: How the paragraph right before a fence begins; None where there is no prose between.
    lead: str | None = None
    fresh = True
    number = 0
    while number < len(lines):
        line = lines[number]
        fence = _FENCE.match(line)
        if fence is not None:
            end = _closing(lines, number, fence["fence"])
            is_good = is_good if lead is None else lead.startswith(_GOOD)
            if inside:
                yield _example(fence["info"], lines[number + 1 : end], is_good, number)
            lead, number, fresh = None, end + 1, True
            continue
        heading = _HEADING.match(line)
        if heading:
            inside, lead = heading["title"] == "Example", ""
        elif line.strip() and fresh:
            lead = line
        fresh = not line.strip() or heading is not None
        number += 1


def _closing(lines: list[str], opening: int, fence: str) -> int:
    """The line that closes a fence, the end of the page where none does."""
    rest = range(opening + 1, len(lines))
    return next((n for n in rest if lines[n].rstrip() == fence), len(lines))


def _example(info: str, lines: list[str], is_good: bool, number: int) -> Example:
    text: list[str] = []
    marked: list[int] = []
    for line in lines:
        marker = _MARKER.search(line)
        if marker:
            line = line[: marker.start()]
            marked.extend([len(text)] * marker["arrows"].count("<-"))
        repeat = _REPEAT.search(line)
        times = int(repeat["times"].replace(",", "")) if repeat else 1
        text.extend([line[: repeat.start()] if repeat else line] * times)
    return Example(
        tuple(info.split()), "".join(f"{line}\n" for line in text), tuple(marked), is_good, number
    )
