"""`ssmlint check --fix`, `--diff` and `--fix-only`: what is found is mended, or shown mended."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TextIO

from ssmlint import files
from ssmlint.cli import output
from ssmlint.configuration import Configuration
from ssmlint.errors import UserError
from ssmlint.files import File, Group
from ssmlint.records import dataclass
from ssmlint.report import Fixes
from ssmlint.rule import Finding, Safety
from ssmlint.source import Source

if TYPE_CHECKING:
    from ssmlint.fixing import Check, Fixed

#: What writes something else of a run's findings, by the names of the options.
_OTHER_WRITERS = ("write_baseline", "prune_baseline", "watch")


def add_options(add: Callable[..., Any]) -> None:
    """Declare the options of this module; `add` is a parser's `add_argument`."""
    for option, dest, purpose in (
        ("fix", "fix", "mend what can be mended safely, and report the rest"),
        ("unsafe-fixes", "unsafe_fixes", "make and show fixes, too, that a person should look at"),
    ):
        add(f"--{option}", dest=dest, action="store_true", default=None, help=purpose)
        add(f"--no-{option}", dest=dest, action="store_false", help=f"undo `{option} = true`")
    add("--diff", action="store_true", help="print what fixes would change, and change nothing")
    add("--fix-only", action="store_true", help="make fixes, and report nothing")
    add(
        "--exit-non-zero-on-fix",
        action="store_true",
        help="exit with 1 if anything was mended, even if nothing is left",
    )


def require_sense(options: argparse.Namespace) -> None:
    """Raise `UserError` where the options of this module contradict each other or others."""
    asked = next((name for name in ("diff", "fix_only", "fix") if getattr(options, name)), None)
    if asked is None:
        return
    given = [name for name in _OTHER_WRITERS if getattr(options, name)]
    given += ["add_ignores"] * (options.add_ignores is not None)
    if given:
        first, second = (f"`--{name.replace('_', '-')}`" for name in (asked, given[0]))
        hint = "fix first, then run it again"
        raise UserError(f"{first} and {second} exclude each other", hint=hint)
    if options.diff or options.fix_only:
        _require_no_report(options, "--diff" if options.diff else "--fix-only")


def _require_no_report(options: argparse.Namespace, asked: str) -> None:
    for name in ("output_file", "output_format", "statistics"):
        if getattr(options, name):
            raise UserError(f"`{asked}` prints no report that `--{name.replace('_', '-')}` is for")


@dataclass(frozen=True, slots=True)
class Plan:
    """What of the fixes is asked for."""

    writes: bool = False
    shows: bool = False
    """Whether a diff is printed in place of writing."""
    reports: bool = True
    """Whether what is left is reported."""
    unsafe: bool | None = None
    """Whether unsafe fixes count; None: they do not, and are mentioned."""
    fails_on_fix: bool = False

    @property
    def is_idle(self) -> bool:
        """Whether nothing is to be mended."""
        return not self.writes and not self.shows

    def fails_for(self, outcome: Outcome) -> bool:
        """Whether it is a failure that something was mended."""
        return self.fails_on_fix and outcome.count > 0

    def fixes(self, outcome: Outcome, left: Iterable[Finding]) -> Fixes:
        """What became of the fixes, and which there are for what is left."""
        found = [finding for finding in left if finding.problem.fix is not None]
        fixable = sum(map(self.may, found))
        held = 0 if self.unsafe is False else len(found) - fixable
        return Fixes(outcome.count, fixable, held)

    def may(self, finding: Finding) -> bool:
        """Whether the fix of a finding is one to make."""
        fix = finding.problem.fix
        return fix is not None and (fix.safety is Safety.SAFE or bool(self.unsafe))


def plan(options: argparse.Namespace, own: Configuration) -> Plan:
    """What the options and the configuration come to.

    Whoever asks for something else to be written or shown is not surprised by `fix = true`.
    """
    busy = options.add_ignores is not None or any(getattr(options, n) for n in _OTHER_WRITERS)
    wanted = (own.fix and not busy) or options.fix_only
    return Plan(
        writes=wanted and not options.diff,
        shows=options.diff,
        reports=not (options.diff or options.fix_only),
        unsafe=own.unsafe_fixes,
        fails_on_fix=options.exit_non_zero_on_fix,
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """A run after its fixes."""

    groups: tuple[Group, ...]
    findings: list[Finding]
    """What is found now."""
    fixed: tuple[Fixed, ...] = ()
    """The files that fixes were tried on."""

    @property
    def count(self) -> int:
        """How many findings were mended."""
        return sum(len(file.applied) for file in self.fixed)

    @property
    def changed(self) -> tuple[Fixed, ...]:
        """The files that are not what they were."""
        return tuple(file for file in self.fixed if file.source is not file.before)


def made(
    plan: Plan,
    groups: tuple[Group, ...],
    others: Sequence[File],
    findings: list[Finding],
    news: Iterable[Finding],
) -> Outcome:
    """The run with the fixes of its news made, in memory."""
    # Not at the top: most runs mend nothing.
    sources = {finding.source for finding in news if plan.may(finding)}
    if plan.is_idle or not sources:
        return Outcome(groups, findings)
    from ssmlint.fixing import fix_all

    known = _Known(findings, news)
    fixed: list[Fixed] = []
    for number, group in enumerate(groups):
        for file in group.files:
            if file.source in sources:
                check = known.watching(_check(groups, number, file, others))
                done = fix_all(file.source, check, lambda f: plan.may(f) and not known.has(f))
                fixed.append(done)
                if done.source is not done.before:
                    groups = tuple(_with(g, file, files.read(done.source)) for g in groups)
    changed = {done.source for done in fixed if done.source is not done.before}
    if not changed:
        return Outcome(groups, findings, tuple(fixed))
    return Outcome(groups, _found_now(groups, changed, others, findings), tuple(fixed))


def _with(group: Group, old: File, new: File) -> Group:
    if old not in group.files:
        return group
    return replace(group, files=tuple(new if file is old else file for file in group.files))


def _check(groups: Sequence[Group], number: int, file: File, others: Sequence[File]) -> Check:
    """What is found in a file of a group, and in the policies that may call it, if it changes."""
    callers = [_of_callers(group, file) for group in groups if file.documents]
    calling = {caller for group in callers for caller in group.files}
    rest = (f for group in groups for f in group.files if f is not file and f not in calling)
    others = (*rest, *others)

    from ssmlint import engine

    def check(source: Source) -> list[Finding]:
        own = replace(groups[number], files=(files.read(source),), hidden=[])
        return engine.check_groups([own, *callers], others)

    return check


def _of_callers(group: Group, file: File) -> Group:
    """The policies of a group with the rules that look at what they call."""
    from ssmlint import engine

    rules = tuple(rule for rule in group.rules if engine.needs_workspace(rule))
    files = tuple(f for f in group.files if f is not file and any(p.scripts for p in f.policies))
    return replace(group, files=files, rules=rules, hidden=[])


def _found_now(
    groups: Sequence[Group],
    changed: set[Source],
    others: Sequence[File],
    findings: Iterable[Finding],
) -> list[Finding]:
    """What is found when some files have changed: those and all policies are looked at anew."""
    from ssmlint import engine

    again: list[Group] = []
    kept: list[File] = []
    for group in groups:
        files = [f for f in group.files if f.source in changed or f.contents.has_policies]
        kept += [f for f in group.files if f not in files]
        again.append(replace(group, files=tuple(files)))
    still = {file.source for file in kept}
    for group in groups:
        group.hidden[:] = [finding for finding in group.hidden if finding.source in still]
    found = [finding for finding in findings if finding.source in still]
    found += engine.check_groups(again, (*kept, *others))
    return sorted(found, key=lambda finding: finding.sort_key)


class _Known:
    """Tells which findings are no news, and so not to be touched, however the file changes."""

    def __init__(self, findings: Sequence[Finding], news: Iterable[Finding]) -> None:
        new = {id(finding) for finding in news}
        old = [finding for finding in findings if id(finding) not in new]
        self._marks = {mark for f, mark in _marked(findings) if id(f) not in new} if old else set()
        self._known: dict[Source, set[int]] = {}
        """Findings (by identity) of the texts that were looked at."""

    def watching(self, check: Check) -> Check:
        """The same check, with an eye on what it finds."""
        if not self._marks:
            return check

        def watched(source: Source) -> Sequence[Finding]:
            found = check(source)
            self._known[source] = {id(f) for f, mark in _marked(found) if mark in self._marks}
            return found

        return watched

    def has(self, finding: Finding) -> bool:
        """Whether a finding is known."""
        return id(finding) in self._known.get(finding.source, ())


def _marked(findings: Sequence[Finding]) -> Iterator[tuple[Finding, tuple[str, str]]]:
    # Not at the top: without a baseline everything is news.
    from ssmlint.fingerprint import fingerprints

    for finding, mark in zip(findings, fingerprints(findings), strict=True):
        yield finding, (finding.source.path, mark)


@dataclass(eq=False)
class Input:
    """What came on standard input, which is mended by printing it."""

    data: bytes = b""
    source: Source | None = None
    """None where nothing was read from there."""
    is_printed: bool = False

    def print_mended(self, outcome: Outcome, stdout: TextIO) -> None:
        """Print it as it is with its fixes, byte for byte where there are none."""
        if self.source is None:
            return
        self.is_printed = True
        now = next((f.source for f in outcome.changed if f.before is self.source), None)
        data = self.data if now is None else self.source.to_bytes(now.text)
        buffer = getattr(stdout, "buffer", None)
        if buffer is None:
            stdout.write(data.decode(self.source.encoding, "replace"))
        else:
            stdout.flush()
            buffer.write(data)


def show(outcome: Outcome, options: argparse.Namespace, stdout: TextIO) -> None:
    """Print the diff."""
    from ssmlint.cli.diffing import diff

    look = output.look(options, stdout)
    for file in outcome.changed:
        stdout.writelines(diff(file.before, file.source, look, for_terminal=stdout.isatty()))


def write(outcome: Outcome, stdin: Input) -> Iterator[str]:
    """Write the files that have changed; yields why one cannot be written."""
    from ssmlint.cli.writing import replace_text

    for file in outcome.changed:
        if file.before is not stdin.source:
            try:
                replace_text(file.before, file.source.text)
            except UserError as error:
                yield str(error)


def account(plan: Plan, outcome: Outcome, left: Iterable[Finding]) -> str:
    """The line that sums up a run without a report."""
    verb = "Would fix" if plan.shows else "Fixed"
    if not outcome.count:
        nothing = "Nothing to fix"
        return f"{nothing}{_held(plan, outcome, left)}\n"
    findings = "1 finding" if outcome.count == 1 else f"{outcome.count} findings"
    files = "1 file" if len(outcome.changed) == 1 else f"{len(outcome.changed)} files"
    return f"{verb} {findings} in {files}{_held(plan, outcome, left)}\n"


def _held(plan: Plan, outcome: Outcome, left: Iterable[Finding]) -> str:
    held = plan.fixes(outcome, left).held
    return f" ({held} more with --unsafe-fixes)" if held else ""


def mistakes(outcome: Outcome) -> Iterator[str]:
    """What went wrong with fixes, which is the rules' fault and not the user's."""
    for file in outcome.fixed:
        for refusal in file.refused:
            finding = refusal.finding
            at = finding.source.lines.position(finding.span.start)
            where = f"{finding.source.path}:{at.line + 1}:{at.column + 1}"
            yield (
                f"{where}: the fix of `{finding.rule.name}` is not made: {refusal.reason}; "
                "please report this with the file"
            )
        if not file.converged:
            yield (
                f"{file.before.path}: fixes undo each other, no more than {len(file.rounds)} rounds "
                "were made; please report this with the file"
            )
