"""Checkstyle's XML, which Jenkins and many other programs read.

There is no published schema; the format is what Checkstyle's own `XMLLogger` writes:
https://github.com/checkstyle/checkstyle/blob/master/src/main/java/com/puppycrawl/tools/checkstyle/XMLLogger.java
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from ssmlint import __version__
from ssmlint.report import Look, Summary
from ssmlint.report.columns import Columns
from ssmlint.report.markup import DECLARATION, tag
from ssmlint.rule import Finding


def render(findings: Sequence[Finding], summary: Summary, look: Look) -> Iterator[str]:
    """A `file` for each file that was checked, with an `error` for each finding."""
    # Checkstyle counts the `char`s of Java.
    columns = Columns("utf-16")
    yield DECLARATION
    yield tag("checkstyle", {"version": __version__}) + "\n"
    by_path = {path: list(group) for path, group in itertools.groupby(findings, _path)}
    for path in sorted({*summary.paths, *by_path}):
        yield f"  {tag('file', {'name': path})}\n"
        yield from (f"    {_error(finding, columns)}\n" for finding in by_path.get(path, ()))
        yield "  </file>\n"
    yield "</checkstyle>\n"


def _path(finding: Finding) -> str:
    return finding.source.path


def _error(finding: Finding, columns: Columns) -> str:
    region = columns.region(finding.source, finding.span)
    attributes = {
        "line": region.line,
        "column": region.column,
        "severity": finding.severity.value,
        "message": finding.message,
        # A dotted name, as of a class: some readers group by what stands before the last dot.
        "source": f"ssmlint.{finding.rule.name.replace('/', '.')}",
    }
    return tag("error", attributes, empty=True)
