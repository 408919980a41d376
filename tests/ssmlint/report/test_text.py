"""The text format: excerpts, carets, related places, traces, fixes, the summary."""

from __future__ import annotations

import unicodedata

import pytest
from syrupy.assertion import SnapshotAssertion

from ssmlint.report import Look
from ssmlint.rule import Edit, Fix, Note, Safety, Severity
from ssmlint.source import Source, Span
from tests.ssmlint.report.making import finding, printed, span_of

SOURCE = Source(
    "documents/freeze.yaml",
    """\
schemaVersion: '2.2'
description: freezes
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
            echo "ERROR: $errormessage"
            exit 201
          fi
""",
)

OTHER = Source(
    "policies/daily.json", '{\n\t"Scripts": [\n\t\t{"ExecutionHandler": "freeze"}\n\t]\n}\n'
)


def note(source: Source, text: str, message: str, other: bool = False) -> Note:
    return Note(span_of(source, text), message, source if other else None)


def test_a_finding_with_everything(snapshot: SnapshotAssertion) -> None:
    fix = Fix("replace by `error_message`", (Edit(span_of(SOURCE, "errormessage"), "x"),))
    found = finding(
        SOURCE,
        "$errormessage",
        "`errormessage` is never set; did you mean `error_message`?",
        Severity.ERROR,
        related=(
            note(SOURCE, "error_message", "this is set"),
            note(OTHER, '"freeze"', "the policy that calls the document", other=True),
        ),
        trace=(
            note(SOURCE, "fsfreeze -f /data", "`fsfreeze` fails"),
            note(OTHER, '"ExecutionHandler"', "the policy goes on", other=True),
        ),
        fix=fix,
    )
    assert printed(found) == snapshot


def test_every_severity_and_the_summary(snapshot: SnapshotAssertion) -> None:
    found = [finding(SOURCE, "executionId", severity=severity) for severity in Severity]
    assert printed(*found, *found[:1], files=3) == snapshot


def test_colors(snapshot: SnapshotAssertion) -> None:
    related = (note(SOURCE, "error_message", "this is set"),)
    found = finding(SOURCE, "$errormessage", severity=Severity.WARNING, related=related)
    assert printed(found, look=Look(color=True)).replace("\x1b", "ESC") == snapshot


def test_an_unsafe_fix_says_so() -> None:
    found = finding(SOURCE, "exit 201", fix=Fix("remove it", (), Safety.UNSAFE))
    assert "= fix: remove it (look at it before you take it)\n" in printed(found)


@pytest.mark.parametrize("lines", [2, 5, 6, 9])
def test_spans_of_several_lines(lines: int, snapshot: SnapshotAssertion) -> None:
    start = SOURCE.text.index("action:")
    end = [i for i, char in enumerate(SOURCE.text) if char == "\n" and i > start][lines - 1]
    assert printed(finding(SOURCE, Span(start, end)), look=Look(quiet=True)) == snapshot


@pytest.mark.parametrize(
    "span",
    [Span(0, 0), Span(0, 1), Span(len(SOURCE.text), len(SOURCE.text)), Span(20, 21), Span(20, 22)],
    ids=str,
)
def test_spans_at_the_edges(span: Span, snapshot: SnapshotAssertion) -> None:
    assert printed(finding(SOURCE, span), look=Look(quiet=True)) == snapshot


def test_an_empty_file() -> None:
    out = printed(finding(Source("x.yaml", ""), Span(0, 0)), look=Look(quiet=True))
    assert out == "error[SSM900 some-error]: what is wrong\n --> x.yaml:1:1\n  |\n1 |\n  | ^\n\n"


def cells(text: str) -> int:
    """The cells of a line, counted in the simplest way that holds for these lines."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    marks = sum(unicodedata.category(char) == "Mn" for char in text)
    return len(text) + wide - marks


@pytest.mark.parametrize(
    "before",
    [
        "",
        "\t",
        "  \t",
        "echo 日本語; ",
        "echo Grüße, e\u0301te\u0301; ",
        "echo 😀😀; ",
        "\x1b[31m\x07; ",
        "echo \u202e\u2066; ",
        "x" * 300,
        "日本" * 300,
        "\x07" * 300,
        "\t" * 300,
    ],
    ids=ascii,
)
@pytest.mark.parametrize("after", ["", " # 日本", "y" * 5000], ids=len)
def test_the_carets_stand_under_the_span(before: str, after: str) -> None:
    source = Source("x.yaml", f"first\n{before}TARGET{after}\nlast\n")
    lines = printed(finding(source, "TARGET"), look=Look(quiet=True)).splitlines()
    at = next(i for i, line in enumerate(lines) if "TARGET" in line)
    shown, marked = lines[at], lines[at + 1]
    assert marked.lstrip(" |") == "^" * len("TARGET")
    assert marked.index("^") == cells(shown[: shown.index("TARGET")])
    assert cells(shown) <= Look().width + len("2 | ")


def test_two_places_on_one_long_line(snapshot: SnapshotAssertion) -> None:
    source = Source("x.json", '{"first": 1,' + ' "x": 2,' * 200 + ' "first": 3}')
    related = (Note(span_of(source, '"first"'), "the first of that name"),)
    found = finding(source, span_of(source, '"first"', 2), related=related)
    assert printed(found, look=Look(width=60, quiet=True)) == snapshot


def test_nothing_of_the_file_reaches_the_terminal_as_it_is() -> None:
    evil = "\x1b]0;owned\x07\x9b31m\r\u202e\ud800"
    source = Source(f"x{evil}.yaml", f"a: {evil}\n")
    related = (Note(Span(0, 1), evil, Source(evil, evil)),)
    fix = Fix(evil, ())
    found = finding(source, "a", f"message {evil}", related=related, trace=related, fix=fix)
    for output_format in ("text", "concise", "json"):
        out = printed(found, as_=output_format)
        assert out.replace("\n", "").isprintable(), output_format


def test_families_of_emoji_take_two_cells() -> None:
    source = Source("x", "👩\u200d👩\u200d👧 👍🏽 ❤\ufe0f TARGET\n")
    lines = printed(finding(source, "TARGET"), look=Look(quiet=True)).splitlines()
    assert lines[-2] == "  | " + " " * 9 + "^" * 6


def test_a_huge_line_costs_no_time() -> None:
    source = Source("x.json", "[" + "1," * 2_000_000 + "1]")
    found = [finding(source, Span(i, i + 1)) for i in range(0, 4_000_000, 4_000)]
    assert len(printed(*found)) > 1000


def test_nothing_found() -> None:
    assert printed(files=1) == "Nothing found in 1 file\n"
    assert printed(files=12) == "Nothing found in 12 files\n"
    assert printed(files=0) == ""
    assert printed(files=1, look=Look(quiet=True)) == ""
