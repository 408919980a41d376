"""Findings to print, without any file or rule behind them."""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.report import Look, Summary, load, summarize
from ssmlint.rule import Finding, Fix, Note, Problem, Rule, Severity
from ssmlint.source import Source, Span


def _check(_: Source) -> Iterator[Problem]:
    yield from ()


RULES = {
    severity: Rule(f"SSM90{severity.rank}", f"some-{severity.value}", severity, Source, _check, "")
    for severity in Severity
}


def span_of(source: Source, text: str, times: int = 1) -> Span:
    """The span of the n-th occurrence of some text."""
    start = -1
    for _ in range(times):
        start = source.text.index(text, start + 1)
    return Span(start, start + len(text))


def finding(
    source: Source,
    text: str | Span,
    message: str = "what is wrong",
    severity: Severity = Severity.ERROR,
    related: tuple[Note, ...] = (),
    trace: tuple[Note, ...] = (),
    fix: Fix | None = None,
) -> Finding:
    """A finding at the first occurrence of some text."""
    span = span_of(source, text) if isinstance(text, str) else text
    return Finding(RULES[severity], source, Problem(span, message, related, trace, fix))


def printed(*findings: Finding, as_: str = "text", files: int = 1, look: Look | None = None) -> str:
    """What a format makes of findings."""
    summary: Summary = summarize(findings, files)
    return "".join(load(as_)(findings, summary, look or Look()))
