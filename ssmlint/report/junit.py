"""JUnit XML, which nearly every build server shows as test results.

The members are those of the schema that Jenkins publishes (`junit-10.xsd` of its xUnit
plugin); it has no attribute for a place, so lines and columns stand in names and texts.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from ssmlint.report import Look, Summary
from ssmlint.report.markup import DECLARATION, escaped, tag
from ssmlint.rule import INTERNAL_ERROR, Finding, Severity


def render(findings: Sequence[Finding], summary: Summary, look: Look) -> Iterator[str]:
    """A `testsuite` for each file that was checked; a finding is a test that fails.

    Advice (severity info) does not fail a run, so it is a test that passes and says
    something; what could not be checked is an error.
    """
    by_path = {path: list(group) for path, group in itertools.groupby(findings, _path)}
    crashes = sum(finding.rule is INTERNAL_ERROR for finding in findings)
    tests = sum(max(1, len(by_path.get(path, ()))) for path in {*summary.paths, *by_path})
    counts = {
        "tests": tests + len(summary.failures),
        "failures": summary.errors + summary.warnings - crashes,
        "errors": crashes + len(summary.failures),
    }
    yield DECLARATION
    yield tag("testsuites", {"name": "ssmlint", **counts}) + "\n"
    for path in sorted({*summary.paths, *by_path}):
        yield from _suite(path, by_path.get(path, []))
    yield from _failures(summary.failures)
    yield "</testsuites>\n"


def _path(finding: Finding) -> str:
    return finding.source.path


def _suite(path: str, findings: list[Finding]) -> Iterator[str]:
    crashes = sum(finding.rule is INTERNAL_ERROR for finding in findings)
    failures = sum(finding.severity is not Severity.INFO for finding in findings) - crashes
    counts = {"tests": max(1, len(findings)), "failures": failures, "errors": crashes}
    yield f"  {tag('testsuite', {'name': path, **counts})}\n"
    if not findings:
        case = tag("testcase", {"name": "nothing found", "classname": path}, empty=True)
        yield f"    {case}\n"
    for finding in findings:
        yield from _case(path, finding)
    yield "  </testsuite>\n"


def _case(path: str, finding: Finding) -> Iterator[str]:
    position = finding.source.lines.position(finding.span.start)
    place = f"{position.line + 1}:{position.column + 1}"
    name = f"{finding.rule.label} at {place}"
    text = f"{path}:{place}: {finding.severity.value}: {finding.message}"
    text += "".join(_notes(finding))
    yield f"    {tag('testcase', {'name': name, 'classname': path})}\n"
    if finding.severity is Severity.INFO:
        yield f"      <system-out>{escaped(text)}</system-out>\n"
    else:
        kind = "error" if finding.rule is INTERNAL_ERROR else "failure"
        attributes = {"type": finding.severity.value, "message": finding.message}
        yield f"      {tag(kind, attributes)}{escaped(text)}</{kind}>\n"
    yield "    </testcase>\n"


def _notes(finding: Finding) -> Iterator[str]:
    problem = finding.problem
    steps = ((f"{number}. ", note) for number, note in enumerate(problem.trace, start=1))
    for lead, note in itertools.chain((("", note) for note in problem.related), steps):
        source = note.source or finding.source
        position = source.lines.position(note.span.start)
        yield f"\n{lead}{source.path}:{position.line + 1}:{position.column + 1}: {note.message}"
    if problem.fix is not None:
        yield f"\nfix: {problem.fix.title}"
    if finding.rule.url:
        yield f"\n{finding.rule.url}"


def _failures(failures: Sequence[str]) -> Iterator[str]:
    if not failures:
        return
    counts = {"tests": len(failures), "failures": 0, "errors": len(failures)}
    yield f"  {tag('testsuite', {'name': 'ssmlint', **counts})}\n"
    for number, failure in enumerate(failures, start=1):
        yield f"    {tag('testcase', {'name': f'run {number}', 'classname': 'ssmlint'})}\n"
        yield f"      {tag('error', {'type': 'error', 'message': failure}, empty=True)}\n"
        yield "    </testcase>\n"
    yield "  </testsuite>\n"
