"""Which texts of a document are scripts, and in what language."""

from __future__ import annotations

import pytest

from ssmlint.embedded import Language, all_scripts_of, scripts_of
from ssmlint.files import read
from ssmlint.source import Source


def scripts(step: str, version: str = "2.2") -> list[tuple[str, Language]]:
    text = f"schemaVersion: '{version}'\nmainSteps:\n- {step}\n"
    (document,) = read(Source("document.yaml", text)).documents
    return [(script.text, script.language) for script in all_scripts_of(document)]


@pytest.mark.parametrize(
    ("step", "version", "found"),
    [
        (
            "{action: 'aws:runShellScript', name: x, inputs: {runCommand: [a, b]}}",
            "2.2",
            [("a\nb", Language.SHELL)],
        ),
        (
            "{action: 'aws:runPowerShellScript', name: x, inputs: {runCommand: [a, b]}}",
            "2.2",
            [("a\nb", Language.POWERSHELL)],
        ),
        ("{action: 'aws:runShellScript', name: x, inputs: {runCommand: '{{ a }}'}}", "2.2", []),
        ("{action: 'aws:runShellScript', name: x, inputs: {runCommand: [[a]]}}", "2.2", []),
        (
            "{action: 'aws:executeScript', name: x, inputs: {Runtime: python3.11, Script: a}}",
            "0.3",
            [("a", Language.PYTHON)],
        ),
        (
            "{action: 'aws:executeScript', name: x, inputs: {Runtime: PowerShell 7.0, Script: a}}",
            "0.3",
            [("a", Language.POWERSHELL)],
        ),
        ("{action: 'aws:executeScript', name: x, inputs: {Runtime: '{{ R }}', Script: a}}", "0.3", []),
        ("{action: 'aws:executeScript', name: x, inputs: {Script: a}}", "0.3", []),
        ("{action: 'aws:executeScript', name: x, inputs: {Runtime: python3.11, Script: a}}", "2.2", []),
        (
            "{action: 'aws:runCommand', name: x, inputs: {DocumentName: AWS-RunShellScript,"
            " Parameters: {commands: [a, b]}}}",
            "0.3",
            [("a\nb", Language.SHELL)],
        ),
        (
            "{action: 'aws:runCommand', name: x, inputs: {DocumentName: AWS-RunPowerShellScript,"
            " Parameters: {commands: a}}}",
            "0.3",
            [("a", Language.POWERSHELL)],
        ),
        (
            "{action: 'aws:runCommand', name: x, inputs: {DocumentName: Mine,"
            " Parameters: {commands: [a, b]}}}",
            "0.3",
            [],
        ),
    ],
)  # fmt: skip
def test_scripts_by_action(step: str, version: str, found: list[tuple[str, Language]]) -> None:
    assert scripts(step, version) == found


def test_plugins_of_old_documents() -> None:
    text = (
        "schemaVersion: '1.2'\nruntimeConfig:\n  aws:runPowerShellScript:\n    properties:\n"
        "    - {id: a, runCommand: [x]}\n    - {id: b, runCommand: [y]}\n"
    )
    (document,) = read(Source("document.yaml", text)).documents
    assert [script.text for script in all_scripts_of(document)] == ["x", "y"]
    assert scripts_of(document) == ()
