"""Preconditions, judged as the agent's `evaluatePreconditions` judges them."""

from __future__ import annotations

import pytest

from tests.rules.asking import document, messages

PARAMETERS = "mode:\n  type: String\n  allowedValues: [fast, slow]\nfree:\n  type: String\n"


def judged(precondition: str, version: str = "2.2") -> list[str]:
    steps = (
        "- action: aws:runShellScript\n  name: x\n"
        f"  precondition: {precondition}\n  inputs: {{runCommand: [date]}}\n"
    )
    text = document(PARAMETERS, steps, version)
    return [m.partition(": ")[2] for m in messages("impossible-precondition", text)]


@pytest.mark.parametrize(
    "precondition",
    [
        "{StringEquals: [platformType, Linux]}",
        "{StringEquals: [Linux, platformType]}",
        "{StringEquals: [platformType, linux]}",
        "{StringEquals: [platformType, WINDOWS]}",
        "{StringEquals: [platformType, MacOS]}",
        "{StringEquals: ['{{ mode }}', fast]}",
        "{StringEquals: ['{{mode}}', '{{free}}']}",
        "{StringEquals: [any, '{{ free }}']}",
        "{StringEquals: ['{{ free }}-x', y]}",
        "{}",
    ],
)
def test_conditions_that_can_hold(precondition: str) -> None:
    assert judged(precondition) == []


@pytest.mark.parametrize(
    ("precondition", "words"),
    [
        ("{StringEquals: [platformType]}", "needs 2 operands, not 1"),
        ("{StringEquals: [platformType, Linux, x]}", "needs 2 operands, not 3"),
        ("{StringEquals: []}", "needs 2 operands, not 0"),
        ("{StringEquals: [platformType, platformType]}", "both operands are the same"),
        ("{StringEquals: ['{{ mode }}', '{{ mode }}']}", "both operands are the same"),
        ("{StringEquals: [platformType, '{{ssm:os}}']}", "Parameter Store"),
        ("{StringEquals: ['{{ ssm-secure:os }}', x]}", "Parameter Store"),
        ("{StringEquals: [platformType, '{{ mode }}']}", "cannot be compared with a parameter"),
        ("{StringEquals: [a, b]}", "neither operand"),
        ("{StringEquals: [PlatformType, Linux]}", "did you mean `platformType`?"),
        ("{StringEquals: ['{{ platformType }}', Linux]}", "did you mean `platformType`?"),
        ("{stringEquals: [platformType, Linux]}", "did you mean `StringEquals`?"),
        ("{NumericEquals: [platformType, Linux]}", "does not know the operator"),
    ],
)
def test_conditions_that_fail_the_step(precondition: str, words: str) -> None:
    (message,) = judged(precondition)
    assert words in message
    assert "the step fails" in message


@pytest.mark.parametrize(
    ("precondition", "words"),
    [
        ("{StringEquals: [platformType, Ubuntu]}", "no platform is called `Ubuntu`"),
        ("{StringEquals: [Windwos, platformType]}", "did you mean `Windows`?"),
        ("{StringEquals: ['{{ mode }}', Fast]}", "did you mean `fast`?"),
    ],
)
def test_conditions_that_skip_the_step_everywhere(precondition: str, words: str) -> None:
    (message,) = judged(precondition)
    assert words in message
    assert "always skipped" in message


def test_a_condition_that_another_rule_reports_is_left_to_it() -> None:
    assert judged("{StringEquals: platformType}") == []  # wrong-type
    assert judged("{StringEquals: [platformType, true]}") == []  # wrong-type
    assert judged("{StringEquals: ['{{ gone }}', fast]}") == []  # undeclared-parameter


def test_versions_before_2_2_have_no_preconditions() -> None:
    (message,) = judged("{StringEquals: [platformType, Linux]}", version="2.0")
    assert message == "schema version 2.0 has no preconditions; the step fails"


def test_a_plugin_that_no_allowed_platform_has() -> None:
    steps = (
        "- action: aws:psModule\n  name: x\n"
        "  precondition: {StringEquals: [linux, platformType]}\n  inputs: {source: x}\n"
    )
    (message,) = messages("wrong-platform", document("", steps))
    assert message == "3: there is no `aws:psModule` on linux; the step is always skipped"


@pytest.mark.parametrize(
    ("platform", "command", "message"),
    [
        ("MacOS", "sudo systemctl stop db", "macOS has no `systemctl`, and on Linux"),
        ("MacOS", "systemd-run --on-active=9 date", "macOS has no `systemd-run`, and on Linux"),
        ("MacOS", "diskutil list", ""),
        ("Linux", "fsfreeze -f /data", ""),
    ],
)
def test_linux_commands_in_a_step_for_macos(platform: str, command: str, message: str) -> None:
    steps = "".join(
        f"- action: aws:runShellScript\n  name: x{number}\n"
        f"  precondition: {{StringEquals: [platformType, {only}]}}\n"
        f"  inputs: {{runCommand: ['{text}']}}\n"
        for number, (only, text) in enumerate([(platform, command), ("Linux", "fsfreeze -f /a")])
    )
    found = messages("linux-command-on-macos", document("", steps))
    assert [m.partition(": ")[2].startswith(message) for m in found] == ([True] if message else [])
