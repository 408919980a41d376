"""Checks that other programs make, as findings like those of the rules: shellcheck.

It runs when it is asked for (`Settings.shellcheck`, or a selector that names it), beside
the rules, since it is another process.  Where one of our rules says the same of a place
(`Rule.covers`), ours is what the user gets to see.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType

from ssmlint.embedded import Script, scripts_of
from ssmlint.external.comments import problems_in
from ssmlint.external.duplicates import Said
from ssmlint.external.rules import rule_for
from ssmlint.model.document import SsmDocument
from ssmlint.rule import INTERNAL_ERROR, Finding, Problem
from ssmlint.settings import Settings, is_enabled
from ssmlint.shell.shellcheck import (
    MAX_SCRIPT,
    Batch,
    Request,
    ShellcheckFailed,
    dialect_of,
    find_program,
)
from ssmlint.shell.standins import StandIn, stand_in
from ssmlint.source import Span

_FAILED = "shellcheck failed"


def missing() -> str | None:
    """What to tell the user where shellcheck is asked for and not there, in one line."""
    if find_program() is not None:
        return None
    return (
        "shellcheck is not installed, so it has checked nothing: pip install 'ssmlint[shellcheck]'"
    )


class Shellcheck:
    """shellcheck at work on the scripts of some documents, from entering the context on.

    Without the program it finds nothing: what to say then is for `missing`.
    """

    def __init__(self, documents: Iterable[SsmDocument], settings: Settings) -> None:
        self._settings = settings
        self._scripts = [(script, stand_in(script)) for script in _readable(documents)]
        self._batch: Batch | None = None
        self._failure: ShellcheckFailed | None = None

    def __enter__(self) -> Shellcheck:
        program = find_program()
        if program is not None and self._scripts:
            batch = Batch(program, (_request(*item) for item in self._scripts))
            try:
                self._batch = batch.__enter__()
            except ShellcheckFailed as failure:
                self._failure = failure
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._batch is not None:
            self._batch.__exit__(kind, error, trace)

    def findings(self, ours: Sequence[Finding]) -> list[Finding]:
        """What shellcheck says and our own findings do not; waits for it.

        Never raises: where there is no answer, one `internal-error` says so.
        """
        found: list[tuple[Span, Finding]] = []
        try:
            found.extend(self._findings())
        except ShellcheckFailed as failure:
            self._failure = failure
        if self._failure is not None:
            return [_failed(self._scripts[0][0], self._failure)]
        said = Said(ours)
        kept = (finding for whole, finding in found if not said.covers(finding, whole))
        return list({(f.source, f.rule, f.span, f.message): f for f in kept}.values())

    def _findings(self) -> Iterator[tuple[Span, Finding]]:
        """What it says of each script, with the span of that."""
        comments = self._batch.comments() if self._batch is not None else {}
        for script, standing in self._scripts:
            whole = script.span(0, len(script.text))
            about = comments.get(_request(script, standing), ())
            for code, problem in problems_in(about, script, standing):
                if is_enabled(rule_for(code), self._settings):
                    yield whole, Finding(rule_for(code), script.source, problem)


def _readable(documents: Iterable[SsmDocument]) -> Iterator[Script]:
    """The scripts that shellcheck can read, and that are what will run."""
    for document in documents:
        for script in scripts_of(document):
            readable = not script.is_generated and len(script.text) <= MAX_SCRIPT
            if readable and dialect_of(script) is not None:
                yield script


def _request(script: Script, standing: StandIn) -> Request:
    return Request(dialect_of(script) or "", standing.text)


def is_failure(finding: Finding) -> bool:
    """Whether a finding says that shellcheck has failed: once for all scripts it was given."""
    return finding.rule is INTERNAL_ERROR and finding.message.startswith(_FAILED)


def _failed(script: Script, failure: ShellcheckFailed) -> Finding:
    text = f"{_FAILED}, so it has checked no script of this run: {failure}"
    return Finding(INTERNAL_ERROR, script.source, Problem(script.span(0, 1), text))
