"""What the checking process knows, and what it makes of that.

Every file is checked again when its text, its configuration or a document that its policies
call has changed, and only then.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from ssmlint import engine
from ssmlint.carriers.looks import looks_like_ours
from ssmlint.configuration import Configuration
from ssmlint.discovery import FoundFile
from ssmlint.facts import let_go
from ssmlint.files import Contents, File, Group, Result, workspace_of
from ssmlint.interruption import checkpoint
from ssmlint.records import dataclass
from ssmlint.rule import Finding
from ssmlint.source import Source
from ssmlint.workspace import Workspace
from ssmlint_lsp.checking.carrying import carried
from ssmlint_lsp.checking.complaints import Complaints
from ssmlint_lsp.checking.disk import Disk, counts
from ssmlint_lsp.checking.known import Baseline, Baselines
from ssmlint_lsp.checking.mending import Mender, Refused
from ssmlint_lsp.checking.showing import Showing
from ssmlint_lsp.configured import Configured
from ssmlint_lsp.messages import (
    Check,
    Checked,
    Closed,
    Documents,
    FilesChanged,
    Mend,
    Mended,
    Order,
    Report,
    Setting,
    Text,
)
from ssmlint_lsp.options import Options
from ssmlint_lsp.texts import source_of

#: Seconds that a user does not notice: who never waited longer than that is told once.
_NOTICED = 0.02


@dataclass(frozen=True, slots=True)
class _Open:
    """A document that is open."""

    version: int
    file: File


@dataclass(frozen=True, slots=True)
class _Known:
    """What was found in a file, and what that stands on."""

    file: File
    configuration: Configuration
    state: int
    """Which state of the documents of the session its policies have met; 0 without policies."""

    baseline: Baseline | None
    findings: Sequence[Finding] = ()
    rest: float = 0.0
    """Seconds that the slowest check so far took after the quick rules were done.

    A half-typed script is not run, so that the last check says little about the next.
    """

    def new(self, findings: Iterable[Finding]) -> Sequence[Finding]:
        """Findings of the file that its baseline does not list, in order."""
        found = sorted(findings, key=lambda finding: finding.sort_key)
        return found if self.baseline is None else self.baseline.without_known(found)

    def is_same(self, other: _Known) -> bool:
        """Whether nothing of that has changed."""
        return (
            self.file is other.file
            and self.configuration is other.configuration
            and self.state == other.state
            and self.baseline is other.baseline
        )


class Session:
    """The checking side of one session with an editor; `tell` sends what is found."""

    def __init__(self, tell: Callable[[Report], object]) -> None:
        self._tell = tell
        self.setting = Setting("utf-16", (), Options(), is_told=False)
        self.configured = Configured(Options())
        self._open: dict[str, _Open] = {}
        self._disk = Disk()
        self._known: dict[str, _Known] = {}
        self._documents: tuple[File, ...] = ()
        """The files with the documents that policies may call."""
        self._state = 1
        """Counts the changes of that."""
        self._told_places: tuple[tuple[str, str], ...] = ()
        self._wants_everything = False
        self._baselines = Baselines()
        self._complaints = Complaints()

    def take(self, order: Order) -> None:
        """Take in what has changed."""
        match order:
            case Setting():
                if order.encoding != self.setting.encoding:
                    self._known.clear()
                self.setting = order
                self._look_again()
            case Text(path, version, text):
                # What is none of our business may be of any size, and is not parsed.
                contents = None if looks_like_ours(text) else Contents(False, False)
                if path in self._open:
                    let_go(self._open[path].file)
                self._open[path] = _Open(version, File(source_of(path, text), contents))
            case Closed(path):
                self._open.pop(path, None)
                self._known.pop(path, None)
                self._look_again()
            case FilesChanged():
                self._look_again()
            case Check():
                self._wants_everything = self._wants_everything or order.everything
                if not self.setting.is_told:
                    # Configurations are few and near; to look for documents in all folders
                    # has time until something is opened, closed or saved.
                    self.configured = Configured(self.setting.options, self.configured)

    def _look_again(self) -> None:
        self.configured = Configured(self.setting.options, self.configured)
        self._disk.look_again()

    def check(self) -> None:
        """Check what has to be, and tell what is found, file by file.

        Raises `Interrupted`; what was found until then is kept.
        """
        files = {path: opened.file for path, opened in self._open.items()}
        if self._wants_everything:
            files |= {file.source.path: file for file in self._files() if file.is_ours}
        for path, file in files.items():
            self._check(path, file)
        self._wants_everything = False
        self._tell_all(self._complaints.about(self.configured.problems))
        self._tell_where_documents_are()

    def _tell_all(self, reports: Iterable[Report]) -> None:
        for report in reports:
            self._tell(report)

    def _tell_where_documents_are(self) -> None:
        self._state_of_documents()
        places = tuple((n, f.source.path) for f in self._documents for n in f.contents.documents)
        if places != self._told_places:
            self._told_places = places
            self._tell(Documents(places))

    def _check(self, path: str, file: File) -> None:
        configuration = self.configured.of_file(path)
        state = self._state_of_documents() if file.contents.has_policies else 0
        now = _Known(file, configuration, state, self._baseline(path))
        before = self._known.get(path)
        if before is not None and before.is_same(now):
            return
        is_ours = _counts(file, configuration)
        if is_ours:
            now = self._with_findings(now, before)
        self._known[path] = now
        self._tell(self._checked(now, now.findings, is_ours=is_ours))
        self._tell_all(self._complaints.about_programs(configuration))

    def _with_findings(self, now: _Known, before: _Known | None) -> _Known:
        """What is found in a file; who waits is told of it as soon as there is something."""
        waited = time.monotonic()

        def hear(result: Result) -> None:
            nonlocal waited
            waited = time.monotonic()
            if before is None or before.rest > _NOTICED:
                late = (
                    carried(before.findings, before.file.source, now.file.source) if before else ()
                )
                findings = now.new([*result.findings, *late])
                self._tell(self._checked(now, findings, is_complete=False))

        findings = now.new(self._findings(now.file, now.configuration, hear))
        rest = max(time.monotonic() - waited, before.rest if before else 0.0)
        return replace(now, findings=findings, rest=rest)

    def _checked(
        self,
        now: _Known,
        findings: Sequence[Finding],
        *,
        is_ours: bool = True,
        is_complete: bool = True,
    ) -> Checked:
        path = now.file.source.path
        version = self._open[path].version if path in self._open else None
        showing = self._showing(now)
        shown = showing.of(findings) if is_complete else showing.sketch_of(findings)
        return Checked(path, version, is_ours, shown, is_complete)

    def _showing(self, known: _Known) -> Showing:
        def facts() -> engine.Facts:
            return engine.Facts(known.file, Workspace(()), known.configuration.settings)

        return Showing(self.setting.encoding, facts)

    def mend(self, order: Mend) -> Mended:
        """What to change in a document; never raises."""
        opened, known = self._open.get(order.path), self._known.get(order.path)
        if opened is None or opened.version != order.version or known is None:
            return Mended(order.number, refusal="the document has changed meanwhile")
        if known.file is not opened.file:
            return Mended(order.number, refusal="the document has not been checked yet")

        def check(source: Source) -> Sequence[Finding]:
            return self._findings(File(source), known.configuration)

        mender = Mender(opened.file, known.findings, check)
        try:
            edits = mender.edits(order.how, order.finding)
        except Refused as refused:
            return Mended(order.number, refusal=str(refused))
        return Mended(order.number, self._showing(known).edits(opened.file.source, edits))

    def _findings(
        self, file: File, configuration: Configuration, early: engine.Early | None = None
    ) -> Sequence[Finding]:
        rules, settings = self.configured.rules_of(configuration), configuration.settings
        group = Group((file,), rules, settings)
        workspace = self._workspace(group) if file.contents.has_policies else Workspace(())
        (result,) = engine.results_of(group, workspace, early=early)
        return result.findings

    def _baseline(self, path: str) -> Baseline | None:
        """The baseline of the folder that a file is in, as a run on that folder has it."""
        above = next((f for f in self.setting.folders if _is_below(path, f)), None)
        own = self.configured.of_directory(above or os.path.dirname(os.path.abspath(path)))
        if own.baseline is None:
            return None
        baseline = self._baselines.at(own.baseline)
        if baseline.problem is not None:
            self.configured.keep(baseline.problem)
        return baseline

    # --- the other files of the session -----------------------------------------------------

    def _workspace(self, group: Group) -> Workspace:
        """The documents that the policies of a group may call, as a run on the folders has it."""
        files = self._documents
        return workspace_of(group, [Group(files, (), group.settings)])

    def _state_of_documents(self) -> int:
        """Counts the states of all documents that policies may call."""
        files = tuple(file for file in self._files() if file.contents.documents)
        if len(files) != len(self._documents) or any(
            one is not other for one, other in zip(files, self._documents, strict=True)
        ):
            self._documents = files
            self._state += 1
        return self._state

    def _files(self) -> Iterator[File]:
        """Every file of the session, as it is open or else as it lies on the disk.

        First those of the folders, in the order of a run on these; then what is open besides,
        and what configurations name.
        """
        seen: set[str] = set()
        for found in self._disk.found(self.setting.folders, self.configured):
            checkpoint()
            file = self._file(found, seen)
            if file is not None and counts(file, found):
                yield file
        for opened in tuple(self._open.values()):
            path = opened.file.source.path
            if path not in seen and _counts(opened.file, self.configured.of_file(path)):
                seen.add(path)
                yield opened.file
        for configuration in tuple(self.configured.whole.values()):
            for path in configuration.settings.documents.values():
                named = FoundFile(os.path.abspath(path), named=True)
                file = self._file(named, seen) if named.path not in seen else None
                if file is not None:
                    yield file

    def _file(self, found: FoundFile, seen: set[str]) -> File | None:
        seen.add(found.path)
        opened = self._open.get(found.path)
        return opened.file if opened is not None else self._disk.read(found)


def _counts(file: File, configuration: Configuration) -> bool:
    """Whether anything is said of a file that is open."""
    path = file.source.path
    if configuration.leaves_out(path, is_directory=False):
        return False
    return counts(file, FoundFile(path, named=False))


def _is_below(path: str, folder: str) -> bool:
    return path.startswith(folder.rstrip(os.sep) + os.sep)
