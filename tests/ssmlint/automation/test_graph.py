"""Which steps can follow which."""

from __future__ import annotations

import pytest

from ssmlint.automation.graph import StepGraph
from ssmlint.automation.runbook import Runbook
from ssmlint.engine import read
from ssmlint.source import Source

#: A step by its name and whatever else it has.
STEP = "  - {{name: {name}, action: 'aws:pause', inputs: {{}}{rest}}}\n"


def graph(*steps: tuple[str, str]) -> StepGraph:
    """The graph of steps that are given as name and further properties."""
    rows = (STEP.format(name=name, rest=f", {rest}" if rest else "") for name, rest in steps)
    return graph_of("".join(rows))


def graph_of(steps: str) -> StepGraph:
    text = f"schemaVersion: '0.3'\nmainSteps:\n{steps}"
    (document,) = read(Source("runbook.yaml", text)).documents
    return StepGraph(Runbook(document))


def ways(found: StepGraph) -> dict[str, list[str]]:
    """The names of the steps that may follow each, `end` for the end."""
    return {
        str(step.name): [str(e.end.name) if e.end else "end" for e in found.edges_from(step)]
        for step in found.runbook.steps
    }


def lost(found: StepGraph) -> list[str]:
    steps = found.runbook.steps
    return [str(step.name) for step in steps if id(step) not in found.reachable]


def circles(found: StepGraph) -> list[list[str]]:
    """The names of the steps of each circle without a way out."""
    return [[str(s.name) for s in c.steps] for c in found.circles if not c.has_way_out]


def test_steps_run_from_top_to_bottom() -> None:
    assert ways(graph(("a", ""), ("b", ""))) == {"a": ["b"], "b": ["end"]}


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("nextStep: c", ["c"]),
        ("isEnd: true", ["end"]),
        ("isEnd: 'True'", ["end"]),
        ("isEnd: false", ["b"]),
        ("onFailure: Abort", ["b"]),
        ("onFailure: Continue", ["b"]),
        ("onFailure: 'step:c'", ["c", "b"]),
        ("onFailure: 'step: c'", ["c", "b"]),
        ("onCancel: 'step:c', isEnd: true", ["c", "end"]),
        ("nextStep: nowhere", []),
    ],
)
def test_unless_a_step_says_otherwise(rest: str, expected: list[str]) -> None:
    assert ways(graph(("a", rest), ("b", ""), ("c", "")))["a"] == expected


BRANCH = """\
  - name: a
    action: aws:branch
    inputs:
      Choices:
        - {NextStep: c, Variable: '{{ x.y }}', StringEquals: z}
"""


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("", ["c", "b"]),
        ("      Default: b\n", ["c", "b"]),
        ("      Default: c\n", ["c", "c"]),
        ("    isEnd: true\n", ["c", "end"]),
        ("    nextStep: a\n", ["c", "a"]),
    ],
)
def test_branches(more: str, expected: list[str]) -> None:
    rest = STEP.format(name="b", rest="") + STEP.format(name="c", rest="")
    assert ways(graph_of(BRANCH + more + rest))["a"] == expected


LOOP = """\
  - name: loop
    action: aws:loop
    inputs:
      Iterators: [x]
      Steps:
        - {name: in, action: 'aws:pause', inputs: {}}
        - {name: out, action: 'aws:pause', inputs: {}%s}
  - {name: after, action: 'aws:pause', inputs: {}}
"""


def test_the_steps_of_a_loop() -> None:
    assert ways(graph_of(LOOP % "")) == {
        "loop": ["in", "after"],
        "in": ["out"],
        "out": ["in", "after"],
        "after": ["end"],
    }


def test_an_end_inside_of_a_loop_may_end_the_turn_only() -> None:
    assert lost(graph_of(LOOP % ", isEnd: true")) == []


def test_a_loop_is_no_circle() -> None:
    assert graph_of(LOOP % "").circles == ()
    assert graph_of(LOOP % ", onFailure: 'step:after'").circles == ()
    jumps = LOOP.replace("- {name: in, ", "- {name: in, onFailure: 'step:out', ") % ""
    assert graph_of(jumps).circles == ()


def test_steps_of_a_loop_can_go_in_a_circle() -> None:
    assert circles(graph_of(LOOP % ", nextStep: in")) == [["in", "out"]]


def test_steps_behind_the_end_are_lost() -> None:
    assert lost(graph(("a", "isEnd: true"), ("b", ""), ("c", ""))) == ["b", "c"]


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([("a", ""), ("b", "nextStep: a")], [["a", "b"]]),
        ([("a", "nextStep: a")], [["a"]]),
        ([("a", "onFailure: 'step:b'"), ("b", "nextStep: a")], [["a", "b"]]),
        ([("a", "onFailure: 'step:c'"), ("b", "nextStep: a"), ("c", "")], []),
        ([("a", "onCancel: 'step:c'"), ("b", "nextStep: a"), ("c", "")], [["a", "b"]]),
        ([("a", "isEnd: true"), ("b", "nextStep: b")], []),
        ([("a", ""), ("b", "nextStep: a, isEnd: true")], []),
    ],
)
def test_circles(steps: list[tuple[str, str]], expected: list[list[str]]) -> None:
    assert circles(graph(*steps)) == expected


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([("a", "onFailure: 'step:c'"), ("b", "nextStep: a"), ("c", "")], 1),
        ([("a", ""), ("b", "")], 0),
    ],
)
def test_circles_that_something_leads_out_of(steps: list[tuple[str, str]], expected: int) -> None:
    found = graph(*steps)
    assert [circle.has_way_out for circle in found.circles] == [True] * expected


@pytest.mark.parametrize(
    ("rest", "is_only"),
    [
        ("onFailure: 'step:c', isEnd: true", True),
        ("onCancel: 'step:c', nextStep: d", True),
        ("onFailure: 'step:c', nextStep: c", False),
        ("onFailure: 'step:c'", False),
        ("isEnd: true", False),
    ],
)
def test_what_only_a_failure_leads_to(rest: str, is_only: bool) -> None:
    found = graph(("a", rest), ("b", ""), ("c", ""), ("d", ""))
    by_name = found.runbook.by_name
    assert found.follows_failure_only(by_name["a"], by_name["c"]) is is_only


@pytest.mark.parametrize(
    "steps",
    [
        [("a", "nextStep: nowhere"), ("b", "")],
        [("a", ""), ("a", "")],
        [("a", "onCancel: 'step:nowhere'"), ("b", "")],
    ],
)
def test_unclear_names_leave_the_graph_uncertain(steps: list[tuple[str, str]]) -> None:
    assert not graph(*steps).is_certain


def test_a_long_runbook_takes_no_time() -> None:
    steps = [(f"s{number}", f"nextStep: s{number - 1}") for number in range(1, 900)]
    found = graph(("s0", ""), *steps)
    assert found.is_certain
    assert circles(found) == [["s0", "s1"]]
    assert not graph(*[(f"s{number}", "") for number in range(1_100)]).is_certain
