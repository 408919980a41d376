"""Parameters that a PowerShell script holds: how they stand, and what is made of them."""

from __future__ import annotations

import json

import pytest

from tests.rules.asking import ask, document, fixed, messages, places

STEP = "- action: aws:runPowerShellScript\n  name: x\n  inputs:\n    runCommand:\n    - |\n"
INJECTABLE = "injectable-powershell-parameter"
UNQUOTED = "unquoted-powershell-parameter"


def whole(declaration: str, line: str) -> str:
    return document(f"value: {{{declaration}}}\n", f"{STEP}      {line}\n")


@pytest.mark.parametrize(
    ("line", "how"),
    [
        ("Stop-Service {{ value }}", "unquoted"),
        ("Stop-Service -Name:{{ value }}", "unquoted"),
        ('Write-Host "a {{ value }}"', "in double quotes"),
        ("Write-Host 'a {{ value }}'", "in single quotes"),
        ('Write-Host "a $(Get-Date {{ value }})"', "unquoted"),
        ('$x = @"\n      a {{ value }}\n      "@', "in a here-string with double quotes"),
        ("$x = @'\n      a {{ value }}\n      '@", "in a here-string, which"),
        ("Invoke-Expression 'Stop-Service {{ value }}'", "once more"),
        ("cmd.exe /c 'net stop {{ value }}'", "once more"),
        ('powershell.exe -NoProfile -Command "Stop-Service {{ value }}"', "once more"),
        ("icacls --% C:\\x {{ value }}", "behind `--%`"),
    ],
)
def test_where_it_stands(line: str, how: str) -> None:
    (message,) = messages(INJECTABLE, whole("type: String", line))
    assert how in message


@pytest.mark.parametrize(
    "line",
    [
        "{{ value }}",
        "  {{ value }} -Force",
        "Invoke-Expression '{{ value }}'",
        "cmd /c {{ value }}",
        "# {{ value }}",
        "<# {{ value }} #> Get-Date",
        "Write-Host '{{ other }}'",
        "if ({{ value }} {",
    ],
)
def test_what_is_meant_to_run_or_never_runs(line: str) -> None:
    assert messages(INJECTABLE, whole("type: String", line)) == []


@pytest.mark.parametrize(
    ("declaration", "count"),
    [
        ("type: String", 1),
        ("type: String, allowedPattern: '^[^\"]*$'", 1),
        ("type: String, allowedPattern: '^[a-z]+'", 1),
        ("type: String, allowedPattern: '^[a-z ]+$'", 0),
        ("type: String, allowedValues: [a, b]", 0),
        ("type: String, interpolationType: ENV_VAR", 0),
        ("type: Integer", 0),
    ],
)
def test_what_a_declaration_lets_through(declaration: str, count: int) -> None:
    assert len(places(INJECTABLE, whole(declaration, "Stop-Service {{ value }}"))) == count


@pytest.mark.parametrize(
    ("declaration", "line", "count"),
    [
        ("type: String, allowedValues: [a, b c]", "Stop-Service {{ value }}", 1),
        ("type: String, allowedValues: [a, b]", "Stop-Service {{ value }}", 0),
        ("type: String, allowedValues: [a, b c]", "Stop-Service '{{ value }}'", 0),
        ("type: String, allowedValues: [a, b]", "$x = {{ value }}", 1),
        ("type: String, allowedValues: ['1', '2']", "$x = {{ value }}", 0),
        ("type: String, allowedValues: ['true', 'false']", "$x = ${{ value }}", 0),
        ("type: String, allowedPattern: '^[0-9]+$'", "$x = {{ value }}", 0),
        ("type: String, allowedPattern: '^[a-z]+$'", "$x = {{ value }} + 1", 0),
        ("type: String", "$x = {{ value }}", 0),
    ],
)
def test_values_that_fall_apart(declaration: str, line: str, count: int) -> None:
    assert len(places(UNQUOTED, whole(declaration, line))) == count


def in_json(parameters: object, script: str) -> str:
    inputs = {"runCommand": [script]}
    step = {"action": "aws:runPowerShellScript", "name": "x", "inputs": inputs}
    data = {"schemaVersion": "2.2", "parameters": parameters, "mainSteps": [step]}
    return json.dumps(data, indent=2)


def test_the_fix_in_json_is_json() -> None:
    text = in_json({"value": {"type": "String", "default": "a b"}}, 'Write-Host "{{ value }}"')
    parameters = json.loads(fixed(INJECTABLE, text, "document.json"))["parameters"]
    assert parameters["value"]["allowedPattern"] == "^[A-Za-z0-9_./:@=+, -]*$"


def test_the_fix_in_json_reads_the_variable() -> None:
    known = {"type": "String", "interpolationType": "ENV_VAR"}
    text = in_json({"value": {"type": "String"}, "known": known}, 'Write-Host "{{ value }}"')
    data = json.loads(fixed(INJECTABLE, text, "document.json"))
    assert data["parameters"]["value"] == known
    assert data["mainSteps"][0]["inputs"]["runCommand"] == ['Write-Host "${env:SSM_value}"']


@pytest.mark.parametrize(
    ("declaration", "pattern"),
    [
        ("type: String, default: '60'", "^[0-9]+$"),
        ("type: String, default: ''", "^[A-Za-z0-9_./:@=+,-]*$"),
        ("type: String, default: a b", None),
        ("type: String, default: 'a\"b'", None),
        ("type: String, allowedPattern: '.*'", None),
        ("default: x", None),
    ],
)
def test_the_pattern_lets_the_default_pass(declaration: str, pattern: str | None) -> None:
    text = whole(declaration, "Stop-Service {{ value }}")
    expected = f"type: String, allowedPattern: '{pattern}'" if pattern else "type: String"
    assert fixed(INJECTABLE, text) == text.replace("type: String", expected)


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("Write-Host $SSM_value ${SSM_value}", 1),
        ("Write-Host $env:SSM_value", 0),
        ("Write-Host '$SSM_value' `$SSM_value # $SSM_value", 0),
        ("$SSM_value = 1; Write-Host $SSM_value", 0),
        ("$script:SSM_value += 1; Write-Host $SSM_value", 0),
        ("foreach ($SSM_value in 1, 2) { $SSM_value }", 0),
        ("Set-Variable -Name SSM_value -Value 1; $SSM_value", 0),
        ("Write-Host $SSM_other", 0),
    ],
)
def test_a_variable_of_the_environment_is_read_as_one(line: str, count: int) -> None:
    text = whole("type: String, interpolationType: ENV_VAR", line)
    found = messages("environment-read-as-variable", text)
    assert ["`$env:SSM_value`" in message for message in found] == [True] * count
    if count:
        now = fixed("environment-read-as-variable", text)
        assert "Write-Host $env:SSM_value ${env:SSM_value}" in now


@pytest.mark.parametrize("more", ["interpolationType: ENVVAR", "interpolation: ENV_VAR"])
def test_a_misspelt_interpolation_is_not_written_twice(more: str) -> None:
    text = whole(f"type: String, {more}", "Write-Host $env:SSM_value")
    (finding,) = ask("undefined-environment-parameter", text)
    assert finding.problem.fix is None
