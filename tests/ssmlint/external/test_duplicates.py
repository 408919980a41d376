"""Where a rule of ours says it, shellcheck's word for it is not shown."""

from __future__ import annotations

import pytest

from ssmlint.external.duplicates import Said
from ssmlint.external.rules import rule_for
from ssmlint.rule import Finding, Note, Problem, Rule, Severity
from ssmlint.source import Source, Span
from tests.ssmlint.external.asking import heard, in_json, literal, names

SOURCE = Source("a.yaml", "{{ x }} {{ x }} {{ y }} 0123456789")


@pytest.mark.parametrize(
    ("script", "ours", "theirs"),
    [
        ('error_message=$(date)\necho "$errormessage: $error_message"', "SH101", "SC2154"),
        ("ls {{ x }}; cat {{ x }}", "SH301", "SC2086"),
        ("if true; then\n  date", "SH404", "SC1046"),
        ("x=0\ndate | while read -r _; do x=1; done\necho $x", "SH106", "SC2031"),
        ("date || exit -1", "SH205", "SC2242"),
    ],
)
def test_ours_wins(script: str, ours: str, theirs: str) -> None:
    parameters = "x: {type: String}\n" if "{{" in script else ""
    alone = names(heard(literal(script, parameters)))
    assert theirs in alone
    both = [f.rule.id for f in heard(literal(script, parameters), ours)]
    assert ours in both
    assert f"shellcheck/{theirs}" not in both


def test_elsewhere_shellcheck_is_heard() -> None:
    found = heard(literal('echo "$errormessage" $1'), "SH101")
    assert names(found) == ["undefined-variable", "SC2086"]


def test_once_for_a_whole_script() -> None:
    source = in_json("[[ -d / ]] && date", "[[ -e / ]] && date")
    assert names(heard(source)) == ["SC3010", "SC3010"]
    assert names(heard(source, "SH402")) == ["bash-syntax-under-sh"]


def finding(rule: Rule, start: int, end: int, *related: Span) -> Finding:
    notes = tuple(Note(span, "") for span in related)
    return Finding(rule, SOURCE, Problem(Span(start, end), "", related=notes))


def ours(*covers: str, script: tuple[str, ...] = ()) -> Rule:
    return Rule(
        "SH9",
        "ours",
        Severity.ERROR,
        Source,
        lambda _: iter(()),
        "",
        covers=covers,
        covers_script=script,
    )


def covered(said: Said, code: int, start: int, end: int) -> bool:
    return said.covers(finding(rule_for(code), start, end), Span(16, len(SOURCE.text)))


def test_places_that_overlap() -> None:
    rule = ours("shellcheck/SC20")
    said = Said([finding(rule, 25, 27, Span(30, 31)), finding(rule, 26, 28)])
    assert [at for at in range(24, 34) if covered(said, 2086, at, at + 1)] == [25, 26, 27, 30]
    assert covered(said, 2086, 24, 34)
    assert not covered(said, 2154, 24, 34)


def test_a_reference_anywhere() -> None:
    said = Said([finding(ours("shellcheck/SC2086"), 0, 7)])
    assert covered(said, 2086, 8, 15)
    assert not covered(said, 2086, 16, 23)


def test_a_whole_script_and_no_other() -> None:
    rule = ours(script=("shellcheck/SC3",))
    assert covered(Said([finding(rule, 20, 21)]), 3010, 30, 31)
    assert covered(Said([finding(rule, len(SOURCE.text), len(SOURCE.text))]), 3010, 30, 31)
    assert not covered(Said([finding(rule, 2, 3)]), 3010, 30, 31)
