"""Fixes made: a text and what is found in it in, a new text out.

A round makes as many fixes at once as do not touch each other; what is found in the new text
is fixed in the next round, until nothing is left.  Each round is held against a second look: a
text that cannot be read any more, or in which something new and grave is found, is thrown away,
and the fix that brings it is left out and said.  Nothing here reads or writes files, so that the
command line and the editor do the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from ssmlint.editing import Overlap, Taken, composed, edited, in_order, moved
from ssmlint.files import read
from ssmlint.model.document import SsmDocument
from ssmlint.powershell.scriptfacts import powershell_scripts_of
from ssmlint.python.scriptfacts import python_scripts_of
from ssmlint.records import dataclass
from ssmlint.rule import Edit, Finding, Safety, Severity
from ssmlint.shell.scriptfacts import shell_scripts_of
from ssmlint.source import Source

#: Rounds for one file.  Fixes that wait for each other take a few; more go round in circles.
MAX_ROUNDS = 50

#: How many times as long a file may get, and what is added to that for short ones.
_MOST_GROWTH, _ROOM = 4, 10_000

#: What is found in a text.  Findings in other files (of policies that call the document) count
#: as what a fix may bring, and are not fixed themselves.
Check = Callable[[Source], Sequence[Finding]]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A fix that was tried and not made, and why: a mistake of the rule, most likely."""

    finding: Finding
    reason: str
    """What would have come of it, as a phrase."""


@dataclass(frozen=True, slots=True)
class Round:
    """Fixes that were made at once; spans are those of the text before."""

    findings: tuple[Finding, ...]
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Fixed:
    """A file with fixes made."""

    before: Source
    source: Source
    """The file as it is now; the one before itself where nothing was made."""
    findings: tuple[Finding, ...]
    """What is found in it now."""
    rounds: tuple[Round, ...]
    refused: tuple[Refusal, ...] = ()
    converged: bool = True
    """Whether nothing was left to make; if not, fixes undo each other."""

    @property
    def applied(self) -> tuple[Finding, ...]:
        """What was mended, in the order in which it was; each in its own round's text."""
        return tuple(finding for one in self.rounds for finding in one.findings)

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The edits of the file before that come to the file now, from left to right."""
        return composed(self.before.text, (one.edits for one in self.rounds))


def is_fixable(finding: Finding) -> bool:
    """Whether there is a fix at all."""
    return finding.problem.fix is not None


def is_safely_fixable(finding: Finding) -> bool:
    """Whether there is a fix that nobody has to look at."""
    fix = finding.problem.fix
    return fix is not None and fix.safety is Safety.SAFE


def together(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings whose fixes can be made at once, those further up first.

    No edit of one touches an edit of another: what stands side by side may mean something
    else when both are made.  Findings that have the same edits are mended by one of them.
    """
    taken, found = Taken(), []
    for finding in sorted(findings, key=_by_place):
        edits = _edits(finding)
        if not taken.has(edits):
            if taken.touch(edits):
                continue
            taken.take(edits)
        found.append(finding)
    return tuple(found)


def _edits(finding: Finding) -> tuple[Edit, ...]:
    return finding.problem.fix.edits if finding.problem.fix is not None else ()


def _by_place(finding: Finding) -> tuple[object, ...]:
    return (min(edit.span for edit in _edits(finding)), *finding.sort_key[1:])


def fix_all(
    source: Source, check: Check, may: Callable[[Finding], bool] = is_safely_fixable
) -> Fixed:
    """Make every fix of a file that may be made, until nothing is left to make.

    Never raises for anything that a rule says: a fix that is not well formed is refused.
    """
    return _Run(source, check, may).result()


class _Run:
    """The rounds of one file."""

    def __init__(self, source: Source, check: Check, may: Callable[[Finding], bool]) -> None:
        self.before = source
        self.check = check
        self.may = may
        self.state = _State(source, tuple(check(source)))
        self.rounds: list[Round] = []
        self.refused: list[Refusal] = []
        self._left_out: set[tuple[str, int, int]] = set()
        """Rules and places of what is refused, in the text as it is now."""

    def result(self) -> Fixed:
        seen = {self.before.text}
        most = _MOST_GROWTH * len(self.before.text) + _ROOM
        converged = False
        while len(self.rounds) < MAX_ROUNDS:
            candidates = self._candidates()
            if not candidates:
                converged = True
                break
            has_changed = self._round(together(candidates))
            text = self.state.source.text
            if (has_changed and text in seen) or len(text) > most:
                break
            seen.add(text)
        return Fixed(
            self.before,
            self.state.source,
            self.state.findings,
            tuple(self.rounds),
            tuple(self.refused),
            converged,
        )

    def _candidates(self) -> list[Finding]:
        found = []
        for finding in self.state.findings:
            if finding.source is not self.state.source or not self.may(finding):
                continue
            if not is_fixable(finding) or _place(finding) in self._left_out:
                continue
            problem = _malformed(finding)
            if problem is not None:
                self._refuse(finding, problem)
            else:
                found.append(finding)
        return found

    def _round(self, chosen: Sequence[Finding]) -> bool:
        """Make what can be made of it: all at once, or else half by half."""
        kept, after = self._largest(chosen, (), None)
        if after is None:
            return False
        edits = _edits_of(kept)
        self.rounds.append(Round(tuple(kept), edits))
        self._left_out = {
            (rule, moved(start, edits), moved(end, edits)) for rule, start, end in self._left_out
        }
        self.state = after
        return True

    def _largest(
        self, chosen: Sequence[Finding], kept: tuple[Finding, ...], after: _State | None
    ) -> tuple[tuple[Finding, ...], _State | None]:
        """What can be made besides what is kept already, and what comes of both."""
        both = (*kept, *chosen)
        tried = self.state.with_fixes(both, self.check)
        if isinstance(tried, _State):
            return both, tried
        if len(chosen) > 1:
            middle = len(chosen) // 2
            kept, after = self._largest(chosen[:middle], kept, after)
            return self._largest(chosen[middle:], kept, after)
        self._refuse(chosen[0], tried)
        return kept, after

    def _refuse(self, finding: Finding, reason: str) -> None:
        self._left_out.add(_place(finding))
        self.refused.append(Refusal(finding, reason))


def _place(finding: Finding) -> tuple[str, int, int]:
    return (finding.rule.id, finding.span.start, finding.span.end)


def _edits_of(findings: Iterable[Finding]) -> tuple[Edit, ...]:
    """The edits of fixes that go together, each once."""
    edits = {edit: None for finding in findings for edit in _edits(finding)}
    return tuple(in_order(edits))


def _malformed(finding: Finding) -> str | None:
    edits, size = _edits(finding), len(finding.source.text)
    if not edits or any(not 0 <= e.span.start <= e.span.end <= size for e in edits):
        return "its edits are of no place in the file"
    try:
        in_order(edits)
    except Overlap:
        return "its edits overlap"
    if edited(finding.source.text, edits) == finding.source.text:
        return "it changes nothing"
    try:
        "".join(edit.text for edit in edits).encode(finding.source.encoding)
    except UnicodeEncodeError:
        return "it has a character that the file's encoding does not have"
    return None


class _State:
    """A text with what is found in it."""

    def __init__(self, source: Source, findings: tuple[Finding, ...]) -> None:
        self.source = source
        self.findings = findings
        self.shape = _Shape.of(source)

    def with_fixes(self, findings: Sequence[Finding], check: Check) -> _State | str:
        """The text with fixes made, or what speaks against it."""
        text = edited(self.source.text, _edits_of(findings))
        source = replace(self.source, text=text)
        lost = self.shape.lost_in(_Shape.of(source))
        if lost is not None:
            return lost
        after = _State(source, tuple(check(source)))
        return self._new_in(after) or after

    def _new_in(self, after: _State) -> str | None:
        """Something grave that is found now and was not before."""
        before = Counter(f.rule.id for f in self.findings if f.severity is Severity.ERROR)
        for finding in after.findings:
            if finding.severity is Severity.ERROR:
                before[finding.rule.id] -= 1
                if before[finding.rule.id] < 0:
                    return f"there would be a new `{finding.rule.name}`: {finding.message}"
        return None


@dataclass(frozen=True, slots=True)
class _Shape:
    """What of a file can be read, whatever rules run."""

    is_broken: bool
    documents: int
    policies: int
    script_errors: int

    @staticmethod
    def of(source: Source) -> _Shape:
        file = read(source)
        errors = sum(map(_script_errors, file.documents))
        return _Shape(file.tree.broken, len(file.documents), len(file.policies), errors)

    def lost_in(self, after: _Shape) -> str | None:
        """What can be read in this one and not in another, as a phrase."""
        if after.is_broken and not self.is_broken:
            return "the file could not be read any more"
        if after.documents < self.documents or after.policies < self.policies:
            return "the file would not be the document or policy that it is"
        if after.script_errors > self.script_errors:
            return "a script could not be read any more"
        return None


def _script_errors(document: SsmDocument) -> int:
    """How many errors of syntax the scripts of a document have, in any language."""
    shell = sum(len(script.syntax.errors) for script in shell_scripts_of(document))
    python = sum(script.syntax.problem is not None for script in python_scripts_of(document))
    powershell = sum(script.flaw is not None for script in powershell_scripts_of(document))
    return shell + python + powershell
