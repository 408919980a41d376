"""Comments that silence findings, put where they are comments and change nothing else.

For each finding there are places to try, the best first.  What decides is a second look:
with the comments in it the file must hold the same data, its scripts the same commands, and
the comments must be about the findings that they were written for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from ssmlint.directives import IGNORE, Name, written
from ssmlint.embedded import Language, Script
from ssmlint.engine import Facts
from ssmlint.files import File, read
from ssmlint.records import dataclass
from ssmlint.rule import INTERNAL_ERROR, Finding
from ssmlint.settings import DEFAULTS
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.source import Source, Span
from ssmlint.suppression_lines import FileText, ScriptText
from ssmlint.suppressions import Suppression, Suppressions, UnusedSuppression
from ssmlint.tree import Style, plain
from ssmlint.workspace import Workspace

_ADDED = re.compile(r"[ \t]*# ssmlint: ignore\[[^\]\n]*\][^\n]*")
_INDENT = re.compile(r"[ \t]*")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a comment goes, and the text around its names."""

    offset: int
    before: str
    behind: str
    script: int | None = None


@dataclass(frozen=True, slots=True)
class Additions:
    """A file with comments added."""

    text: str
    silenced: tuple[Finding, ...]
    left: tuple[Finding, ...]
    """Those that no comment can be about."""


def with_ignores(file: File, findings: Sequence[Finding], reason: str = "") -> Additions:
    """The text of a file with comments that suppress findings of it.

    JSON, and files that cannot be read to the end, get none; nor do crashes, and findings
    about suppressions, which have fixes of their own.
    """
    source = file.source
    able = [f for f in findings if _is_silenceable(f)]
    if file.tree.broken or file.tree.format == "json" or not able:
        return Additions(source.text, (), tuple(findings))
    attempt = _Attempt(file, reason)
    chosen = _chosen(attempt, able, [])
    silenced = tuple(finding for finding, _ in chosen)
    done = {id(finding) for finding in silenced}
    left = tuple(finding for finding in findings if id(finding) not in done)
    return Additions(attempt.text_with(chosen), silenced, left)


#: Findings with the places of the comments about them.
_Chosen = list[tuple[Finding, _Place]]


def _chosen(attempt: _Attempt, findings: Sequence[Finding], before: _Chosen) -> _Chosen:
    """What can be silenced besides those before: all at once, or else half by half."""
    places = [attempt.places(finding) for finding in findings]
    best = [(f, found[0]) for f, found in zip(findings, places, strict=True) if found]
    if len(best) == len(findings) and attempt.holds([*before, *best]):
        return [*before, *best]
    if len(findings) > 1:
        middle = len(findings) // 2
        first = _chosen(attempt, findings[:middle], before)
        return _chosen(attempt, findings[middle:], first)
    for place in places[0][1:]:
        if attempt.holds([*before, (findings[0], place)]):
            return [*before, (findings[0], place)]
    return before


def _is_silenceable(finding: Finding) -> bool:
    return finding.rule is not INTERNAL_ERROR and finding.rule.on not in (
        Suppression,
        UnusedSuppression,
    )


class _Attempt:
    """Comments for one file, tried out."""

    def __init__(self, file: File, reason: str) -> None:
        self.source = file.source
        self.reason = reason
        self.facts = _facts_of(file)
        shells = self.facts.of(ShellScript)
        others = (s for s in self.facts.of(Script) if s.language is not Language.SHELL)
        self._scripts = [
            *(ScriptText(shell.script, shell) for shell in shells),
            *(ScriptText(script, None) for script in others),
        ]
        self._file = FileText(file.tree, self.facts.of(Script))
        self._present = self.facts.suppressions()
        self._shape = _shape(self.facts)

    def places(self, finding: Finding) -> list[_Place]:
        """Where a comment about a finding may go, the best place first."""
        return list(self._places(finding))

    def _places(self, finding: Finding) -> Iterator[_Place]:
        yield from self._in_present(finding)
        offset = finding.span.start
        for text in self._scripts:
            around = text.lines_around(offset)
            if around is not None and _is_literal(text.script, offset):
                yield from self._at_end(text, around.last)
                if around.first > 0:
                    yield from self._above_in(text, around.first)
                else:
                    header = self._file_line(text, 0) - 1
                    yield self._behind(header)
                return
        around = self._file.lines_around(offset)
        yield from self._above(around.first)
        yield self._behind(around.last)

    def _in_present(self, finding: Finding) -> Iterator[_Place]:
        """The comments that are about the place already, and name other rules."""
        for suppression in self._present:
            inner = suppression.directive.inner
            if (
                suppression.directive.is_for_file
                or inner is None
                or not suppression.directive.names
            ):
                continue
            names = (*suppression.directive.names, Name(finding.rule.name, *inner))
            wider = Suppression(suppression.text, replace(suppression.directive, names=names))
            if Suppressions([wider]).hide(finding):
                last = suppression.directive.names[-1].end
                yield _Place(suppression.text.place(last - 1, last).end, ", ", "")

    def _at_end(self, text: ScriptText, line: int) -> Iterator[_Place]:
        if text.takes_comment(text.lines.line_span(line).end) and not text.is_joined(line):
            yield self._behind(self._file_line(text, line))

    def _above_in(self, text: ScriptText, line: int) -> Iterator[_Place]:
        start = text.lines.line_span(line).start
        if text.script.language is Language.SHELL or text.takes_comment(start):
            yield from self._above(self._file_line(text, line))

    def _file_line(self, text: ScriptText, line: int) -> int:
        start = text.lines.line_span(line).start
        return self.source.lines.line_of(text.script.span(start, start + 1).start)

    def _behind(self, line: int) -> _Place:
        """The end of a line of the file."""
        head, tail = self._words()
        return _Place(self.source.lines.line_span(line).end, f"  {head}", tail)

    def _above(self, line: int) -> Iterator[_Place]:
        """A line of its own above a line of the file."""
        span = self.source.lines.line_span(line)
        indent = _INDENT.match(self.source.text, span.start, span.end)
        ends_with = "\r\n" if self.source.text.startswith("\r\n", span.end) else "\n"
        head, tail = self._words()
        if indent is not None:
            yield _Place(span.start, f"{indent[0]}{head}", f"{tail}{ends_with}")

    def _words(self) -> tuple[str, str]:
        head, _, tail = written(("\0",), self.reason, verb=IGNORE).partition("\0")
        return head, tail

    def text_with(self, chosen: Iterable[tuple[Finding, _Place]]) -> str:
        """The text of the file with the comments in it."""
        text, end = [], len(self.source.text)
        for place, names in sorted(_merged(chosen), key=lambda item: item[0].offset, reverse=True):
            comment = f"{place.before}{', '.join(names)}{place.behind}"
            text.append(comment + self.source.text[place.offset : end])
            end = place.offset
        return "".join([self.source.text[:end], *reversed(text)])

    def holds(self, chosen: Sequence[tuple[Finding, _Place]]) -> bool:
        """Whether the comments do what they are for, and nothing else."""
        text = self.text_with(chosen)
        source = Source(self.source.path, text, self.source.encoding, self.source.had_bom)
        facts = _facts_of(read(source))
        if facts.file.tree.broken or _shape(facts) != self._shape:
            return False
        suppressions = Suppressions(facts.suppressions())
        return all(suppressions.hide(self._moved(f, chosen, source)) for f, _ in chosen)

    def _moved(
        self, finding: Finding, chosen: Iterable[tuple[Finding, _Place]], source: Source
    ) -> Finding:
        """A finding where it stands in the text with the comments."""
        ahead = [item for item in _merged(chosen) if item[0].offset <= finding.span.start]
        # What is put at the end of a line is put behind a finding of no length there.
        ahead = [i for i in ahead if i[0].offset < finding.span.start or i[0].behind[-1:] == "\n"]
        by = sum(len(p.before) + len(", ".join(names)) + len(p.behind) for p, names in ahead)
        span = Span(finding.span.start + by, finding.span.end + by)
        return Finding(finding.rule, source, replace(finding.problem, span=span))


def _merged(chosen: Iterable[tuple[Finding, _Place]]) -> list[tuple[_Place, list[str]]]:
    """The places, each once, with the names of their rules."""
    found: dict[_Place, list[str]] = {}
    for finding, place in chosen:
        names = found.setdefault(place, [])
        if finding.rule.name not in names:
            names.append(finding.rule.name)
    return list(found.items())


def _facts_of(file: File) -> Facts:
    return Facts(file, Workspace(file.documents), DEFAULTS)


def _is_literal(script: Script, offset: int) -> bool:
    pieces = (p for p in script.pieces if offset in p.scalar.span)
    return any(piece.scalar.style is Style.LITERAL for piece in pieces)


def _shape(facts: Facts) -> Any:
    """The data of a file and the commands of its scripts, without comments that are added."""
    data = [_without_comments(plain(root)) for root in facts.file.tree.roots]
    kinds = [[type(n).__name__ for n in shell.index.nodes] for shell in facts.of(ShellScript)]
    errors = [len(shell.syntax.errors) for shell in facts.of(ShellScript)]
    return data, kinds, errors


def _without_comments(data: Any) -> Any:
    match data:
        case str():
            lines = (_ADDED.sub("", line) for line in data.split("\n"))
            return "\n".join(line for line in lines if line.strip())
        case list():
            return [_without_comments(item) for item in data]
        case dict():
            return {key: _without_comments(value) for key, value in data.items()}
    return data
