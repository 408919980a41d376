"""Every rule of the built-in pack keeps the promises of its page."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from ssmlint.packs import load_pack
from ssmlint.page import OPTIONAL_SECTIONS, SECTIONS, parse_page
from ssmlint.rule import Rule
from tests.rules.harness import BadExample, expect_bad, expect_fixed, expect_good, module_path

PACK = load_pack("builtin", "ssmlint_rules")
RULES = PACK.rules

#: A rule that outgrows this misses a fact in the model or in the shell analysis.
LONGEST_MODULE = 130

every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)


def test_every_module_of_the_pack_loads() -> None:
    assert PACK.failures == ()


def test_ids_and_names_are_unique() -> None:
    for attribute in ("id", "name"):
        counted = Counter(getattr(rule, attribute) for rule in RULES)
        assert not [value for value, times in counted.items() if times > 1]


@every_rule
def test_id_and_name_are_well_formed(rule: Rule) -> None:
    assert re.fullmatch(r"(SSM|SH|PS|PY|DLM|POL|AUT)\d{3}", rule.id)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)
    # A name says the defect, so that "allow unused-parameter" reads well.
    assert not rule.name.startswith(("no-", "avoid-", "disallow", "dis-", "check-", "require"))


@every_rule
def test_one_rule_is_one_short_module(rule: Rule) -> None:
    path = Path(module_path(rule))
    assert path.stem == rule.name.replace("-", "_")
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


@every_rule
def test_page_has_its_sections_in_order(rule: Rule) -> None:
    titles = [section.title for section in parse_page(rule.page).sections]
    expected = [t for t in SECTIONS if t in titles or t not in OPTIONAL_SECTIONS]
    assert titles == expected
    assert all(section.body for section in parse_page(rule.page).sections)


@every_rule
def test_page_explains_the_rule(rule: Rule) -> None:
    page = parse_page(rule.page)
    assert rule.summary.endswith(".")
    assert len(page.section("Why is this bad?") or "") >= 80
    assert rule.default or re.search(r"\bopt-in\b", rule.page), "say why the rule is opt-in"


@every_rule
def test_bad_examples_are_found_where_marked(rule: Rule) -> None:
    bad = [example for example in parse_page(rule.page).examples if not example.is_good]
    assert bad
    severities = {f.severity for example in bad for f in expect_bad(rule, example)}
    for severity in severities - {rule.severity}:
        message = f"the page must say when the rule is of severity {severity.value}"
        assert re.search(rf"\b{severity.value}\b", rule.page), message


@every_rule
def test_messages_are_phrases_not_sentences(rule: Rule) -> None:
    for bad in (e for e in parse_page(rule.page).examples if not e.is_good):
        for finding in expect_bad(rule, bad):
            notes = (*finding.problem.related, *finding.problem.trace)
            for message in (finding.message, *(note.message for note in notes)):
                assert not re.match(r"[A-Z][a-z]+\b", message), message
                assert not message.endswith("."), message
                assert "\n" not in message


@every_rule
def test_good_examples_are_clean(rule: Rule) -> None:
    good = [example for example in parse_page(rule.page).examples if example.is_good]
    assert good
    for example in good:
        expect_good(rule, example)


@every_rule
def test_fixes_turn_bad_into_good(rule: Rule) -> None:
    page = parse_page(rule.page)
    fixed = [expect_fixed(rule, bad, good) for bad, good in page.pairs]
    assert any(fixed) == (page.section("Fix safety") is not None), (
        "`## Fix safety` stands exactly where the rule fixes an example"
    )


def test_harness_refuses_an_unknown_kind() -> None:
    page = parse_page("## Example\n```cobol\nx\n```\n")
    with pytest.raises(BadExample, match="cobol"):
        expect_good(RULES[0], page.examples[0])
