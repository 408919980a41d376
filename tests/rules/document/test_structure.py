"""Keys, types and values of Command documents."""

from __future__ import annotations

import json

import pytest

from ssmlint_rules.structure import AUTOMATION, COMMON, SCHEMAS, SESSION, actions, plugins, schema
from tests.rules.asking import ask, document, fixed, messages, places

GOOD = """\
schemaVersion: '2.2'
description: freezes
parameters:
  mode:
    type: String
    allowedValues: [fast, slow]
mainSteps:
  - action: aws:runShellScript
    name: freeze
    precondition:
      StringEquals: [platformType, Linux]
    inputs:
      id: 0.freeze
      environment: {LANG: C}
      onFailure: exit
      timeoutSeconds: '{{ mode }}'
      runCommand:
        - echo {{ mode }}
"""

STRUCTURE_RULES = ("unknown-key", "missing-key", "wrong-type", "invalid-value")


def test_a_good_document_is_good() -> None:
    assert [f for name in STRUCTURE_RULES for f in ask(name, GOOD)] == []


@pytest.mark.parametrize(
    ("key", "misspelled"),
    [
        ("mainSteps", "mainStep"),
        ("parameters", "parameter"),
        ("description", "descripton"),
        ("allowedValues", "allowedValue"),
        ("precondition", "precondtion"),
        ("runCommand", "runCommands"),
        ("runCommand", "commands"),
        ("inputs", "input"),
        ("timeoutSeconds", "timeoutSecond"),
        ("environment", "enviroment"),
    ],
)
def test_a_misspelled_key_is_one_finding_with_a_hint(key: str, misspelled: str) -> None:
    text = GOOD.replace(f"{key}:", f"{misspelled}:", 1)
    (finding,) = (f for name in STRUCTURE_RULES for f in ask(name, text))
    assert finding.source.at(finding.span) == misspelled
    assert finding.message.endswith(f"; did you mean `{key}`?")
    assert fixed("unknown-key", text) == GOOD


def test_a_key_that_nobody_knows_is_a_warning() -> None:
    (finding,) = ask("unknown-key", GOOD + "metadata: {}\n")
    assert finding.severity.value == "warning"


def test_keys_of_other_versions_and_kinds() -> None:
    old = "schemaVersion: '2.2'\nruntimeConfig: {'aws:runShellScript': {properties: []}}\n"
    assert messages("unknown-key", old) == [
        "2: `runtimeConfig` belongs to schema version 1.2; newer ones have `mainSteps`"
    ]
    assert ask("missing-key", old) == []
    (message,) = messages("unknown-key", GOOD + "assumeRole: x\n")
    assert "Automation documents" in message


def test_renaming_never_makes_a_key_stand_twice() -> None:
    text = GOOD.replace("description:", "descripton: x\ndescription:")
    assert fixed("unknown-key", text) == text


def test_parameters_of_automation_documents_have_the_same_keys() -> None:
    text = (
        "schemaVersion: '0.3'\nparameters: {a: {type: Integer, minValue: 1, default: 2}}\n"
        "mainSteps: [{action: 'aws:sleep', name: x, inputs: {Duration: PT1S}, onFailure: Abort}]\n"
    )
    assert places("unknown-key", text) == [(2, "minValue")]


@pytest.mark.parametrize(
    ("text", "message", "severity"),
    [
        ("schemaVersion: '2.2'\nmainSteps:\n", "`mainSteps` is empty; it needs", None),
        (
            "schemaVersion: '2.2'\nmainSteps: []\n",
            "`mainSteps` has no steps; unless a build",
            "warning",
        ),
        ("schemaVersion: '1.2'\nruntimeConfig: {}\n", "`runtimeConfig` has no steps", "warning"),
        ("schemaVersion: '0.3'\nmainSteps: []\n", "`mainSteps` has no steps", "warning"),
    ],
)
def test_a_document_that_does_nothing(text: str, message: str, severity: str | None) -> None:
    (finding,) = ask("missing-key", text)
    assert finding.message.startswith(message)
    assert finding.severity.value == (severity or "error")


def test_a_json_document_is_judged_alike() -> None:
    data = {"schemaVersion": "2.2", "mainSteps": [{"name": "x", "inputs": {}}]}
    assert messages("missing-key", json.dumps(data), "document.json") == [
        "1: `action` is missing from step `x`"
    ]


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("runCommand: echo hi", "`runCommand` must be a list of strings, not the string `echo hi`"),
        ("runCommand: 5", "`runCommand` must be a list of strings, not the number `5`"),
        ("runCommand: [echo, 5]", "an item of `runCommand` must be a string, not the number `5`"),
        ("runCommand: ['a', b: c]", "an item of `runCommand` must be a string, not a mapping"),
        ("runCommand: [true]", "an item of `runCommand` must be a string, not the boolean `true`"),
        ("runCommand: [~]", "an item of `runCommand` must be a string, not nothing"),
        (
            "runCommand: |\n      echo {{ a }}",
            "`runCommand` must be a list of strings, not a string",
        ),
    ],
)
def test_a_script_is_a_list_of_strings(written: str, message: str) -> None:
    steps = f"- action: aws:runShellScript\n  name: x\n  inputs:\n    {written}\n"
    assert [m.partition(": ")[2] for m in messages("wrong-type", document("", steps))] == [message]


@pytest.mark.parametrize("written", ["'{{ commands }}'", "${jsonencode(x)}", "%%COMMANDS=x%%"])
def test_what_stands_for_a_list_is_left_alone(written: str) -> None:
    steps = f"- action: aws:runShellScript\n  name: x\n  inputs:\n    runCommand: {written}\n"
    assert (
        ask("wrong-type", document("", steps.replace("%%C", "'%%C").replace("x%%", "x%%'"))) == []
    )


def test_allowed_values_are_strings_and_all_are_quoted_at_once() -> None:
    text = document("a:\n  type: String\n  allowedValues: [1, 2.50, yes, 'no']\n")
    (finding,) = ask("wrong-type", text)
    assert [note.message for note in finding.problem.related] == [
        "the number `2.50`",
        "the boolean `yes`",
    ]
    assert "['1', '2.50', 'yes', 'no']" in fixed("wrong-type", text)


def test_a_quoted_number_of_a_step_is_unquoted() -> None:
    text = document(
        "",
        "- action: aws:runShellScript\n  name: x\n  timeoutSeconds: '060'\n"
        "  inputs: {runCommand: [date]}\n",
    )
    assert "timeoutSeconds: 60\n" in fixed("wrong-type", text)


def test_a_number_of_thousands_of_digits_is_unquoted_like_any_other() -> None:
    digits = "9" * 5000
    text = document(
        "",
        f"- action: aws:runShellScript\n  name: x\n  timeoutSeconds: '0{digits}'\n"
        "  inputs: {runCommand: [date]}\n",
    )
    (finding,) = ask("wrong-type", text)
    assert finding.problem.fix is not None
    assert [edit.text for edit in finding.problem.fix.edits] == [digits]


def test_inputs_are_a_mapping() -> None:
    steps = "- {action: 'aws:runShellScript', name: x, inputs: [{runCommand: [date]}]}\n"
    assert messages("wrong-type", document("", steps)) == [
        "3: `inputs` must be a mapping, not a list"
    ]


def test_json_is_quoted_with_double_quotes() -> None:
    text = '{"schemaVersion": 2.2, "mainSteps": []}'
    assert fixed("schema-version-not-a-string", text, "d.json").startswith(
        '{"schemaVersion": "2.2"'
    )


def test_an_action_of_another_kind_of_document() -> None:
    automation = (
        "schemaVersion: '0.3'\nmainSteps:\n"
        "- {action: 'aws:runShellScript', name: x, inputs: {runCommand: [date]}}\n"
    )
    assert messages("unknown-action", automation) == [
        "3: `aws:runShellScript` is a plugin of Command documents; use `aws:runCommand`"
    ]
    command = automation.replace("0.3", "2.2").replace("runShellScript", "executeScript")
    (message,) = messages("unknown-action", command)
    assert "Automation documents" in message


def test_values_that_come_later_are_left_alone() -> None:
    steps = (
        "- action: aws:configurePackage\n  name: x\n"
        "  inputs: {name: x, action: '{{ what }}', installationType: '%%TYPE=x%%'}\n"
    )
    assert ask("invalid-value", document("what:\n  type: String\n", steps)) == []


def test_every_plugin_has_a_description_and_describes_its_inputs() -> None:
    for name, inputs in {**plugins(), **actions()}.items():
        assert inputs["description"].endswith("."), name
        for key, value in inputs.get("properties", {}).items():
            assert "$ref" in value or value["description"], (name, key)


@pytest.mark.parametrize("name", sorted({AUTOMATION, COMMON, SESSION, *SCHEMAS.values()}))
def test_schemas_are_valid_schemas(name: str) -> None:
    from jsonschema import Draft202012Validator

    Draft202012Validator.check_schema(schema(name))


def test_inputs_as_a_document_of_aws_writes_them() -> None:
    steps = (
        "- {action: 'aws:downloadContent', name: x, inputs: "
        "{SourceType: S3, SourceInfo: '{}', DestinationPath: /tmp/x}}\n"
    )
    said = [text.partition(": ")[2] for text in messages("unknown-key", document("", steps))]
    assert len(said) == 1
    assert said[0].startswith("`DestinationPath` is not a key")
    assert messages("missing-key", document("", steps)) == []


def test_approvers_of_change_templates() -> None:
    approver = "{approver: Admin, type: IamRole, minRequiredApproval: 1}"
    text = (
        "schemaVersion: '0.3'\nmainSteps: [{name: x, action: 'aws:approve', inputs: "
        f"{{EnhancedApprovals: {{Approvers: [{approver}]}}}}}}]\n"
    )
    assert places("unknown-key", text) == [(2, "minRequiredApproval")]


def test_a_version_with_a_tag_is_not_rewritten() -> None:
    text = document().replace("'2.2'", "!!binary ''")
    (finding,) = ask("unsupported-schema-version", text)
    assert finding.problem.fix is None
