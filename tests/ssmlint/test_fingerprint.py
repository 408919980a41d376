"""Fingerprints: the same finding after an edit has the same one, another finding another."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssmlint import engine
from ssmlint.fingerprint import fingerprints, text_at
from ssmlint.rule import Severity
from ssmlint.settings import Settings
from ssmlint.source import Source, Span
from tests.ssmlint.report.making import finding, span_of

SCRIPT = """\
#!/bin/bash
freeze() {
  fsfreeze -f "$mount"
}
thaw() {
  fsfreeze -u "$mount"
}
freeze
"""


def indented(text: str, by: int) -> str:
    return "".join(f"{' ' * by}{line}" for line in text.splitlines(keepends=True))


def step(name: str, script: str = SCRIPT, by: int = 10) -> str:
    head = f"  - action: aws:runShellScript\n    name: {name}\n    inputs:\n"
    return f"{head}      timeoutSeconds: 1\n      runCommand:\n        - |\n{indented(script, by)}"


def document(*steps: str, before: str = "") -> str:
    head = f"{before}schemaVersion: '2.2'\ndescription: freezes\nmainSteps:\n"
    return head + "".join(steps or (step("data"), step("logs")))


def marks(text: str, *wanted: tuple[str, int], path: str = "a.yaml") -> list[str]:
    """The fingerprints of findings at the n-th occurrences of some texts."""
    source = Source(path, text)
    return fingerprints([finding(source, span_of(source, *place)) for place in wanted])


WHERE = (("$mount", 1), ("$mount", 2), ("$mount", 3), ("$mount", 4), ("'2.2'", 1))
KNOWN = marks(document(), *WHERE)


def test_form() -> None:
    assert all(re.fullmatch(r"[0-9a-f]{32}:1", mark) for mark in KNOWN)


def test_a_fingerprint_never_changes() -> None:
    # Baselines hold it; if this has to change, so has `VERSION`.
    assert marks("key: value\n", ("value", 1)) == ["c24873ba39bbf3bdbe999fe9059eb348:1"]


def test_equal_texts_in_different_places_differ() -> None:
    assert len(set(KNOWN)) == len(WHERE)


@pytest.mark.parametrize(
    "edited",
    [
        document(before="# a comment\n\n# another\n"),
        document().replace("description: freezes\n", "description: freezes and thaws\nfiles: {}\n"),
        document().replace("\n", "\r\n"),
        document(step("data", by=14), step("logs", by=12)),
        document(step("data", "#!/bin/bash\nset -u\n\n" + SCRIPT), step("logs")),
        document().replace('fsfreeze -f "$mount"', 'sudo  fsfreeze  -f  "$mount" || exit 1  # why'),
        document().replace("      timeoutSeconds: 1\n", ""),
    ],
    ids=[
        "lines above",
        "members added",
        "CRLF",
        "indented",
        "lines in the script",
        "line",
        "removed",
    ],
)
def test_edits_around_a_finding_do_not_matter(edited: str) -> None:
    assert marks(edited, *WHERE) == KNOWN


def test_steps_may_change_their_order() -> None:
    edited = document(step("logs"), step("data"))
    order = (("$mount", 3), ("$mount", 4), ("$mount", 1), ("$mount", 2), ("'2.2'", 1))
    assert marks(edited, *order) == KNOWN


def test_steps_may_come_and_go() -> None:
    edited = document(step("first"), step("data"))
    assert marks(edited, ("$mount", 3), ("$mount", 4)) == KNOWN[:2]


@pytest.mark.parametrize(
    "edited",
    [
        document().replace("name: data", "name: files"),
        document().replace("freeze() {", "halt() {"),
        document().replace('-f "$mount"', '-f "$mounts"', 1),
    ],
    ids=["another step", "another function", "another text"],
)
def test_what_makes_another_finding_of_it(edited: str) -> None:
    found = "$mounts" if "$mounts" in edited else "$mount"
    assert marks(edited, (found, 1))[0] != KNOWN[0]


def test_the_rule_counts_and_the_message_does_not() -> None:
    source = Source("a.yaml", document())
    place = span_of(source, "$mount")
    (same, other) = (
        finding(source, place, "said in other words"),
        finding(source, place, severity=Severity.INFO),
    )
    assert fingerprints([same]) == KNOWN[:1]
    assert fingerprints([other])[0] not in KNOWN


def test_the_path_does_not_count() -> None:
    assert marks(document(), *WHERE, path="elsewhere/b.yaml") == KNOWN


def test_json_on_one_line_is_the_same_document() -> None:
    data = {"schemaVersion": "2.2", "mainSteps": [{"name": "x", "inputs": {"a": ["b"]}}]}
    wanted = (('"2.2"', 1), ('"b"', 1))
    assert marks(json.dumps(data), *wanted) == marks(json.dumps(data, indent="\t"), *wanted)


def test_findings_that_agree_are_counted_in_the_order_of_the_file() -> None:
    source = Source("a.yaml", "- x\n- x\n- x\n")
    found = [finding(source, span_of(source, "x", n)) for n in (3, 1, 2)]
    numbers = [mark.partition(":")[2] for mark in fingerprints(found)]
    assert numbers == ["3", "1", "2"]
    assert len({mark.partition(":")[0] for mark in fingerprints(found)}) == 1


def test_each_file_counts_for_itself() -> None:
    sources = [Source(path, "x: y\n") for path in ("a", "b")]
    (first, second) = fingerprints([finding(source, "y") for source in sources])
    assert first == second


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        ("a  b\tc", Span(0, 6), "a b c"),
        ("\n\n  first\nsecond", Span(0, 16), "first"),
        ("  around it \nb", Span(4, 4), "around it"),
        ("x" * 1000, Span(0, 1000), "x" * 200),
        ("", Span(0, 0), ""),
    ],
)
def test_the_text_that_counts(text: str, span: Span, expected: str) -> None:
    assert text_at(Source("a", text), span) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a: [\n",
        "a: &x {b: *x}\n",
        "a: &x {b: 1}\nc: *x\n<<: *x\n",
        "- - - - - x\n" * 3,
        "[" * 5000,
        "a: 1\n---\na: 1\n",
        document(step("x", "if then fi ((\n")),
        "schemaVersion: '2.2'\nmainSteps: [{action: aws:runShellScript, inputs: {runCommand: ['f() {', 'x', '}']}}]",
    ],
    ids=range(9),
)
def test_any_file_has_places(text: str) -> None:
    source = Source("a.yaml", text)
    found = [finding(source, Span(i, i)) for i in range(min(len(text), 300) + 1)]
    assert len(set(fingerprints(found))) == len(found)


@settings(deadline=None, max_examples=60)
@given(st.text(st.sampled_from("ab:- \n\t{}[]'\"&*|>#$()é😀\ud800"), max_size=60), st.data())
def test_no_text_is_too_strange(text: str, data: st.DataObject) -> None:
    source = Source("a.yaml", text)
    ends = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    (mark,) = fingerprints([finding(source, Span(*ends))])
    assert re.fullmatch(r"[0-9a-f]{32}:1", mark)


def test_many_findings_in_a_large_file_cost_no_time() -> None:
    source = Source("a.yaml", "".join(f"key{number}: value\n" for number in range(50_000)))
    found = [finding(source, Span(at, at + 3)) for at in range(0, len(source.text) - 3, 40)]
    assert len(set(fingerprints(found))) == len(found)


DEFECTS = document(step("data"), step("data"))
MARKS_OF_DEFECTS = sorted(fingerprints(engine.check(Source("a.yaml", DEFECTS), Settings())))

#: Before which lines a comment means nothing: not before an interpreter line.
ANYWHERE = [n for n, line in enumerate(DEFECTS.splitlines()) if "#!" not in line]


@settings(deadline=None, max_examples=25)
@given(st.dictionaries(st.sampled_from(ANYWHERE), st.sampled_from(["", " " * 10 + "# note"])))
def test_comments_between_the_lines_change_nothing(comments: dict[int, str]) -> None:
    lines = DEFECTS.splitlines()
    for at in sorted(comments, reverse=True):
        lines.insert(at, comments[at])
    found = engine.check(Source("a.yaml", "\n".join(lines) + "\n"), Settings())
    assert sorted(fingerprints(found)) == MARKS_OF_DEFECTS
