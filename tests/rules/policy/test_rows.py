"""Each row of the facts about policies: found where it is broken, silent where it is kept."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from ssmlint.engine import check_file
from ssmlint.files import read
from ssmlint.packs import load_pack
from ssmlint.rule import Finding
from ssmlint.source import Source
from tests.rules.policy.build import as_json
from tests.rules.policy.rows import ROWS, UNDECIDABLE, Row

RULES = load_pack("builtin", "ssmlint_rules").rules
FACTS = Path(__file__).parents[4] / "shared/facts/dlm-policies.md"

every_row = pytest.mark.parametrize(
    "row", ROWS, ids=[f"{row.id}-{index}" for index, row in enumerate(ROWS)]
)


@pytest.fixture(autouse=True)
def fixed_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")  # 2026-01-01


def findings(policy: Any, rule: str) -> list[Finding]:
    """What the default rules and one more say about a policy."""
    file = read(Source("policy.json", as_json(policy)))
    assert file.policies
    rules = [one for one in RULES if one.default or one.name == rule]
    return check_file(file, rules)


@every_row
def test_bad_policy_is_found_at_its_place(row: Row) -> None:
    found = findings(row.bad, row.rule)
    ours = [f for f in found if f.rule.name == row.rule]
    assert ours, [f.message for f in found]
    assert row.at in {f.source.at(f.span) for f in ours}
    assert {f.severity.value for f in ours} == {row.severity}
    assert {f.rule.name for f in found} <= {row.rule, *row.also}


@every_row
def test_one_mistake_is_one_finding(row: Row) -> None:
    counted = Counter(f.rule.name for f in findings(row.bad, row.rule))
    assert counted[row.rule] == 1 + row.also.count(row.rule)


@every_row
def test_good_policy_is_clean(row: Row) -> None:
    found = findings(row.good, row.rule)
    assert not [f"{f.rule.name}: {f.message}" for f in found]


def test_every_row_of_the_facts_has_a_test_or_a_reason() -> None:
    tested = {row.id for row in ROWS}
    assert not tested & set(UNDECIDABLE)
    if not FACTS.exists():
        pytest.skip("the collection of facts is not here")
    text = FACTS.read_text(encoding="utf-8")
    sections = text[text.index("## 1. ") : text.index("## 4. ")]
    known = set(re.findall(r"^\| ([A-Z]-?\d+) \|", sections, re.MULTILINE))
    assert known - tested - set(UNDECIDABLE) == set()
    assert (tested | set(UNDECIDABLE)) - known == {"X8"}
