"""Whatever stands where in a policy: every rule answers, and none crashes."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from ssmlint.engine import check_file
from ssmlint.files import read
from ssmlint.packs import load_pack
from ssmlint.rule import INTERNAL_ERROR
from ssmlint.source import Source

POLICIES = Path(__file__).parents[3] / "fixtures/policies"
TREES = [
    json.loads(path.read_text("utf-8"))
    for path in sorted(POLICIES.glob("*/*.json"))
    if path.stem != "guide-quotes-missing"
]
RULES = load_pack("builtin", "ssmlint_rules").rules

SCALARS: st.SearchStrategy[Any] = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["", "DAYS", "AWS_VSS_BACKUP", "${x}", "cron(* * * * * *)", "-1", "9" * 400])
)
VALUES: st.SearchStrategy[Any] = (
    SCALARS | st.lists(SCALARS, max_size=2) | st.just({}) | st.just([[]]) | st.just([{}])
)


def places(data: Any) -> list[tuple[Any, Any]]:
    """Every container with every key or index in it."""
    found: list[tuple[Any, Any]] = []
    todo = [data]
    while todo:
        node = todo.pop()
        keys = list(node) if isinstance(node, dict) else range(len(node))
        for key in keys:
            found.append((node, key))
            if isinstance(node[key], (dict, list)):
                todo.append(node[key])
    return found


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(TREES), st.data())
def test_any_value_anywhere(tree: Any, data: st.DataObject) -> None:
    policy = copy.deepcopy(tree)
    for _ in range(data.draw(st.integers(1, 4))):
        found = places(policy)
        if found:
            container, key = found[data.draw(st.integers(0, len(found) - 1))]
            container[key] = copy.deepcopy(data.draw(VALUES))
    check(json.dumps(policy), "policy.json")


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(TREES), st.integers(0, 1500), st.sampled_from([".json", ".yaml"]))
def test_half_a_file(tree: Any, length: int, ending: str) -> None:
    check(json.dumps(tree, indent=1)[:length], f"policy{ending}")


def test_a_thousand_of_everything() -> None:
    tree = copy.deepcopy(TREES[0])
    many: dict[str, Any] = {"TargetTags": [{"Key": "a", "Value": "b"}] * 1000}
    schedule = {"Name": "x", "CreateRule": {"CronExpression": "cron(* * * * ? *)"}}
    many["Schedules"] = [{**schedule, "CrossRegionCopyRules": [{"Target": "x"}] * 50}] * 50
    tree["PolicyDetails" if "PolicyDetails" in tree else "x"] = {
        "PolicyType": "EBS_SNAPSHOT_MANAGEMENT",
        **many,
    }
    check(json.dumps(tree), "policy.json")


def check(text: str, path: str) -> None:
    file = read(Source(path, text))
    for finding in check_file(file, RULES):
        assert finding.rule is not INTERNAL_ERROR, finding.message
        assert finding.message
        assert 0 <= finding.span.start <= finding.span.end <= len(text)
