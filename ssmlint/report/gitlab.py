"""GitLab's code quality report: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

from ssmlint.fingerprint import fingerprints
from ssmlint.report import Look, Summary
from ssmlint.report.json_text import dumps
from ssmlint.report.paths import Paths
from ssmlint.rule import Finding, Severity

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.INFO: "info"}


def render(findings: Sequence[Finding], summary: Summary, look: Look) -> Iterator[str]:
    """A JSON array of violations."""
    paths = Paths()
    marks = fingerprints(findings)
    found = [_violation(f, mark, paths) for f, mark in zip(findings, marks, strict=True)]
    yield dumps(found) + "\n"


def _violation(finding: Finding, mark: str, paths: Paths) -> dict[str, Any]:
    path = paths.shown(finding.source.path)
    lines = finding.source.lines
    first = lines.line_of(finding.span.start)
    last = lines.line_of(max(finding.span.start, finding.span.end - 1))
    # GitLab shows one of several violations with the same fingerprint, in whatever file.
    data = f"{path}\0{mark}".encode("utf-8", "surrogatepass")
    return {
        "description": finding.message,
        "check_name": finding.rule.name,
        "fingerprint": hashlib.sha256(data).hexdigest()[:32],
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": path, "lines": {"begin": first + 1, "end": last + 1}},
    }
