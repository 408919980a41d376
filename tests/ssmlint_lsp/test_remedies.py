"""What can be begun about a finding: the finding is gone, and nothing graver has come."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ssmlint import engine
from ssmlint.editing import edited
from ssmlint.engine import Facts
from ssmlint.rule import Severity
from ssmlint.settings import DEFAULTS
from ssmlint.source import Source
from ssmlint.tree import plain
from ssmlint.workspace import Workspace
from ssmlint_lsp.checking.remedies import further_remedies
from tests.ssmlint_lsp.editor import SHARED, Editor
from tests.ssmlint_lsp.test_diagnostics import TEMPLATE, as_json

ROOT = Path(__file__).parents[2]


def remedied(text: str, rule: str, name: str = "a.yaml") -> tuple[str, str] | None:
    """The title of what is offered for the first finding of a rule, and the text with it."""
    file = engine.read(Source(name, text))
    facts = Facts(file, Workspace(()), DEFAULTS)
    finding = next(f for f in engine.check(file.source, DEFAULTS) if f.rule.name == rule)
    offers = list(further_remedies(finding, lambda: facts))
    if not offers:
        return None
    (fix,) = offers
    return fix.title, edited(text, fix.edits)


def errors(text: str, name: str = "a.yaml") -> list[str]:
    found = engine.check(Source(name, text), DEFAULTS)
    return [finding.rule.name for finding in found if finding.severity is Severity.ERROR]


# --- a parameter that is not declared -----------------------------------------------------

USES = """\
schemaVersion: '2.2'
description: restarts a service
mainSteps:
- name: restart
  action: aws:runShellScript
  precondition: {StringEquals: [platformType, Linux]}
  inputs:
    timeoutSeconds: '{{ limit }}'
    runCommand: [uptime]
"""

PARAMETERS = """\
parameters:
  service:
    type: String
"""


@pytest.mark.parametrize("head", ["", PARAMETERS, "parameters: {other: {type: String}}\n"])
@pytest.mark.parametrize("form", ["yaml", "json"])
def test_a_parameter_is_declared_where_the_others_are(head: str, form: str) -> None:
    text = USES.replace("mainSteps:", f"{head}mainSteps:")
    text, name = (as_json(text), "a.json") if form == "json" else (text, "a.yaml")
    offered = remedied(text, "undeclared-parameter", name)
    assert offered is not None
    title, after = offered
    assert title == "declare the parameter `limit`"
    (document,) = engine.read(Source(name, after)).documents
    assert document.parameters["limit"].type == "String"
    assert "undeclared-parameter" not in errors(after, name)


# --- a stage without a branch -------------------------------------------------------------

LINES = [line for line in TEMPLATE.splitlines(keepends=True) if "dry-run) is_ready" in line]
WITHOUT_DRY_RUN = TEMPLATE.replace(LINES[0], "")


@pytest.mark.parametrize("form", ["yaml", "json"])
def test_a_branch_is_begun_in_front_of_the_one_for_everything_else(form: str) -> None:
    text, name = WITHOUT_DRY_RUN, "a.yaml"
    if form == "json":
        text, name = as_json(text), "a.json"
    offered = remedied(text, "stage-never-succeeds", name)
    assert offered is not None
    title, after = offered
    assert title == "add a branch for `dry-run`"
    if form == "yaml":
        margin = LINES[0][: len(LINES[0]) - len(LINES[0].lstrip())]
        branch = f"{margin}dry-run)\n{margin}    echo 'dry-run is not written yet' >&2\n"
        assert f"{branch}{margin}    exit 1\n{margin}    ;;\n{margin}*)\n" in after
    # It promises nothing: that it can only fail is still so, and it has a branch now.
    messages = [f.message for f in engine.check(Source(name, after), DEFAULTS)]
    assert not any("no branch of the script is for it" in message for message in messages)


# --- what is held when pre-script fails ---------------------------------------------------

FREEZES = """\
schemaVersion: '2.2'
description: freezes two file systems
parameters:
  command:
    type: String
    default: dry-run
    allowedValues: [pre-script, post-script, dry-run]
  executionId:
    type: String
    default: None
    allowedPattern: '^(None|[0-9a-f-]{36})$'
mainSteps:
- name: run
  action: aws:runShellScript
  inputs:
    timeoutSeconds: '60'
    runCommand:
    - |
      #!/bin/bash
      case '{{ command }}' in
      pre-script)
          {freeze}
          ;;
      post-script)
          fsfreeze -u /data; fsfreeze -u /logs
          ;;
      dry-run) command -v fsfreeze || exit 1 ;;
      *) exit 1 ;;
      esac
"""

ONE_LINE = """\
for mount in /data /logs; do
              fsfreeze -f "$mount" || exit 201
          done"""
OWN_LINE = """\
for mount in /data /logs; do
              if ! fsfreeze -f "$mount"; then
                  exit 201
              fi
          done"""
TWO = """\
fsfreeze -f /data || exit 201
          fsfreeze -f /logs || { echo failed; exit 202; }"""


@pytest.mark.parametrize("freeze", [ONE_LINE, OWN_LINE, TWO])
def test_what_is_held_is_released_before_the_script_gives_up(freeze: str) -> None:
    text = FREEZES.replace("{freeze}", freeze)
    offered = remedied(text, "freeze-without-rollback")
    assert offered is not None
    assert "fsfreeze -u" in offered[1].split("post-script)")[0]
    assert "freeze-without-rollback" not in errors(offered[1])
    assert set(errors(offered[1])) <= set(errors(text))


def test_it_is_written_as_the_script_is() -> None:
    offered = remedied(FREEZES.replace("{freeze}", OWN_LINE), "freeze-without-rollback")
    assert offered is not None
    assert (
        "                  for mount in /data /logs; do "
        'fsfreeze -u "$mount" || true; done\n                  exit 201\n'
    ) in offered[1]


def test_a_lock_that_only_its_client_can_give_back_is_left_to_a_person() -> None:
    file = engine.read(Source("mysql.yaml", (ROOT / "fixtures/bad/mysql.yaml").read_text("utf-8")))
    facts = Facts(file, Workspace(()), DEFAULTS)
    for finding in engine.check(file.source, DEFAULTS):
        assert list(further_remedies(finding, lambda: facts)) == []


@SHARED
async def test_an_editor_offers_it(editor: Editor, tmp_path: Path) -> None:
    opened = editor.open(tmp_path / "a.yaml", FREEZES.replace("{freeze}", OWN_LINE))
    assert "freeze-without-rollback" in [name for name, _ in await editor.found(opened)]
    actions = {action.title: action for action in await editor.actions(opened)}
    action = actions["Release what is held first"]
    assert action.is_preferred is False
    await editor.choose(action)
    assert "freeze-without-rollback" not in [name for name, _ in await editor.found(opened)]


# --- a step that is not there ---------------------------------------------------------------

BLOCK = """\
schemaVersion: '0.3'
mainSteps:
- name: first # 😀
  action: aws:sleep
  %s
  inputs:
    Duration: PT1M

- name: last
  action: aws:executeScript
  inputs:
    Runtime: python3.11
    Handler: main
    Script: |
      def main(events, context):
          return {}
# that is all
"""
INDENTED = BLOCK.replace("\n-", "\n  -").replace("\n  ", "\n    ").replace("    -", "  -")
FLOW = """\
schemaVersion: '0.3'
mainSteps: [{name: first, action: aws:sleep, %s, inputs: {Duration: PT1M}}, {name: last, action: aws:pause}]
"""


def runbook_in(form: str, jump: str) -> tuple[str, str]:
    """A runbook whose first step names another one, and the name of its file."""
    text = {"indented": INDENTED, "flow": FLOW, "in brackets": IN_BRACKETS}.get(form, BLOCK) % jump
    if form == "json":
        return as_json(text), "a.json"
    if form == "json on a line":
        return json.dumps(json.loads(as_json(text))), "a.json"
    return (text.replace("\n", "\r\n") if form == "crlf" else text), "a.yaml"


IN_BRACKETS = """\
schemaVersion: '0.3'
mainSteps:
  - {name: first, action: aws:sleep, %s, inputs: {Duration: PT1M}} # 😀
  - {name: last, action: aws:pause}
"""
STEP_FORMS = ("block", "indented", "crlf", "flow", "in brackets", "json", "json on a line")


@pytest.mark.parametrize("form", STEP_FORMS)
@pytest.mark.parametrize(
    ("jump", "order"),
    [
        ("nextStep: between", ["first", "between", "last"]),
        ("onFailure: 'step:between'", ["first", "last", "between"]),
        ("onCancel: 'step:between'", ["first", "last", "between"]),
    ],
)
def test_a_step_is_added_where_it_disturbs_no_other(form: str, jump: str, order: list[str]) -> None:
    text, name = runbook_in(form, jump)
    offered = remedied(text, "unknown-step", name)
    assert offered is not None
    title, after = offered
    assert title == "add the step `between`"
    (document,) = engine.read(Source(name, after)).documents
    assert [step.name for step in document.steps] == order
    added = next(step for step in document.steps if step.name == "between")
    assert plain(added.node) == {"name": "between", "action": "aws:pause", "inputs": {}}
    # Whether the last step was the end, and still is.
    ends = [step.name for step in document.steps if step.node.get("isEnd") is not None]
    assert ends == ([] if order[-1] == "last" else ["last"])
    assert errors(after, name) == [rule for rule in errors(text, name) if rule != "unknown-step"]


def test_a_step_is_written_as_the_others_are() -> None:
    after = (remedied(*runbook_as("indented", "nextStep: between")) or ("", ""))[1]
    assert (
        "PT1M\n  - name: between\n    action: aws:pause\n    inputs: {}\n\n  - name: last" in after
    )
    after = (remedied(*runbook_as("block", "onFailure: step:between")) or ("", ""))[1]
    assert "isEnd: true\n  inputs:\n" in after
    assert "return {}\n- name: between\n  action: aws:pause\n  inputs: {}\n# that is all" in after
    after = (remedied(*runbook_as("json", "nextStep: between")) or ("", ""))[1]
    assert '},\n\t\t{\n\t\t\t"name": "between",\n\t\t\t"action": "aws:pause",\n' in after
    after = (remedied(*runbook_as("flow", "nextStep: between")) or ("", ""))[1]
    assert "PT1M}}, {name: between, action: aws:pause, inputs: {}}, {name: last" in after


def runbook_as(form: str, jump: str) -> tuple[str, str, str]:
    text, name = runbook_in(form, jump)
    return text, "unknown-step", name


BRANCH = """\
schemaVersion: '0.3'
mainSteps:
- name: choose
  action: aws:branch
  inputs:
    Choices:
    - {NextStep: %s, Variable: "{{ global:REGION }}", StringEquals: eu-west-1}
    Default: %s
- name: other
  action: aws:pause
  isEnd: true
  inputs: {}
"""


@pytest.mark.parametrize("names", [("missing", "other"), ("other", "missing")])
def test_choices_lead_to_steps_at_the_end(names: tuple[str, str]) -> None:
    offered = remedied(BRANCH % names, "unknown-step")
    assert offered is not None
    (document,) = engine.read(Source("a.yaml", offered[1])).documents
    assert [step.name for step in document.steps] == ["choose", "other", "missing"]


def test_a_step_of_a_loop_comes_into_the_loop() -> None:
    text = """\
schemaVersion: '0.3'
mainSteps:
- name: turns
  action: aws:loop
  inputs:
    MaxIterations: 3
    Steps:
    - name: inner
      action: aws:sleep
      nextStep: between
      inputs: {Duration: PT1M}
"""
    offered = remedied(text, "unknown-step")
    assert offered is not None
    assert "PT1M}\n    - name: between\n      action: aws:pause\n" in offered[1]


LAST = """\
schemaVersion: '0.3'
mainSteps:
- name: first
  action: aws:pause
  onFailure: step:missing
- name: last
  %s
"""


@pytest.mark.parametrize(
    ("last", "is_ended"),
    [
        ("action: aws:pause", True),
        (
            "action: aws:loop\n  inputs: {MaxIterations: 2, Steps: [{name: a, action: aws:pause}]}",
            True,
        ),
        ("action: aws:branch\n  inputs: {Choices: []}", True),
        ("action: aws:branch\n  inputs: {Choices: [], Default: first}", False),
        ("action: aws:pause\n  isEnd: true", False),
        ("action: aws:pause\n  nextStep: first", False),
    ],
)
def test_the_last_step_does_not_run_into_the_new_one(last: str, is_ended: bool) -> None:
    text = LAST % last
    offered = remedied(text, "unknown-step")
    assert offered is not None
    assert offered[1].count("isEnd: true") == text.count("isEnd: true") + is_ended
    (document,) = engine.read(Source("a.yaml", offered[1])).documents
    assert [step.name for step in document.steps] == ["first", "last", "missing"]


@pytest.mark.parametrize(
    "text",
    [
        # What `isEnd` would end in a loop is not known.
        LAST.replace("step:missing", "Abort")
        % "action: aws:loop\n  inputs:\n    Steps:\n    - name: a\n      action: aws:pause\n"
        "      onFailure: step:none",
        BLOCK % "nextStep: Last",  # its fix is offered
        BLOCK % "nextStep: 'not a name'",
        BLOCK.replace("- name: first # 😀", "-\n  name: first") % "nextStep: between",
    ],
)
def test_no_step_is_added_where_there_is_something_better(text: str) -> None:
    assert "unknown-step" in errors(text)
    assert remedied(text, "unknown-step") is None


@SHARED
@pytest.mark.parametrize("form", STEP_FORMS)
async def test_an_editor_adds_a_step(editor: Editor, tmp_path: Path, form: str) -> None:
    text, name = runbook_in(form, "nextStep: between")
    opened = editor.open(tmp_path / name, text)
    assert "unknown-step" in [rule for rule, _ in await editor.found(opened)]
    titles = [action.title for action in await editor.actions(opened)]
    assert titles.count("Add the step `between`") == 1
    actions = {action.title: action for action in await editor.actions(opened)}
    await editor.choose(actions["Add the step `between`"])
    assert "unknown-step" not in [rule for rule, _ in await editor.found(opened)]
    assert await editor.text_of_server(opened) == opened.text
