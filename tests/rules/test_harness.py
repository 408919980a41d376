"""The harness itself: it must not pass an example that does not do what its page says."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from ssmlint.page import Example, parse_page
from ssmlint.rule import Edit, Fix, Problem, Severity, rule
from ssmlint.source import Source, Span
from tests.rules.harness import (
    BadExample,
    expect_bad,
    expect_fixed,
    expect_good,
    wrap,
)


@rule("SH999", "shouting", Severity.INFO, on=Source)
def shouting(source: Source) -> Iterator[Problem]:
    """Report `LOUD` and offer `quiet`."""
    for match in re.finditer("LOUD", source.text):
        span = Span(*match.span())
        yield Problem(span, "too loud", fix=Fix("be quiet", (Edit(span, "quiet"),)))


@rule("SH998", "crashing", Severity.INFO, on=Source)
def crashing(source: Source) -> Iterator[Problem]:
    """Crash."""
    raise ValueError("oh")
    yield Problem(Span(0, 0), "")


def example(text: str, info: str = "bash") -> Example:
    (only,) = parse_page(f"## Example\n```{info}\n{text}```\n").examples
    return only


BAD = example("echo LOUD  # <-\n")
GOOD = example("echo quiet\n")


def test_a_right_pair_passes() -> None:
    assert [finding.message for finding in expect_bad(shouting, BAD)] == ["too loud"]
    expect_good(shouting, GOOD)
    assert expect_fixed(shouting, BAD, GOOD)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("echo quiet\n", "finds nothing"),
        ("echo LOUD\n", "at the lines marked"),
        ("echo  # <-\necho LOUD\n", "at the lines marked"),
        ("echo LOUD LOUD  # <-\n", "at the lines marked"),
        ("echo LOUD  # <- <-\n", "at the lines marked"),
    ],
)
def test_a_bad_example_must_be_found_where_it_is_marked(text: str, words: str) -> None:
    with pytest.raises(BadExample, match=words):
        expect_bad(shouting, example(text))


def test_two_findings_on_one_line_need_two_marks() -> None:
    assert len(expect_bad(shouting, example("echo LOUD LOUD  # <- <-\n"))) == 2


def test_a_good_example_must_be_clean_and_unmarked() -> None:
    with pytest.raises(BadExample, match="its own good example"):
        expect_good(shouting, example("echo LOUD\n"))
    with pytest.raises(BadExample, match="no `# <-` marks"):
        expect_good(shouting, example("echo quiet  # <-\n"))


def test_a_fix_must_give_the_good_example() -> None:
    with pytest.raises(BadExample, match="and not the good one"):
        expect_fixed(shouting, BAD, example("echo silence\n"))
    with pytest.raises(BadExample, match="right after it"):
        expect_fixed(shouting, BAD, None)


def test_a_crash_of_the_rule_fails() -> None:
    with pytest.raises(BadExample, match="oh"):
        expect_good(crashing, GOOD)


@pytest.mark.parametrize(
    "info", ["bash", "sh", "bash dlm", "sh dlm", "yaml step", "yaml parameters", "yaml document"]
)
def test_marks_count_from_the_first_line_of_the_fragment(info: str) -> None:
    if info.startswith("yaml"):
        text = "x: LOUD  # <-\naction: 'aws:x'\nmainSteps: []\nschemaVersion: '2.2'\n"
    else:
        text = "echo LOUD  # <-\n"
    assert len(expect_bad(shouting, example(text, info))) == 1


def test_fragments_of_scripts_get_the_shebang_that_they_ask_for() -> None:
    def first_line(text: str, info: str) -> str:
        return wrap(example(text, info)).source.text.partition("- |\n")[2].splitlines()[0].strip()

    assert first_line("date\n", "bash") == "#!/bin/bash"
    assert first_line("#!/bin/zsh\n", "bash") == "#!/bin/zsh"
    assert first_line("date\n", "sh") == "date"
