"""Guards of the rules on the order of steps."""

from __future__ import annotations

import pytest

from tests.rules.asking import ask, fixed, messages, places


def runbook(steps: str, more: str = "") -> str:
    return f"schemaVersion: '0.3'\n{more}mainSteps:\n{steps}"


def pause(name: str, more: str = "") -> str:
    return f"  - {{name: {name}, action: 'aws:pause', inputs: {{}}{more}}}\n"


def test_a_name_in_another_case_is_put_right_and_another_is_not() -> None:
    text = runbook(pause("a", ", nextStep: B") + pause("b") + pause("snapshot"))
    assert "nextStep: b}" in fixed("unknown-step", text)
    text = text.replace("nextStep: B", "nextStep: snapshots")
    assert fixed("unknown-step", text) == text
    assert messages("unknown-step", text)[0].endswith("; did you mean `snapshot`?")


def test_two_steps_that_differ_in_case_leave_the_choice() -> None:
    text = runbook(pause("a", ", nextStep: NEXT") + pause("next") + pause("Next"))
    assert fixed("unknown-step", text) == text


def test_names_that_come_later_are_left_alone() -> None:
    text = runbook(pause("a", ", nextStep: '%%NEXT=x%%', onFailure: 'step:${next}'"))
    assert ask("unknown-step", text) == []


@pytest.mark.parametrize("value", ["Abort", "Continue", "step:b", "'{{ x }}'", "''", "~"])
def test_failures_that_are_well_formed(value: str) -> None:
    assert ask("malformed-jump", runbook(pause("a", f", onFailure: {value}") + pause("b"))) == []


def test_a_cancelled_automation_never_continues() -> None:
    text = runbook(pause("a", ", onCancel: Continue") + pause("b"))
    assert messages("malformed-jump", text) == [
        "3: `onCancel: Continue` is none of `Abort` or `step:name`"
    ]


def test_a_misspelt_jump_makes_no_step_unreachable() -> None:
    text = runbook(pause("a", ", isEnd: true, onFailure: 'step:bb'") + pause("b"))
    assert ask("unreachable-step", text) == []
    assert places("unknown-step", text) == [(3, "bb")]


def test_a_way_that_only_a_failure_takes_is_a_way() -> None:
    text = runbook(pause("a", ", isEnd: true, onFailure: 'step:b'") + pause("b"))
    assert ask("unreachable-step", text) == []


def test_steps_behind_a_lost_one_are_not_reported_again() -> None:
    text = runbook(pause("a", ", isEnd: true") + pause("b") + pause("c"))
    assert places("unreachable-step", text) == [(4, "b")]


def test_two_lost_steps_apart_are_two_findings() -> None:
    text = runbook(
        pause("a", ", isEnd: true") + pause("b", ", isEnd: true") + pause("c", ", isEnd: true")
    )
    assert places("unreachable-step", text) == [(4, "b"), (5, "c")]


def test_a_poll_that_a_failure_ends_has_a_way_out() -> None:
    text = runbook(
        pause("check", ", onFailure: 'step:done'")
        + pause("wait", ", nextStep: check")
        + pause("done")
    )
    assert ask("endless-steps", text) == []


def test_the_place_of_a_circle_is_where_it_closes() -> None:
    text = runbook(pause("a") + pause("b", ", nextStep: c") + pause("c", ", nextStep: a"))
    assert places("endless-steps", text) == [(5, "a")]


@pytest.mark.parametrize(
    ("action", "inputs", "count"),
    [
        ("aws:executeAwsApi", "{Service: s3, Api: ListBuckets}", 0),
        ("aws:deleteStack", "{StackName: x}", 0),
        ("aws:sleep", "{Duration: PT1S}", 1),
        ("aws:notKnown", "{}", 0),
    ],
)
def test_where_a_cancelled_automation_may_go(action: str, inputs: str, count: int) -> None:
    steps = pause("a", ", onCancel: 'step:b'")
    steps += f"  - {{name: b, action: '{action}', inputs: {inputs}}}\n"
    assert len(ask("unsupported-cancel", runbook(steps))) == count


CHOICES = """\
  - name: a
    action: aws:branch
    inputs:
      Choices:
        - {NextStep: b, Variable: '{{ p }}', %s}
        - {NextStep: b, Variable: '{{ p }}', StringEquals: two}
    isEnd: true
  - {name: b, action: 'aws:pause', inputs: {}}
"""


@pytest.mark.parametrize(
    ("operation", "count"),
    [
        ("StringEquals: one", 0),
        ("StringEquals: One", 1),
        ("EqualsIgnoreCase: ONE", 0),
        ("EqualsIgnoreCase: three", 1),
        ("StartsWith: x", 0),
        ("StringEquals: '{{ p }}'", 0),
        ("StringEquals: two", 1),
    ],
)
def test_values_that_a_parameter_never_has(operation: str, count: int) -> None:
    more = "parameters: {p: {type: String, allowedValues: [one, two]}}\n"
    assert len(ask("impossible-choice", runbook(CHOICES % operation, more))) == count


def test_a_value_of_a_parameter_without_allowed_values_is_possible() -> None:
    more = "parameters: {p: {type: String}}\n"
    assert ask("impossible-choice", runbook(CHOICES % "StringEquals: x", more)) == []


@pytest.mark.parametrize(
    ("variable", "says"),
    [
        ("look.State", "did you mean `{{ look.State }}`?"),
        ("'two words'", "the answer is always the same"),
        ("'{{ look.State }}'", None),
        ("'x{{ look.State }}'", None),
        ("'%%VARIABLE%%'", None),
    ],
)
def test_a_variable_that_refers_to_nothing(variable: str, says: str | None) -> None:
    text = runbook(CHOICES % "StringEquals: x").replace("'{{ p }}'", variable, 1)
    assert variable in text
    found = messages("condition-without-reference", text)
    assert [message.endswith(says or "") for message in found] == ([True] if says else [])
    if says and "mean" in says:
        assert "Variable: '{{ look.State }}'" in fixed("condition-without-reference", text)


def test_a_condition_with_a_misspelt_operation_is_one_finding() -> None:
    text = runbook(CHOICES % "StringEqual: one")
    assert ask("incomplete-condition", text) == []
    assert places("unknown-key", text) == [(7, "StringEqual")]
