"""Whatever stands where in a runbook, no rule crashes and none takes its time."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ssmlint.engine import check
from ssmlint.packs import load_pack
from ssmlint.rule import INTERNAL_ERROR
from ssmlint.settings import DEFAULTS
from ssmlint.source import Source
from tests.compare.planted import GOOD
from tests.rules.test_acceptance import places, values

RULES = [
    rule for rule in load_pack("builtin", "ssmlint_rules").rules if rule.family in ("AUT", "SSM")
]
RUNBOOK = json.loads((GOOD / "restore-root-volume.json").read_text(encoding="utf-8"))
RUNBOOK["variables"] = {"x": {"type": "Integer", "default": 1}}
RUNBOOK["files"] = {"a.zip": {"checksums": {"sha256": "0" * 64}}}
RUNBOOK["mainSteps"] += [
    {
        "name": "each",
        "action": "aws:loop",
        "inputs": {
            "LoopCondition": {"Variable": "{{ set.x }}", "NumericEquals": 1},
            "Steps": [
                {
                    "name": "set",
                    "action": "aws:updateVariable",
                    "inputs": {"Name": "variable:x", "Value": "{{ each.CurrentIteration }}"},
                },
                {"name": "ask", "action": "aws:approve", "inputs": {"Approvers": ["a"]}},
            ],
        },
    }
]

words = st.sampled_from(
    ["step:each", "{{ each.x[0] }}", "{{ {{ x }} }}", "variable:", "$.[", "-P1D", "each", "", "{{"]
)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_spoilt_runbooks(draw: st.DataObject) -> None:
    spoilt: Any = copy.deepcopy(RUNBOOK)
    for _ in range(draw.draw(st.integers(1, 4))):
        container, key = draw.draw(st.sampled_from(places(spoilt)))
        container[key] = draw.draw(st.one_of(values, words))
    text = json.dumps(spoilt)
    found = check(Source("runbook.json", text), DEFAULTS, RULES)
    assert [f.message for f in found if f.rule is INTERNAL_ERROR] == []


@pytest.mark.parametrize(
    "steps",
    [
        # Each leads to the one before, and uses its output.
        [
            {
                "name": f"s{number}",
                "action": "aws:runInstances",
                "nextStep": f"s{number - 1}",
                "inputs": {"ImageId": f"{{{{ s{number - 1}.ImageId }}}}"},
            }
            for number in range(1, 900)
        ],
        [{"name": "s", "action": "aws:branch", "inputs": {"Choices": [{"And": []}] * 3_000}}],
        [{"name": "s", "action": "aws:pause", "inputs": {}}] * 2_000,
    ],
    ids=["chain", "choices", "equal steps"],
)
def test_long_runbooks(steps: list[dict[str, Any]]) -> None:
    text = json.dumps({"schemaVersion": "0.3", "mainSteps": steps})
    found = check(Source("runbook.json", text), DEFAULTS, RULES)
    assert [f.message for f in found if f.rule is INTERNAL_ERROR] == []


def test_loops_inside_of_loops() -> None:
    step: dict[str, Any] = {"name": "s", "action": "aws:pause", "inputs": {}}
    for number in range(60):
        inputs = {"Iterators": ["x"], "Steps": [step]}
        step = {"name": f"l{number}", "action": "aws:loop", "inputs": inputs}
    text = json.dumps({"schemaVersion": "0.3", "mainSteps": [step]})
    found = check(Source("runbook.json", text), DEFAULTS, RULES)
    assert [(f.rule.name, f.message) for f in found] == [
        ("value-out-of-limits", "the loops of the runbook are nested too deeply to be checked")
    ]
