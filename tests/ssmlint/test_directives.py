"""Comments that speak to ssmlint are read, and what is none is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssmlint.directives import directives_in, written

NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9/-]{0,20}", fullmatch=True)
#: Text on one line that can stand in a comment without beginning a directive of its own.
PROSE = st.text(st.characters(exclude_characters="\r\n#", exclude_categories=["Cs"]), max_size=30)


def names_in(text: str) -> list[list[str]]:
    return [[name.text for name in directive.names] for directive in directives_in(text)]


@pytest.mark.parametrize(
    ("comment", "names", "is_for_file"),
    [
        ("# ssmlint: ignore[a]", ["a"], False),
        ("#ssmlint:ignore[a]", ["a"], False),
        ("# ssmlint: ignore [ a ,b,] because", ["a", "b"], False),
        ("# ssmlint: ignore-file[SH101] because", ["SH101"], True),
        ("# ssmlint: ignore[shellcheck/SC2086]", ["shellcheck/SC2086"], False),
        ("# noqa # ssmlint: ignore[a]", ["a"], False),
    ],
)
def test_well_formed(comment: str, names: list[str], is_for_file: bool) -> None:
    (directive,) = directives_in(comment)
    assert [name.text for name in directive.names] == names
    assert [comment[name.start : name.end] for name in directive.names] == names
    assert directive.is_for_file == is_for_file
    assert not directive.problem


@pytest.mark.parametrize(
    ("comment", "problem"),
    [
        ("# ssmlint: ignore", "`ignore` names no rule, expected `ignore[rule, ...]`"),
        ("# ssmlint: ignore SH101", "`ignore` names no rule, expected `ignore[rule, ...]`"),
        ("# ssmlint: ignore[]", "`ignore[]` names no rule"),
        ("# ssmlint: ignore-file[ , ]", "`ignore-file[]` names no rule"),
        ("# ssmlint: ignore[a", "the `]` of `ignore[` is missing"),
        ("# ssmlint: ingore[a]", "unknown word `ingore`; did you mean `ignore[...]`?"),
        ("# ssmlint: Ignore[a]", "unknown word `Ignore`; did you mean `ignore[...]`?"),
        ("# ssmlint: disable=a", "unknown word `disable`; expected `ignore[...]`"),
        ("# ssmlint: noqa", "unknown word `noqa`; expected `ignore[...]`"),
        ("# ssmlint: name[a]", "unknown word `name`; expected `ignore[...]`"),
    ],
)
def test_not_well_formed(comment: str, problem: str) -> None:
    (directive,) = directives_in(comment)
    assert directive.problem == problem
    assert directive.names == ()


@pytest.mark.parametrize(
    "comment",
    [
        "# ssmlint: name=Freeze",
        "# ssmlint: name = Freeze",
        "# ssmlint: checked by hand",
        "# ssmlint is a linter",
        "# see `# ssmlint: ignore[a]`",
        "## ssmlint: ignore[a]",
        "# ssmlint:",
        "# ssmlint: [a]",
        "# SSMLINT: ignore[a]",
        "###=====###",
        "",
    ],
)
def test_no_directive(comment: str) -> None:
    assert list(directives_in(comment)) == []


def test_several_in_one_comment() -> None:
    comment = "# ssmlint: ignore[a] why # ssmlint: ignore-file[b] because  "
    first, second = directives_in(comment)
    assert comment[first.start : first.end] == "# ssmlint: ignore[a] why"
    assert comment[second.start : second.end] == "# ssmlint: ignore-file[b] because"


@given(PROSE, st.lists(NAMES, min_size=1, max_size=4), PROSE)
def test_what_is_written_is_read(before: str, names: list[str], reason: str) -> None:
    comment = f"# {before} {written(tuple(names), reason)}"
    (directive,) = directives_in(comment)
    assert [name.text for name in directive.names] == names
    assert not directive.problem
    assert comment[directive.start :].startswith("# ssmlint: ignore[")
    assert comment[directive.end :].strip() == ""


@given(st.text(max_size=40), st.text(max_size=40))
def test_whatever_is_written_is_read_without_harm(before: str, behind: str) -> None:
    text = f"{before}# ssmlint: ignore{behind}"
    for directive in directives_in(text):
        assert text[directive.start] == "#"
        assert directive.start < directive.end <= len(text)
        assert bool(directive.problem) != bool(directive.names)
        for name in directive.names:
            assert text[name.start : name.end] == name.text
            assert directive.start < name.start < name.end <= directive.end


def test_many_brackets_take_no_time() -> None:
    assert list(directives_in("# ssmlint: ignore" + "[" * 100_000))
    assert list(directives_in("# ssmlint: ignore[" + " " * 100_000))
    assert len(names_in(" # ssmlint: ignore[a]" * 10_000)) == 10_000
