"""Findings of paths, run: what the symbolic run says can happen is made to happen.

The trace of a finding says which command succeeds and which fails on the way.  From that come
the faults of a few cells, and a cell that breaks a promise which the document keeps without
the faults, or a stage that succeeds in spite of a failure, is the finding reproduced.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Sequence

from ssmlint.dryrun.commands import SIMULATED
from ssmlint.dryrun.matrix import Laboratory, Plan
from ssmlint.dryrun.model import CellReport
from ssmlint.dryrun.scenarios import POST, PRE
from ssmlint.model.document import SsmDocument
from ssmlint.records import dataclass
from ssmlint.rule import Finding, Note
from ssmlint.shell.fields import UNKNOWN
from ssmlint.shell.scriptfacts import ShellScript, shell_scripts_of
from ssmlint.shell.units import Use
from ssmlint.source import Span

_FAILS = re.compile(r"\bfails\b(?!, and nothing looks)")
_EMPTY = "the list is empty"
_HELD = "from here it is held"
_NOT = re.compile(r"the result is not `")
_ENDS_BADLY = re.compile(r"ends with `exit (?!0`)")


@dataclass(frozen=True, slots=True)
class Reproduction:
    """A cell in which the finding came true."""

    plan: Plan
    what: str

    @property
    def text(self) -> str:
        """In a few words, with the options that show it again."""
        faults = "".join(f" --fault '{fault}'" for fault in self.plan.faults)
        return f"reproduced: {self.what} (ssmlint dry-run --scenario {self.plan.scenario}{faults})"


class Replay:
    """The findings of one document, run in one laboratory."""

    def __init__(self, laboratory: Laboratory) -> None:
        self._laboratory = laboratory
        self._scripts = shell_scripts_of(laboratory.document)
        self._cells: dict[Plan, CellReport] = {}

    def reproduce(self, finding: Finding) -> Reproduction | None:
        """A cell in which the finding comes true; None if none of those tried does."""
        notes = finding.problem.trace
        swallows = not any(_ENDS_BADLY.search(note.message) for note in notes)
        plans = dict.fromkeys(self._plans(finding))
        tried = [plan for plan in plans if self._run(plan).fault_hit]
        for plan in tried:
            breach = self._new_breach(plan)
            if breach:
                return Reproduction(plan, breach)
        for plan in tried if swallows else ():
            if stage := _succeeds_all_the_same(self._run(plan)):
                return Reproduction(plan, f"{stage} ends with success all the same")
        return None

    def _new_breach(self, plan: Plan) -> str:
        """A promise that is broken with the faults of the plan and not without them."""
        known = {breach.message for breach in self._run(Plan(plan.scenario)).breaches}
        # A target that can not be released at all stays held whatever the script does.
        lasting = [f for f in plan.faults if "=fail" in f and not re.search(r":\d+=", f)]
        for breach in self._run(plan).breaches:
            held = breach.message.split(" ")[0] if breach.invariant == "given-back" else ""
            if breach.message not in known and not (held and any(held in f for f in lasting)):
                return breach.message
        return ""

    def _run(self, plan: Plan) -> CellReport:
        if plan not in self._cells:
            self._cells[plan] = self._laboratory.run(plan)
        return self._cells[plan]

    # --- from a trace to faults ------------------------------------------------------------------

    def _plans(self, finding: Finding) -> Iterator[Plan]:
        notes = finding.problem.trace
        thaw = [n for n in notes if "thaw" in n.message and _FAILS.search(n.message)]
        if thaw and finding.span != notes[-1].span:
            # What is never reached matters to the next run.
            yield Plan("second-run", ("thawed-meanwhile",))
        decisive = [n for n in notes if _HELD in n.message or _FAILS.search(n.message)]
        is_cut = bool(decisive) and _HELD in decisive[-1].message
        for stage in (PRE, POST):
            if is_cut:
                yield from self._cut(notes, stage)
            failing = list(self._failing(notes, stage))
            empty = list(self._empty(notes, stage))
            if failing and empty:
                yield Plan("snapshot", (*failing, *empty))
            if failing:
                yield Plan("snapshot", (failing[-1],))
                yield Plan("snapshot", tuple(dict.fromkeys(failing)))
                yield from self._lasting(failing[-1], stage)
            for fault in empty:
                yield Plan("snapshot", (fault,))
            for note in reversed(notes):
                if _NOT.search(note.message) and (pattern := self._pattern(note.span)):
                    yield Plan("snapshot", (f"{stage}/{pattern}=1",))
            yield from self._cut(notes, stage)

    def _failing(self, notes: Sequence[Note], stage: str) -> Iterator[str]:
        seen: dict[Span, int] = {}
        for note in notes:
            pattern = self._pattern(note.span)
            if pattern is None or "`" in note.message.split(" ")[0]:
                continue
            number = seen[note.span] = seen.get(note.span, 0) + 1
            if _FAILS.search(note.message):
                yield f"{stage}/{pattern}:{number}=fail"

    def _empty(self, notes: Sequence[Note], stage: str) -> Iterator[str]:
        for note in notes:
            if _EMPTY in note.message and (use := self._lists(note.span)):
                yield f"{stage}/{_pattern_of(use)}=fail"

    def _lasting(self, fault: str, stage: str) -> Iterator[Plan]:
        """The same call of the sound run, failing every time: what of the others?"""
        head, _, number = fault.removesuffix("=fail").rpartition(":")
        name, _, pattern = head.removeprefix(f"{stage}/").partition(":")
        sound = self._run(Plan("snapshot"))
        calls = [e.arguments for e in sound.trace if (e.command, e.source) == (name, stage)]
        like = ".*".join(map(re.escape, pattern.split("*")))
        calls = [arguments for arguments in calls if re.match(like, arguments)]
        if number.isdigit() and len(calls) >= int(number):
            yield Plan("snapshot", (f"{name}:{calls[int(number) - 1]}=fail",))

    def _cut(self, notes: Sequence[Note], stage: str) -> Iterator[Plan]:
        """The script is killed when it has just taken what the trace says it takes."""
        seen: dict[Span, int] = {}
        for note in notes:
            if _HELD in note.message and (pattern := self._pattern(note.span)):
                number = seen[note.span] = seen.get(note.span, 0) + 1
                yield Plan("snapshot", (f"{stage}/{pattern}:{number}=kill-after",))

    # --- from a place to a command ------------------------------------------------------------------

    def _pattern(self, span: Span) -> str | None:
        use = self._use(span)
        return None if use is None else _pattern_of(use)

    def _use(self, span: Span) -> Use | None:
        """The innermost command at a place of the file that the simulated host answers."""
        found: list[tuple[int, Use]] = []
        for script in self._scripts:
            for use in script.uses:
                place = script.place(use.span)
                inside = place.start <= span.start and span.end <= place.end
                if inside and use.invocation.name in SIMULATED:
                    found.append((place.end - place.start, use))
        return min(found, key=lambda pair: pair[0])[1] if found else None

    def _lists(self, span: Span) -> Use | None:
        """The command whose output the list at a place is, or that gave its variable a value."""
        for script in self._scripts:
            text = script.source.text[span.start : span.end]
            name = re.fullmatch(r'"?\$\{?(\w+)\}?"?', text)
            for use in script.uses:
                place = script.place(use.span)
                within = span.start <= place.start and place.end <= span.end
                if use.invocation.name in SIMULATED and (
                    within or (name is not None and _assigns(script, name[1], place))
                ):
                    return use
        return None


def _assigns(script: ShellScript, name: str, place: Span) -> bool:
    before = script.source.text[: place.start]
    line = before[before.rfind("\n") + 1 :]
    return re.search(rf"\b{re.escape(name)}=", line) is not None


def _pattern_of(use: Use) -> str:
    words = [field.text.replace(UNKNOWN, "*") for field in use.invocation.arguments]
    text = re.sub(r"\s+", " ", " ".join(words)).strip()
    text = re.sub(r"\*(?:[\s*]*\*)+", "*", text)
    return f"{use.invocation.name}:{text}" if text else use.invocation.name


def _succeeds_all_the_same(cell: CellReport) -> str:
    """The stage that had the fault and ended with success; empty where none did."""
    faults = [event.time for event in cell.trace if event.kind == "fault"]
    for stage in cell.stages:
        if stage.attempt == 1 and stage.status == "Success":
            prefix = f"{stage.command}/"
            own = any(fault.startswith(prefix) for fault in cell.fault.split(" + "))
            if own and any(stage.start <= time <= stage.end for time in faults):
                return stage.command
    return ""


def mark(findings: Iterable[Finding], replays: dict[SsmDocument, Replay]) -> Iterator[Finding]:
    """The findings, and behind the trace of one that came true what showed it."""
    by_file = {id(document.source): replay for document, replay in replays.items()}
    for finding in findings:
        replay = by_file.get(id(finding.source))
        shown = replay.reproduce(finding) if replay and finding.problem.trace else None
        if shown is None:
            yield finding
            continue
        trace = (*finding.problem.trace, Note(finding.span, shown.text))
        problem = dataclasses.replace(finding.problem, trace=trace)
        yield dataclasses.replace(finding, problem=problem)
