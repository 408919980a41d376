"""Findings to print, without any file or rule behind them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from ssmlint.report import Look, Summary, load, summarize
from ssmlint.rule import INTERNAL_ERROR, Edit, Finding, Fix, Note, Problem, Rule, Safety, Severity
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
    return rendered(findings, summarize(findings, files), as_, look)


def rendered(
    findings: Sequence[Finding], summary: Summary, as_: str, look: Look | None = None
) -> str:
    """What a format makes of findings and of what else there is to say of a run."""
    return "".join(load(as_)(findings, summary, look or Look()))


DOCUMENT = Source(
    "documents/freeze tables.yaml",
    """\
schemaVersion: '2.2'
description: freezes 日本 😀 tables
parameters:
  executionId:
    type: String
mainSteps:
  - action: aws:runShellScript
    name: freeze
    inputs:
      runCommand:
        - |
          error_message=$(fsfreeze -f /data 2>&1)
          if [ $? -ne 0 ]; then
            echo "😀 $errormessage"
            exit 201
          fi
""",
)
POLICY = Source(r"C:\policies\daily & weekly.json", '{\n\t"Scripts": [{"Stages": ["PRE"]}]\n}\n')
CLEAN = "documents/clean.yaml"

PAGE = """\
## What it does
Reports variables that are read and never set,
as `$errormessage` in:

```bash
echo "$errormessage"  # <-
```

## Why is this bad?
They are empty.
"""
UNDEFINED = Rule(
    "SH101",
    "undefined-variable",
    Severity.WARNING,
    Source,
    _check,
    PAGE,
    url="https://example.com/undefined-variable.html",
)


def sample() -> tuple[list[Finding], Summary]:
    """Findings with everything that a finding may have, in two files of three."""
    edits = (Edit(span_of(DOCUMENT, "errormessage"), "error_message"),)
    both = (*edits, Edit(Span(len(DOCUMENT.text), len(DOCUMENT.text)), "# 100 % done\n"))
    undefined = Problem(
        span_of(DOCUMENT, "$errormessage"),
        "`errormessage` is never set; did you mean `error_message`?",
        related=(
            Note(span_of(DOCUMENT, "error_message"), "this is set"),
            Note(span_of(POLICY, '"PRE"'), "the stage that is run", POLICY),
        ),
        trace=(
            Note(span_of(DOCUMENT, "fsfreeze -f /data"), "`fsfreeze` fails, 100 % of it"),
            Note(span_of(POLICY, '"PRE"'), "the policy goes on", POLICY),
        ),
        fix=Fix("write `error_message`", both, Safety.UNSAFE),
    )
    findings = [
        finding(POLICY, '"PRE"', "a [link](1), <b>&amp;</b> and ]]>", Severity.ERROR),
        Finding(INTERNAL_ERROR, DOCUMENT, Problem(Span(0, 1), "rule `x` crashed: KeyError: 'y'")),
        finding(DOCUMENT, "😀 tables", "advice: no, none", Severity.INFO),
        finding(DOCUMENT, span_of(DOCUMENT, "executionId:\n    type"), "two lines"),
        Finding(UNDEFINED, DOCUMENT, undefined),
        finding(
            DOCUMENT,
            "201",
            "use 1",
            Severity.WARNING,
            fix=Fix("write `1`", (Edit(span_of(DOCUMENT, "201"), "1"),)),
        ),
        finding(DOCUMENT, Span(len(DOCUMENT.text), len(DOCUMENT.text)), "something is missing"),
    ]
    summary = dataclasses.replace(
        summarize(findings, 3, ("shellcheck is not installed",)),
        paths=(POLICY.path, CLEAN, DOCUMENT.path),
        failures=("gone.yaml: No such file or directory",),
        status=2,
    )
    return findings, summary
