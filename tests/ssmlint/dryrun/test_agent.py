"""The agent's way: parameters, preconditions, steps, exit codes, timeouts, output."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ssmlint import engine
from ssmlint.dryrun.agent import DEFAULT_TIMEOUT, PlannedStep, Refused, plan, substitute
from ssmlint.dryrun.model import CellReport
from ssmlint.model.document import SsmDocument
from ssmlint.source import decode
from tests.ssmlint.dryrun.conftest import Run

COMMAND = {"type": "String", "allowedValues": ["pre-script", "post-script", "dry-run"]}


def document(*steps: dict[str, Any], version: str = "2.2", **parameters: Any) -> SsmDocument:
    """A document with these steps; each is given as its inputs, or with `precondition`."""
    made = []
    for number, step in enumerate(steps):
        inputs = {key: value for key, value in step.items() if key != "precondition"}
        whole = {"name": f"step{number}", "action": "aws:runShellScript", "inputs": inputs}
        made.append(whole | {key: step[key] for key in ("precondition",) if key in step})
    text = {
        "schemaVersion": version,
        "description": "d",
        "parameters": {"command": COMMAND, **parameters},
        "mainSteps": made,
    }
    return engine.read(decode(json.dumps(text).encode(), "d.json")).documents[0]


def planned(step: dict[str, Any], **values: Any) -> PlannedStep:
    parameters = values.pop("parameters", {})
    version = values.pop("version", "2.2")
    (made,) = plan(document(step, version=version, **parameters), {"command": "dry-run", **values})
    return made


# --- parameters -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("{{ a }}", ["x", "y"]),
        ("{{a}} end", '["x","y"] end'),
        ("{{ b }} costs $$5", "one costs $$5"),
        ("it is {{ b }} and {{ c }}", "it is one and {{ c }}"),
        ("{{ money }}!", "5 $!"),
        ("{{ money }}", "5 $$"),
        ("{{.ID}}", "{{.ID}}"),
        ("{{ html }}.", '{"k":"\\u003cb\\u003e"}.'),
    ],
)
def test_parameters_are_put_in_without_any_quoting(value: str, expected: object) -> None:
    values: Any = {"a": ["x", "y"], "b": "one", "money": "5 $$", "html": {"k": "<b>"}}
    assert substitute(value, values) == expected


def test_a_value_is_not_read_again() -> None:
    assert substitute("say {{ a }}", {"a": "{{ b }}", "b": "no"}) == "say {{ b }}"


def test_a_default_that_breaks_its_own_pattern_stops_everything() -> None:
    parameter = {"type": "String", "default": "", "allowedPattern": "^i-[a-f0-9]+$"}
    with pytest.raises(Refused, match="does not match"):
        plan(document({"runCommand": ["true"]}, id=parameter), {"command": "dry-run"})


def test_a_pattern_is_not_anchored() -> None:
    parameter = {"type": "String", "allowedPattern": "[a-z]+"}
    made = planned({"runCommand": ["echo {{ id }}"]}, parameters={"id": parameter}, id="9x; rm")
    assert made.script == "echo 9x; rm\n"


def test_an_environment_parameter() -> None:
    parameter = {"type": "String", "default": "v", "interpolationType": "ENV_VAR"}
    made = planned({"runCommand": ["true"]}, parameters={"place": parameter})
    assert ("SSM_place", "v") in made.environment


def test_a_list_in_a_list_is_no_script() -> None:
    parameter = {"type": "StringList", "default": ["true"]}
    good = planned({"runCommand": "{{ lines }}"}, parameters={"lines": parameter})
    bad = planned({"runCommand": ["{{ lines }}"]}, parameters={"lines": parameter})
    assert good.script == "true\n"
    assert bad.fails.startswith("Invalid format in plugin properties")


@pytest.mark.parametrize(
    ("given", "seconds"),
    [("60", 60), (60, 60), (60.9, 60), (4, 3600), (172801, 3600), ("soon", 3600), (None, 3600)],
)
def test_timeouts(given: object, seconds: float) -> None:
    assert planned({"runCommand": ["true"], "timeoutSeconds": given}).timeout == seconds
    assert DEFAULT_TIMEOUT == 3600


# --- preconditions -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("precondition", "skipped", "fails"),
    [
        ({"StringEquals": ["platformType", "Linux"]}, False, False),
        ({"StringEquals": ["linux", "platformType"]}, False, False),
        ({"StringEquals": ["platformType", "Windows"]}, True, False),
        ({"StringEquals": ["platformType", "Linus"]}, True, False),
        ({"StringEquals": ["{{ command }}", "dry-run"]}, False, False),
        ({"StringEquals": ["{{ command }}", "pre-script"]}, True, False),
        ({"StringEquals": ["a", "b"]}, False, True),
        ({"StringEquals": ["{{ command }}", "{{ command }}"]}, False, True),
        ({"StringEquals": ["platformType"]}, False, True),
        ({"StringNotEquals": ["platformType", "Linux"]}, False, True),
        ({"StringEquals": ["platformType", "{{ command }}"]}, False, True),
    ],
)
def test_preconditions(precondition: object, skipped: bool, fails: bool) -> None:
    made = planned({"runCommand": ["true"], "precondition": precondition})
    assert (bool(made.skipped), bool(made.fails)) == (skipped, fails)


def test_preconditions_need_2_2() -> None:
    condition = {"StringEquals": ["platformType", "Linux"]}
    assert planned({"runCommand": ["true"], "precondition": condition}, version="2.0").fails


# --- running -------------------------------------------------------------------------------------------


def script(text: str, **inputs: Any) -> dict[str, Any]:
    return {"runCommand": ["#!/bin/bash", *text.splitlines()], **inputs}


def outcome(run: Run, *steps: dict[str, Any]) -> CellReport:
    return run(document(*steps), "dry-run")


@pytest.mark.parametrize(
    ("text", "code", "status"),
    [
        ("exit 0", 0, "Success"),
        ("exit 3", 3, "Failed"),
        ("exit 168", 168, "Success"),
        ("exit 169", 169, "Failed"),
        ("exit 137", 137, "TimedOut"),
        ("kill -9 $$", 137, "TimedOut"),
        ("exit 256", 0, "Success"),
        ("false; echo fine", 0, "Success"),
    ],
)
def test_exit_codes(run: Run, text: str, code: int, status: str) -> None:
    (stage,) = outcome(run, script(text)).stages
    assert (stage.code, stage.status) == (code, status)


def test_a_restart_runs_the_same_step_again(run: Run) -> None:
    text = "[ -e /var/tmp/again ] && exit 0\ntouch /var/tmp/again\nexit 194"
    cell = outcome(run, script(text))
    assert cell.codes == (0,)
    assert "the host restarts" in [event.what for event in cell.trace]


@pytest.mark.parametrize(
    ("inputs", "last", "printed"),
    [
        ({}, {}, True),
        ({"onFailure": "exit"}, {}, False),
        ({"onFailure": "abort"}, {}, True),
        ({"onFailure": "exit"}, {"finallyStep": True}, True),
        ({"onFailure": "exit"}, {"finallyStep": "true"}, True),
    ],
)
def test_what_a_failed_step_stops(
    run: Run, inputs: dict[str, Any], last: dict[str, Any], printed: bool
) -> None:
    (stage,) = outcome(run, script("exit 1", **inputs), script("echo later", **last)).stages
    assert ("later" in stage.output) is printed
    assert stage.status == "Failed"


def test_168_skips_what_comes_behind(run: Run) -> None:
    (stage,) = outcome(run, script("exit 168"), script("echo later")).stages
    assert (stage.status, stage.output) == ("Success", "")


def test_the_environment_is_the_agent_s(run: Run) -> None:
    text = "echo $AWS_SSM_INSTANCE_ID $SSM_COMMAND_ID $FLAVOUR [$HOME] $PWD; umask; set -o | grep -c pipefail"
    (stage,) = outcome(run, script(text, environment={"FLAVOUR": "sweet"})).stages
    first = stage.output.splitlines()[0].split()
    assert first[0].startswith("i-")
    assert first[2:] == ["sweet", "[]", "/"]


def test_a_working_directory(run: Run) -> None:
    (stage,) = outcome(run, script("pwd", workingDirectory="/var/log")).stages
    assert stage.output == "/var/log\n"
    (stage,) = outcome(run, script("pwd", workingDirectory="/nowhere")).stages
    assert stage.code == 1


def test_the_time_is_up_for_the_whole_process_group(run: Run) -> None:
    text = "(sleep 100; touch /run/late) &\nsetsid sleep 30 &\nsleep 50"
    (stage,) = outcome(run, script(text, timeoutSeconds=20)).stages
    assert (stage.code, stage.status, stage.seconds) == (137, "TimedOut", 20)
    assert stage.killed == "the agent's 20 seconds were over"


def test_the_agent_waits_for_the_end_of_the_output(run: Run) -> None:
    (held,) = outcome(run, script("sleep 40 & echo started")).stages
    (free,) = outcome(run, script("sleep 40 > /dev/null 2>&1 & echo started")).stages
    assert (held.seconds, free.seconds) == (40, 0)


def test_the_output_is_cut(run: Run) -> None:
    (stage,) = outcome(run, script("head -c 100000 /dev/zero | tr '\\0' x")).stages
    assert len(stage.output) == 24_000


def test_an_agent_on_a_frozen_filesystem_can_not_report(run: Run) -> None:
    mounts = [
        {"device": "nvme0n1p1", "type": "xfs", "at": ["/"]},
        {"device": "nvme1n1", "type": "xfs", "at": ["/var"]},
    ]
    cell = run(document(script("fsfreeze -f /var")), "dry-run", host={"mount": mounts})
    assert cell.stages[0].seconds > 120
    assert not cell.stages[0].succeeded
    assert any("can not write its output" in note for note in cell.notes)
