"""One JSON object per line and finding, for `jq`, log collectors and streams."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ssmlint.report import Look, Summary
from ssmlint.report.as_json import members_of
from ssmlint.report.json_text import dumps
from ssmlint.rule import Finding


def render(findings: Sequence[Finding], summary: Summary, look: Look) -> Iterator[str]:
    """Objects with the members of `findings` in the JSON format, and nothing else."""
    for finding in findings:
        yield dumps(members_of(finding), indent=None) + "\n"
