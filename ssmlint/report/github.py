"""Annotations on GitHub: workflow commands, which the runner finds in a step's output.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ssmlint.report import Look, Summary
from ssmlint.report.cells import safe
from ssmlint.report.columns import Columns, Region
from ssmlint.report.paths import Paths
from ssmlint.rule import Finding, Severity

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}

#: Annotations of each kind that GitHub takes from one step
#: (https://github.com/actions/toolkit/blob/main/docs/problem-matchers.md, "Limitations",
#: which names warnings and errors; that notices have the same limit is inferred).
MOST_OF_A_KIND = 10

#: How `@actions/core` escapes what it hands to the runner (actions/toolkit,
#: packages/core/src/command.ts: `escapeData`, `escapeProperty`).
_IN_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})

#: What no text of a pipe can hold.
_UNWRITABLE = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


def render(findings: Sequence[Finding], summary: Summary, look: Look) -> Iterator[str]:
    """A command for each finding, the gravest first, and before them what GitHub hides.

    The runner writes all of them into the log of the step, and makes annotations of the
    first ten of each kind.  So the note comes first: it is one of the ten notices.
    """
    paths, columns = Paths(), Columns("utf-32")
    hidden = _hidden(summary)
    if hidden:
        yield _command("notice", {"title": "ssmlint"}, hidden)
    for finding in sorted(findings, key=lambda finding: finding.severity.rank):
        path = paths.shown(finding.source.path)
        region = columns.region(finding.source, finding.span)
        properties: dict[str, str | int] = {
            "title": f"ssmlint {finding.rule.label}",
            "file": path,
            **_place(region),
        }
        # In the log the properties do not appear, so the message has them once more.
        message = f"{safe(path)}:{region.line}:{region.column}: {safe(finding.message)}"
        message += "".join(_steps(finding))
        yield _command(_COMMANDS[finding.severity], properties, message)


def _place(region: Region) -> dict[str, int]:
    """Lines and columns; where the lines differ the runner drops the columns.

    (actions/runner, `ValidateLinesAndColumns` in ActionCommandManager.cs.)
    """
    if region.line != region.end_line:
        return {"line": region.line, "endLine": region.end_line}
    return {
        "line": region.line,
        "endLine": region.end_line,
        "col": region.column,
        "endColumn": region.end_column,
    }


def _steps(finding: Finding) -> Iterator[str]:
    for number, note in enumerate(finding.problem.trace, start=1):
        source = note.source or finding.source
        line = source.lines.line_of(note.span.start) + 1
        place = f"line {line}" if source is finding.source else f"{safe(source.path)}:{line}"
        yield f"\n{number}. {place}: {safe(note.message)}"


def _hidden(summary: Summary) -> str:
    """What is said where there are more findings than GitHub makes annotations of."""
    kinds = (("error", summary.errors), ("warning", summary.warnings), ("info", summary.infos))
    over = [(kind, count - MOST_OF_A_KIND) for kind, count in kinds]
    if all(more <= 0 for _, more in over):
        return ""
    # The note takes the place of one info.
    over = [(kind, more + 1 if kind == "info" else more) for kind, more in over]
    counts = [f"{more} {kind}{'s' * (more != 1)}" for kind, more in over if more > 0]
    listed = " and ".join(filter(None, (", ".join(counts[:-1]), counts[-1])))
    return f"{listed} more in the log of this step: GitHub shows {MOST_OF_A_KIND} of a kind"


def _command(name: str, properties: dict[str, str | int], message: str) -> str:
    pairs = ",".join(
        f"{key}={str(value).translate(_IN_PROPERTY)}" for key, value in properties.items()
    )
    return f"::{name} {pairs}::{message.translate(_IN_DATA)}\n".translate(_UNWRITABLE)
