"""The rounds of fixes, with rules made for the purpose."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssmlint.editing import edited
from ssmlint.engine import check_file
from ssmlint.files import read
from ssmlint.fixing import Check, Fixed, fix_all, is_fixable, is_safely_fixable, together
from ssmlint.rule import Edit, Finding, Fix, Problem, Rule, Safety, Severity, rule
from ssmlint.source import Source, Span, decode

HEAD = "schemaVersion: '2.2'\ndescription: "
TAIL = "\nmainSteps: []\n"


def in_body(pattern: str, source: Source) -> Iterator[re.Match[str]]:
    start = len(HEAD) if source.text.startswith(HEAD) else 0
    end = source.text.rfind(TAIL) if source.text.endswith(TAIL) else len(source.text)
    return re.compile(pattern).finditer(source.text, start, end)


def words(
    pattern: str,
    new: str | Callable[[re.Match[str]], str],
    name: str = "a-word",
    severity: Severity = Severity.WARNING,
    safety: Safety = Safety.SAFE,
) -> Rule:
    """A rule that replaces what a pattern finds."""

    def check(source: Source) -> Iterator[Problem]:
        for match in in_body(pattern, source):
            text = new if isinstance(new, str) else new(match)
            fix = Fix("replace it", (Edit(Span(*match.span()), text),), safety)
            yield Problem(Span(*match.span()), f"found `{match[0]}`", fix=fix)

    return rule(f"XX{sum(map(ord, name)) % 1000}", name, severity, on=Source)(check)


def complaint(pattern: str, severity: Severity = Severity.ERROR) -> Rule:
    """A rule without fixes."""

    def check(source: Source) -> Iterator[Problem]:
        for match in in_body(pattern, source):
            yield Problem(Span(*match.span()), "oh")

    return rule("XX999", "a-complaint", severity, on=Source)(check)


def by(*rules: Rule) -> Check:
    return lambda source: check_file(read(source), rules)


def fix(text: str, *rules: Rule, unsafe: bool = True) -> Fixed:
    source = Source("a.yaml", HEAD + text + TAIL)
    return fix_all(source, by(*rules), is_fixable if unsafe else is_safely_fixable)


def body(fixed: Fixed) -> str:
    assert edited(fixed.before.text, fixed.edits) == fixed.source.text
    text = fixed.source.text
    assert text.startswith(HEAD)
    assert text.endswith(TAIL)
    return text[len(HEAD) : -len(TAIL)]


class TestRounds:
    def test_everything_at_once_where_nothing_touches(self) -> None:
        fixed = fix("a b a", words("[ab]", "x"))
        assert (body(fixed), len(fixed.rounds), len(fixed.applied)) == ("x x x", 1, 3)
        assert fixed.converged
        assert fixed.findings == ()

    def test_one_after_the_other_where_they_touch(self) -> None:
        fixed = fix("aab", words("a", "x"), words("b", "y", "another"))
        assert (body(fixed), len(fixed.rounds)) == ("xxy", 2)

    def test_what_a_fix_brings_to_light_is_fixed_next(self) -> None:
        fixed = fix("a", words("a", "b"), words("b", "c", "another"))
        assert (body(fixed), len(fixed.rounds)) == ("c", 2)

    def test_equal_fixes_of_two_rules_are_made_once(self) -> None:
        fixed = fix("a", words("a", "x"), words("a", "x", "another"))
        assert body(fixed) == "x"
        assert [f.rule.name for f in fixed.applied] == ["a-word", "another"]

    def test_what_is_unsafe_waits_to_be_asked_for(self) -> None:
        rules = (words("a", "x"), words("b", "y", "another", safety=Safety.UNSAFE))
        assert body(fix("a b", *rules, unsafe=False)) == "x b"
        assert body(fix("a b", *rules)) == "x y"

    def test_nothing_to_do(self) -> None:
        fixed = fix("a", words("b", "c"))
        assert fixed.source is fixed.before
        assert (fixed.rounds, fixed.edits, fixed.converged) == ((), (), True)

    def test_fixes_that_undo_each_other_come_to_an_end(self) -> None:
        fixed = fix("a", words("a", "b"), words("b", "a", "another"))
        assert not fixed.converged
        assert len(fixed.rounds) == 2

    def test_fixes_that_never_end_come_to_an_end(self) -> None:
        fixed = fix("a", words("a+", lambda match: match[0] + "a"))
        assert not fixed.converged
        assert len(body(fixed)) == 51
        fixed = fix("a", words("a", "aa"))
        assert not fixed.converged

    def test_a_finding_elsewhere_is_not_fixed_here(self) -> None:
        other = Source("b.yaml", HEAD + "a" + TAIL)
        a_word = words("a", "x")

        def check(source: Source) -> list[Finding]:
            return [*by(a_word)(source), *by(a_word)(other)]

        fixed = fix_all(Source("a.yaml", HEAD + "a" + TAIL), check)
        assert (body(fixed), len(fixed.applied)) == ("x", 1)


class TestRefusals:
    """A fix whose result is worse than what it mends is a mistake of its rule."""

    def test_the_file_breaks(self) -> None:
        fixed = fix("a b", words("a", "{"), words("b", "y", "another"))
        assert body(fixed) == "a y"
        (refusal,) = fixed.refused
        assert (refusal.finding.rule.name, refusal.reason) == (
            "a-word",
            "the file could not be read any more",
        )
        assert [f.message for f in fixed.findings] == ["found `a`"]

    def test_the_document_is_none_any_more(self) -> None:
        away = words("(?s).*", "x\n")
        text = HEAD + "a" + TAIL + "# end\n"
        fixed = fix_all(Source("a.yaml", text), by(away))
        assert fixed.source is fixed.before
        assert "document" in fixed.refused[0].reason

    def test_something_grave_is_new(self) -> None:
        fixed = fix("a b a", words("a", "!"), words("b", "y", "another"), complaint("!"))
        assert body(fixed) == "a y a"
        assert [r.reason for r in fixed.refused] == ["there would be a new `a-complaint`: oh"] * 2

    def test_something_less_grave_may_be_new(self) -> None:
        fixed = fix("a", words("a", "!"), complaint("!", Severity.WARNING))
        assert (body(fixed), fixed.refused) == ("!", ())

    def test_a_script_breaks(self) -> None:
        text = (
            HEAD + "x\nmainSteps:\n- action: aws:runShellScript\n  name: x\n"
            "  inputs:\n    runCommand: [echo a, echo b]\n"
        )
        fixed = fix_all(
            Source("a.yaml", text), by(words("echo a", "'if'"), words("echo b", "c", "another"))
        )
        assert fixed.source.text == text.replace("echo b", "c")
        assert fixed.refused[0].reason == "a script could not be read any more"

    @pytest.mark.parametrize(
        ("action", "inputs"),
        [
            ("aws:runShellScript", "runCommand: [echo a]"),
            ("aws:runPowerShellScript", "runCommand: [echo a]"),
            ("aws:executeScript", "{Runtime: python3.11, Handler: h, Script: print(1)}"),
        ],
    )
    def test_a_script_breaks_in_any_language(self, action: str, inputs: str) -> None:
        version = "0.3" if action == "aws:executeScript" else "2.2"
        text = (
            f"schemaVersion: '{version}'\nmainSteps:\n- action: {action}\n  name: x\n"
            f"  inputs:\n    {inputs}\n"
        )
        bad = words("echo a|print\\(1\\)", "'if ('")
        fixed = fix_all(Source("a.yaml", text), by(bad))
        assert [refusal.reason for refusal in fixed.refused] == [
            "a script could not be read any more"
        ]

    def test_the_encoding_lacks_a_character(self) -> None:
        source = decode((HEAD + "a" + TAIL).encode() + b"# \xff", "a.yaml")
        fixed = fix_all(source, by(words("a", "😀")))
        assert fixed.source is source
        assert (
            fixed.refused[0].reason == "it has a character that the file's encoding does not have"
        )

    def test_only_the_one_that_does_harm_is_left_out(self) -> None:
        def bad(match: re.Match[str]) -> str:
            return "\n{" if match[0] == "7" else "x"

        fixed = fix("1 2 3 4 5 6 7 8 9", words(r"\d", bad))
        assert body(fixed) == "x x x x x x 7 x x"
        assert len(fixed.refused) == 1

    def test_a_refused_fix_is_known_when_it_has_moved(self) -> None:
        fixed = fix("a b", words("a", "long"), words("(?<=long) b", ": {", "another"))
        assert body(fixed) == "long b"
        fixed = fix("a b", words("a", "xxx"), words("b", "{: {", "another"))
        assert (body(fixed), len(fixed.refused)) == ("xxx b", 1)

    @pytest.mark.parametrize(
        ("edits", "reason"),
        [
            ([(0, 2, "x"), (1, 3, "y")], "its edits overlap"),
            ([], "its edits are of no place in the file"),
            ([(0, 9999, "x")], "its edits are of no place in the file"),
            ([(3, 2, "x")], "its edits are of no place in the file"),
            ([(0, 1, "s")], "it changes nothing"),
        ],
    )
    def test_edits_that_are_none(self, edits: list[tuple[int, int, str]], reason: str) -> None:
        def check(source: Source) -> Iterator[Problem]:
            made = tuple(Edit(Span(start, end), text) for start, end, text in edits)
            yield Problem(Span(0, 1), "oh", fix=Fix("mend it", made))

        fixed = fix("a", rule("XX001", "odd", Severity.ERROR, on=Source)(check))
        assert [refusal.reason for refusal in fixed.refused] == [reason]
        assert fixed.source is fixed.before
        assert fixed.converged


@st.composite
def findings(draw: st.DrawFn, text: str) -> list[Finding]:
    """Findings with any fixes."""
    source = Source("a.yaml", text)
    number = st.integers(0, len(text))
    spans = st.tuples(number, number).map(lambda pair: Span(min(pair), max(pair)))
    edits = st.builds(Edit, spans, st.sampled_from(["", "x", "\n", "😀"]))
    fixes = st.builds(
        lambda made: Fix("mend it", tuple(made)), st.lists(edits, min_size=1, max_size=3)
    )
    any_rule = complaint("x")
    problems = st.builds(lambda fix: Problem(fix.edits[0].span, "oh", fix=fix), fixes)
    return [Finding(any_rule, source, one) for one in draw(st.lists(problems, max_size=6))]


@given(data=st.data())
def test_what_is_made_together_touches_nowhere(data: st.DataObject) -> None:
    found = data.draw(findings("abcdefghijklmnop"))
    sound = [
        f
        for f in found
        if f.problem.fix
        and not any(
            a.span.start <= b.span.end and b.span.start <= a.span.end
            for a in f.problem.fix.edits
            for b in f.problem.fix.edits
            if a is not b
        )
    ]
    chosen = together(sound)
    assert bool(chosen) == bool(sound)
    edits = {edit for f in chosen if f.problem.fix for edit in f.problem.fix.edits}
    for a in edits:
        for b in edits - {a}:
            assert a.span.end < b.span.start or b.span.end < a.span.start


@given(
    text=st.text(st.sampled_from("aZ \r\né😀\ufeff\u2028"), max_size=40),
    mark=st.sampled_from([b"", b"\xef\xbb\xbf"]),
    broken=st.sampled_from(["\n", "\r\n", "\r"]),
)
@settings(deadline=None)
def test_whatever_stands_around_stays(text: str, mark: bytes, broken: str) -> None:
    comments = (f"# {line}" for line in text.splitlines())
    whole = broken.join(["schemaVersion: '2.2'", *comments, "mainSteps: []", ""])
    data = mark + whole.encode()
    source = decode(data, "a.yaml")
    done = fix_all(source, by(words("Z", "b\n# é")))
    assert done.source.to_bytes(done.before.text) == data
    assert done.refused == ()
    assert edited(source.text, done.edits) == done.source.text
    places = [match.start() for match in re.finditer("Z", source.text)]
    assert [at for e in done.edits for at in range(e.span.start, e.span.end)] == places
    assert not re.sub(r"b(\r\n|\r|\n)# é", "", "".join(e.text for e in done.edits))
