"""Jumps, outputs and references of runbooks, with their places."""

from __future__ import annotations

import pytest

from ssmlint.automation.actions import known_actions
from ssmlint.automation.graph import StepGraph
from ssmlint.automation.references import RunbookReferences
from ssmlint.automation.runbook import Runbook, outputs_of
from ssmlint.engine import read
from ssmlint.model.automation import ACTIONS
from ssmlint.source import Source

TEXT = """\
schemaVersion: '0.3'
mainSteps:
  - name: first
    action: aws:runInstances
    onFailure: "step:\\x73econd"
    inputs:
      ImageId: ami-1
  - name: second
    action: aws:executeAwsApi
    nextStep:  'third'
    inputs:
      Service: ec2
      Api: DescribeInstances
      InstanceIds: ['{{ first.InstanceIds }}', 'x {{first.InstanceIds[0]}}']
    outputs:
      - {Name: Id, Selector: $.x, Type: String}
  - name: third
    action: aws:loop
    inputs:
      Iterators: '{{ second.Id }}'
      Steps:
        - name: inner
          action: aws:sleep
          inputs: {Duration: '{{ third.CurrentIteratorValue }}'}
outputs:
  - second.Id
  - '{{ first.InstanceIds }}'
  - first
"""


def runbook() -> Runbook:
    (document,) = read(Source("runbook.yaml", TEXT)).documents
    return Runbook(document)


def test_steps_of_loops_stand_behind_their_loop() -> None:
    names = [step.name for step in runbook().steps]
    assert names == ["first", "second", "third", "inner"]
    inner = runbook().by_name["inner"]
    assert inner.loop is not None
    assert inner.loop.name == "third"


def test_jumps_have_the_place_of_the_name() -> None:
    found = [(j.way.value, j.target, TEXT[j.span.start : j.span.end]) for j in runbook().jumps]
    assert found == [
        ("onFailure", "second", "\\x73econd"),
        ("nextStep", "third", "third"),
    ]


def test_references_know_their_step_and_what_stands_behind_the_output() -> None:
    references = RunbookReferences(StepGraph(runbook()))
    found = [
        (r.step_name, r.output_name, r.rest, r.user.name if r.user else None, r.is_whole)
        for r in references.outputs
    ]
    assert found == [
        ("first", "InstanceIds", "", "second", True),
        ("second", "Id", "", "third", True),
        ("third", "CurrentIteratorValue", "", "inner", True),
        ("first", "InstanceIds", "[0]", "second", False),
        ("second", "Id", "", None, True),
        ("first", "InstanceIds", "", None, True),
    ]
    places = [TEXT[r.span.start : r.span.end] for r in references.outputs]
    assert places[3:5] == ["first.InstanceIds[0]", "second.Id"]


def test_outputs_are_the_actions_and_the_declared_ones() -> None:
    by_name = runbook().by_name
    assert set(outputs_of(by_name["first"])) == {"InstanceIds", "InstanceStates", "OutputPayload"}
    assert outputs_of(by_name["second"]) == {"OutputPayload": "String", "Id": "String"}


def test_every_action_is_in_the_table() -> None:
    assert set(known_actions()) == ACTIONS


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_the_table_names_inputs_that_there_are(name: str) -> None:
    from ssmlint_rules.structure import actions

    action, inputs = known_actions()[name], actions()[name]["properties"]
    for group in (*action.one_of, *action.exclusive, *action.together):
        assert set(group) <= set(inputs)
