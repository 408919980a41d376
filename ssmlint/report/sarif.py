"""SARIF 2.1.0, for code scanning on GitHub, Azure DevOps and editors.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html
says what each member means; numbers of sections below are of that text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ssmlint import __version__
from ssmlint.fingerprint import VERSION as FINGERPRINT_VERSION
from ssmlint.fingerprint import fingerprints
from ssmlint.page import parse_page
from ssmlint.project import SITE
from ssmlint.report import Look, Summary
from ssmlint.report.columns import Columns
from ssmlint.report.json_text import dumps
from ssmlint.report.paths import Paths
from ssmlint.rule import Finding, Fix, Note, Rule, Safety, Severity
from ssmlint.source import Source, Span

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

#: `level` of a result (3.27.10); GitHub calls the same thing `problem.severity` and has words of its own for it
#: (https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning).
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEM_SEVERITIES = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "recommendation",
}

_ROOT = "%SRCROOT%"

#: What would be read as a link to another place (3.11.6): `[text](target)`.
_LINK = re.compile(r"(?=\[[^\[\]]*\]\()")


def render(findings: Sequence[Finding], summary: Summary, look: Look) -> Iterator[str]:
    """One SARIF log with one run."""
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [_Run().run(findings, summary)]}
    yield dumps(log) + "\n"


class _Run:
    """Makes the one `run`, and knows how it writes places."""

    def __init__(self) -> None:
        self._paths = Paths()
        self._columns = Columns("utf-16")

    def run(self, findings: Sequence[Finding], summary: Summary) -> dict[str, Any]:
        rules = list({finding.rule.id: finding.rule for finding in findings}.values())
        rules.sort(key=lambda rule: rule.id)
        indexes = {rule.id: index for index, rule in enumerate(rules)}
        marks = fingerprints(findings)
        return {
            "tool": {"driver": _driver(rules)},
            "invocations": [_invocation(summary)],
            "columnKind": "utf16CodeUnits",
            # Without it a lone CR would end no line (schema: the default is CR LF and LF).
            "newlineSequences": ["\r\n", "\n", "\r"],
            "originalUriBaseIds": {
                _ROOT: {"description": _text("the root of the repository that was checked")}
            },
            "results": [
                self._result(finding, indexes[finding.rule.id], mark)
                for finding, mark in zip(findings, marks, strict=True)
            ],
        }

    def _result(self, finding: Finding, rule_index: int, mark: str) -> dict[str, Any]:
        source, problem = finding.source, finding.problem
        result = {
            "ruleId": finding.rule.id,
            "ruleIndex": rule_index,
            "level": _LEVELS[finding.severity],
            "message": _text(finding.message),
            "locations": [{"physicalLocation": self._physical(source, finding.span)}],
            "partialFingerprints": {f"ssmlint/v{FINGERPRINT_VERSION}": mark},
        }
        if problem.related:
            result["relatedLocations"] = [
                {"id": number, **self._location(source, note)}
                for number, note in enumerate(problem.related, start=1)
            ]
        if problem.trace:
            steps = [{"location": self._location(source, note)} for note in problem.trace]
            result["codeFlows"] = [{"threadFlows": [{"locations": steps}]}]
        if problem.fix:
            result["fixes"] = [self._fix(source, problem.fix)]
        return result

    def _location(self, source: Source, note: Note) -> dict[str, Any]:
        where = note.source or source
        return {
            "physicalLocation": self._physical(where, note.span),
            "message": _text(note.message),
        }

    def _physical(self, source: Source, span: Span) -> dict[str, Any]:
        return {"artifactLocation": self._artifact(source), "region": self._region(source, span)}

    def _artifact(self, source: Source) -> dict[str, str]:
        uri, is_relative = self._paths.uri(source.path)
        return {"uri": uri, "uriBaseId": _ROOT} if is_relative else {"uri": uri}

    def _region(self, source: Source, span: Span) -> dict[str, int]:
        region = self._columns.region(source, span)
        return {
            "startLine": region.line,
            "startColumn": region.column,
            "endLine": region.end_line,
            "endColumn": region.end_column,
        }

    def _fix(self, source: Source, fix: Fix) -> dict[str, Any]:
        caution = "" if fix.safety is Safety.SAFE else " (look at it before you take it)"
        replacements = [
            {
                "deletedRegion": self._region(source, edit.span),
                "insertedContent": {"text": edit.text},
            }
            for edit in fix.edits
        ]
        change = {"artifactLocation": self._artifact(source), "replacements": replacements}
        return {
            "description": _text(fix.title + caution),
            "artifactChanges": [change],
            "properties": {"safety": fix.safety.value},
        }


def _driver(rules: Iterable[Rule]) -> dict[str, Any]:
    return {
        "name": "ssmlint",
        "semanticVersion": __version__,
        "informationUri": SITE,
        "rules": [_descriptor(rule) for rule in rules],
    }


def _descriptor(rule: Rule) -> dict[str, Any]:
    page = rule.page or rule.name
    body = parse_page(rule.page).section("What it does")
    descriptor: dict[str, Any] = {
        "id": rule.id,
        # Microsoft's validator (SARIF1001) takes no name that is the id once more.
        **({"name": rule.name} if rule.name != rule.id else {}),
        "shortDescription": {"text": rule.summary or rule.name},
        "fullDescription": {"text": body or rule.name},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": _LEVELS[rule.severity], "enabled": rule.default},
        "properties": {
            "tags": [_tag(rule)],
            "problem.severity": _PROBLEM_SEVERITIES[rule.severity],
        },
    }
    if rule.url:
        descriptor["helpUri"] = rule.url
    return descriptor


def _tag(rule: Rule) -> str:
    """What the rule is about: the letters of its id, or the program that it belongs to."""
    program, _, code = rule.id.partition("/")
    return program if code else rule.family


def _invocation(summary: Summary) -> dict[str, Any]:
    invocation: dict[str, Any] = {
        "executionSuccessful": not (summary.failures or summary.crashed),
        "exitCode": summary.status,
    }
    notifications = [
        {"level": level, "message": _text(message)}
        for level, messages in (("error", summary.failures), ("note", summary.notices))
        for message in messages
    ]
    if notifications:
        invocation["toolExecutionNotifications"] = notifications
    return invocation


def _text(text: str) -> dict[str, str]:
    r"""A `message` of plain text.

    Braces stay single, although 3.11.5 would have them doubled: readers put arguments in
    their place only where there are arguments, and show `{{` as it is where there are none
    (sarif-vscode-extension, `format` in src/shared/index.ts), which in messages about
    `{{ references }}` would be wrong.
    """
    return {"text": _LINK.sub(r"\\", text)}
