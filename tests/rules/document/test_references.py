"""`{{ references }}`: which the agent replaces, and which parameters they use."""

from __future__ import annotations

import pytest

from tests.rules.asking import ask, document, messages, places, script

DECLARED = "command:\n  type: String\n"


@pytest.mark.parametrize(
    "text",
    [
        "echo {{ command }}",
        "echo {{command}}",
        "echo '{{  command}}' \"{{command  }}\"",
        "echo ${command} {{.ID}} {{json .}} {{ range .Items }}",
        "docker ps --format '{{ .Names }}'",
        "echo {{ ssm:/prod/name }} {{ssm-secure:token}}",
        "echo { { comand } } {comand} {{ }}",
        "aws ec2 describe-instances --query '{{ a.b }}'",
    ],
)
def test_what_is_declared_or_no_reference_at_all(text: str) -> None:
    assert ask("undeclared-parameter", script(text, DECLARED)) == []


@pytest.mark.parametrize(
    ("text", "severity", "words"),
    [
        ("echo {{ comand }}", "error", "did you mean `command`?"),
        ("echo {{ Command }}", "error", "did you mean `command`?"),
        ("echo {{ target }}", "warning", "the agent leaves `{{ target }}` in the text"),
        ("echo {{ global:REGION }}", "error", "Automation documents only"),
        ("echo {{ automation:EXECUTION_ID }}", "error", "Automation documents only"),
    ],
)
def test_what_the_agent_leaves_in_the_script(text: str, severity: str, words: str) -> None:
    (finding,) = ask("undeclared-parameter", script(text, DECLARED))
    assert finding.severity.value == severity
    assert words in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "cat > x.j2 <<'EOF'\n{% for host in hosts %}\n{{ host }}\n{% endfor %}\nEOF",
        "echo '{{ name }} {{ value | upper }}'",
        "echo '{{ name }} {{- trim }}'",
    ],
)
def test_another_template_language_is_left_alone(text: str) -> None:
    assert ask("undeclared-parameter", script(text, DECLARED)) == []


def test_a_near_name_is_reported_even_there() -> None:
    text = script("echo '{{ comand }} {{ value | upper }}'", DECLARED)
    assert places("undeclared-parameter", text) == [(11, "comand")]


def test_only_values_of_steps_are_references() -> None:
    text = document(
        "a:\n  type: String\n  description: see {{ nothing }}\n",
        "- action: aws:runShellScript\n  name: '{{ no }}'\n  description: '{{ no }}'\n"
        "  inputs: {runCommand: ['echo {{ a }}']}\n",
    )
    assert ask("undeclared-parameter", text) == []


def test_a_whole_reference_is_an_error_without_a_near_name() -> None:
    text = document(
        steps="- {action: 'aws:runShellScript', name: x, inputs: {runCommand: '{{ z }}'}}\n"
    )
    (finding,) = ask("undeclared-parameter", text)
    assert finding.severity.value == "error"


@pytest.mark.parametrize(
    "use",
    [
        "echo {{ command }}",
        "echo '{{command}}'",
        "echo {{\n  command }}",
        "echo {{ command.part }}",
        "%%SCRIPT=freeze.sh%%",
        "SCRIPT_PLACEHOLDER::freeze",
        "${file(freeze.sh)}",
    ],
)
def test_a_used_parameter(use: str) -> None:
    assert ask("unused-parameter", script(use, DECLARED)) == []


def test_an_unused_parameter_and_a_misspelled_use_of_another() -> None:
    text = script("echo {{ comand }} $command", DECLARED + "other:\n  type: String\n")
    assert messages("unused-parameter", text) == ["5: parameter `other` is never used"]


def test_an_environment_variable_is_a_use() -> None:
    declared = "name:\n  type: String\n  interpolationType: ENV_VAR\n"
    assert ask("unused-parameter", script('echo "$SSM_name"', declared)) == []
    assert len(ask("unused-parameter", script('echo "$SSM_names"', declared))) == 1


def test_a_document_without_steps_uses_nothing_and_says_so_elsewhere() -> None:
    text = "schemaVersion: '2.2'\nparameters: {a: {type: String}}\n"
    assert ask("unused-parameter", text) == []
    assert messages("missing-key", text) == ["1: `mainSteps` is missing from a Command document"]


def test_a_list_in_a_list() -> None:
    step = "- {action: 'aws:%s', name: x, inputs: {runCommand: ['{{ commands }}'], source: x}}\n"
    declared = "commands:\n  type: StringList\n"
    assert len(ask("nested-list-parameter", document(declared, step % "runShellScript"))) == 1
    assert ask("nested-list-parameter", document(declared, step % "psModule")) == []
    from_store = declared + "  default: '{{ ssm:commands }}'\n"
    assert ask("nested-list-parameter", document(from_store, step % "runShellScript")) == []


def test_misspelled_parameters_are_one_mistake() -> None:
    text = script("echo {{ command }}", DECLARED).replace("parameters:", "parameter:")
    assert ask("undeclared-parameter", text) == []
    assert places("unknown-key", text) == [(2, "parameter")]


def test_references_of_runbooks_that_are_no_parameters() -> None:
    text = """\
schemaVersion: '0.3'
variables: {tries: {type: Integer}}
mainSteps:
  - name: run
    action: aws:runCommand
    inputs:
      DocumentName: AWS-RunShellScript
      InstanceIds: ['{{ RESOURCE_ID }}']
      Comment: '{{ tries }} {{ run }} {{ other }}'
"""
    assert messages("undeclared-parameter", text) == [
        "9: parameter `tries` is not declared; write `variable:tries`",
        "9: parameter `run` is not declared; it is a step, and its outputs are `step.output`",
        "9: parameter `other` is not declared",
    ]


def test_references_of_sessions_are_left_as_they_are() -> None:
    text = """\
schemaVersion: '1.0'
sessionType: InteractiveCommands
properties:
  linux:
    commands: echo {{ who }} {{ global:REGION }}
"""
    assert [m.partition(";")[0] for m in messages("undeclared-parameter", text)] == [
        "5: parameter `who` is not declared",
        "5: `global:REGION` exists in Automation documents only",
    ]


def test_what_cannot_be_a_reference_is_not_what_was_meant() -> None:
    declared = "'comm{{and':\n  type: String\n'com mand':\n  type: String\n"
    (finding,) = ask("undeclared-parameter", script("echo {{ command }}", declared))
    assert (finding.problem.fix, "mean" in finding.message) == (None, False)
