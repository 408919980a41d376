"""Findings as text for people and programs: one module per format.

A format is a function `render(findings, summary, look)` that yields the output in pieces.
Lines and columns are made here and nowhere before: both from 1, columns in code points.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence
from typing import Protocol, cast

from ssmlint.records import dataclass
from ssmlint.rule import INTERNAL_ERROR, Finding, Severity

#: The formats by name, and the module of each, which is imported when it is asked for.
FORMATS = {
    "text": "text",
    "concise": "concise",
    "grouped": "grouped",
    "json": "as_json",
    "json-lines": "json_lines",
    "sarif": "sarif",
    "github": "github",
    "gitlab": "gitlab",
    "junit": "junit",
    "checkstyle": "checkstyle",
    "rdjson": "rdjson",
}

#: The formats that know how to print counts in place of findings, and the modules for it.
STATISTICS = {"text": "statistics", "json": "statistics_as_json"}


@dataclass(frozen=True, slots=True)
class Fixes:
    """What became of the fixes of a run."""

    made: int = 0
    """How many findings were mended, which are not among those that are reported."""
    fixable: int = 0
    """How many of those that are reported `--fix` would mend, under the same options."""
    held: int = 0
    """How many it would mend with `--unsafe-fixes`, if that is to be mentioned."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run came to."""

    files: int
    """How many files held something to check."""
    errors: int
    warnings: int
    infos: int
    crashed: bool
    """Whether a rule failed, so that a clean result proves nothing."""
    notices: tuple[str, ...] = ()
    """What else to say of the run, one line each: a program that was asked for is missing."""
    paths: tuple[str, ...] = ()
    """Those files, as the findings name them."""
    failures: tuple[str, ...] = ()
    """What could not be read or loaded, one line each."""
    status: int = 0
    """The exit status that the run comes to."""
    fixes: Fixes = Fixes()


def summarize(findings: Sequence[Finding], files: int, notices: tuple[str, ...] = ()) -> Summary:
    """Count the findings of a run over so many files.

    What a caller knows besides (`paths`, `failures`, `status`) is for it to fill in.
    """
    severities = [finding.severity for finding in findings]
    return Summary(
        files,
        errors=severities.count(Severity.ERROR),
        warnings=severities.count(Severity.WARNING),
        infos=severities.count(Severity.INFO),
        crashed=any(finding.rule is INTERNAL_ERROR for finding in findings),
        notices=notices,
    )


@dataclass(frozen=True, slots=True)
class Look:
    """How the output is to look, where the format leaves a choice."""

    color: bool = False
    links: bool = False
    """Whether rules are linked to their pages, as terminals understand it (OSC 8)."""
    width: int = 120
    """Cells of source text in a line of an excerpt; longer lines are cut around the span."""
    quiet: bool = False
    """Findings only, no summary."""


class Report(Protocol):
    """One output format."""

    def __call__(self, findings: Sequence[Finding], summary: Summary, look: Look) -> Iterator[str]:
        """The output in pieces, in order; each ends where a line ends."""


def load(name: str, *, statistics: bool = False) -> Report:
    """The format of that name, one of `FORMATS`; or how that prints counts, if it does.

    Raises `KeyError` for a name that is not in `FORMATS` (in `STATISTICS`).
    """
    module = (STATISTICS if statistics else FORMATS)[name]
    return cast("Report", importlib.import_module(f"{__name__}.{module}").render)
