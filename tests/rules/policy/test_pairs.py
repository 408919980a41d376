"""A policy and its document checked together: each row of what is known, bad and good."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from ssmlint.engine import check_files
from ssmlint.files import read
from ssmlint.rule import Finding
from ssmlint.settings import Settings
from ssmlint.source import Source
from tests.rules.asking import rule_named
from tests.rules.policy.build import as_json, script, vss

FACTS = Path(__file__).parents[4] / "shared/facts/dlm-policies.md"

COMMAND = "  command: {type: String, allowedValues: [pre-script, post-script, dry-run]}\n"
STEP = """\
  - name: run
    action: aws:runShellScript
    precondition: {StringEquals: [platformType, Linux]}
    inputs:
      runCommand: ['/opt/backup/{{ command }}']
"""


def document(parameters: str = COMMAND, steps: str = STEP, version: str = "2.2") -> str:
    return f"schemaVersion: '{version}'\nparameters:\n{parameters}mainSteps:\n{steps}"


def ask(rule: str, policy: Any, text: str, name: str = "freeze-and-thaw") -> list[Finding]:
    files = [
        Source("policies/policy.json", as_json(policy)),
        Source(f"documents/{name}.yaml", text),
    ]
    return check_files([read(source) for source in files], [rule_named(rule)], Settings())


def timed(seconds: str) -> str:
    return document(steps=STEP + f"      timeoutSeconds: {seconds}\n")


WATCHDOG = "systemd-run --on-active=75 --unit=thaw fsfreeze -u /data || exit 201; "


def freezing(first: str = "") -> str:
    """A document whose pre-script freezes, after some other commands."""
    stages = (
        f"pre-script) {first}fsfreeze -f /data || exit 201 ;; post-script) fsfreeze -u /data ;;"
    )
    script_ = f'case "{{{{ command }}}}" in {stages} esac'
    return document(steps=STEP.replace("/opt/backup/{{ command }}", script_))


def for_windows() -> str:
    return document(steps=STEP + STEP.replace("Shell", "PowerShell").replace("Linux", "Windows"))


def windows(policy: Any) -> Any:
    return {**policy, "TargetTags": [{"Key": "os", "Value": "Windows 2022"}]}


def also_vss() -> Any:
    return {**script(), "Schedules": script()["Schedules"] + vss()["Schedules"]}


ONE_STAGE = document("  command: {type: String, allowedValues: [pre-script, dry-run]}\n")
AUTOMATION = (
    "schemaVersion: '0.3'\nmainSteps: [{name: x, action: 'aws:sleep', inputs: {Duration: PT1M}}]\n"
)
FURTHER = "  device: {type: String}\n"
FURTHER_WITH_DEFAULT = "  device: {type: String, default: /dev/xvdf}\n"
NO_DEFAULTS = "  executionId: {type: String}\n"

ROWS = [
    ("X1", "handler-no-command-document", script(), AUTOMATION, script(), document()),
    ("X2", "unhandled-stage", script(), ONE_STAGE, script(Stages=["PRE"]), ONE_STAGE),
    ("X2", "unhandled-stage", script(Stages=["POST"]), ONE_STAGE, script(), document()),
    ("X2", "unhandled-stage", script(), document("  x: {type: String}\n"), script(), document()),
    ("X3", "unsent-parameter", script(), document(COMMAND + FURTHER), script(), document(COMMAND + FURTHER_WITH_DEFAULT)),
    ("X3", "unsent-parameter", script(), document(COMMAND + FURTHER), script(), document(COMMAND + NO_DEFAULTS)),
    ("X5", "freeze-for-pre-script-only", script(Stages=["PRE"]), freezing(), script(), freezing()),
    ("X10", "script-sleeps-past-timeout", script(ExecutionTimeout=20), freezing("sleep 30; "), script(ExecutionTimeout=60), freezing("sleep 30; ")),
    ("X10", "step-outlives-script-timeout", script(), timed("600"), script(), timed("60")),
    ("X11", "watchdog-within-script-timeout", script(ExecutionTimeout=90), freezing(WATCHDOG), script(ExecutionTimeout=60), freezing(WATCHDOG)),
    ("X10", "step-outlives-script-timeout", script(ExecutionTimeout=None), timed("'60'"), script(), document()),
    ("X12", "linux-document-for-windows", windows(script()), document(), script(), document()),
    ("X12", "linux-document-for-windows", also_vss(), document(), windows(script()), for_windows()),
]  # fmt: skip

#: Rows that cannot be decided from a policy and its document without running the script.
ELSEWHERE = {
    "X4": "an idle stage is reported in the document (stage-succeeds-without-work)",
    "X6": "the tag is no part of the document; opt-in unverified-script-access reminds of it",
    "X7": "the role's permissions are in no file; opt-in unverified-script-access reminds of them",
    "X9": "what is attached to the role is in no file",
    "X13": "exit codes are a matter of the script alone",
    "X14": "the shebang is a matter of the script alone",
    "X15": "needs the instances of a template",
}


@pytest.mark.parametrize("row", ROWS, ids=[f"{row[0]}-{i}" for i, row in enumerate(ROWS)])
def test_row(row: tuple[str, str, Any, str, Any, str]) -> None:
    _, rule, bad, bad_document, good, good_document = row
    (finding,) = ask(rule, bad, bad_document)
    assert finding.source.path == "policies/policy.json"
    assert ask(rule, good, good_document) == []


@pytest.mark.parametrize("row", ROWS, ids=[f"{row[0]}-{i}" for i, row in enumerate(ROWS)])
def test_finding_points_into_the_document_too(row: tuple[str, str, Any, str, Any, str]) -> None:
    (finding,) = ask(row[1], row[2], row[3])
    places = [note.source.path for note in finding.problem.related if note.source is not None]
    assert places == ["documents/freeze-and-thaw.yaml"]
    for note in finding.problem.related:
        assert (note.source or finding.source).at(note.span)


def test_another_document_is_none_of_its_business() -> None:
    assert ask("handler-no-command-document", script(), AUTOMATION, name="other") == []


def test_unknown_handler_is_found_by_its_name() -> None:
    (finding,) = ask("unknown-handler", script(), document(), name="freeze-and-thaw-it")
    assert "did you mean `freeze-and-thaw-it`?" in finding.message
    assert ask("unknown-handler", script(), document()) == []
    assert ask("unknown-handler", vss(), document()) == []
    shared = script(ExecutionHandler="arn:aws:ssm:eu-west-1:444455556666:document/elsewhere")
    assert ask("unknown-handler", shared, document()) == []
    assert not rule_named("unknown-handler").default


def test_every_row_of_the_facts_has_a_test_or_a_reason() -> None:
    if not FACTS.exists():
        pytest.skip("the collection of facts is not here")
    text = FACTS.read_text(encoding="utf-8")
    section = text[text.index("## 4. ") : text.index("## 5. ")]
    known = set(re.findall(r"^\| (X\d+) \|", section, re.MULTILINE))
    # X8 is a matter of one file, see `rows.py`.
    assert known == {row[0] for row in ROWS} | set(ELSEWHERE) | {"X8"}


@pytest.mark.parametrize(
    ("name", "reported"),
    [
        ("freeze-and-thwa", True),
        ("frezze-and-thaw", True),
        ("freeze-and-thaws", True),
        ("freeze_and_thaw", False),
        ("Freeze-And-Thaw", False),
        ("freeze-and-thaw-eu", False),
        ("freeze-and-thaw2", False),
        ("thaw-and-freeze", False),
        ("freeze-and-thaw", False),
    ],
)
def test_a_document_whose_name_is_nearly_the_handlers(name: str, reported: bool) -> None:
    found = ask("misspelled-document-name", script(), document(), name=name)
    assert bool(found) is reported
