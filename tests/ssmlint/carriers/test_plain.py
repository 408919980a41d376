"""What is an SSM document, and what only looks like one."""

from __future__ import annotations

import pytest

from ssmlint.carriers.looks import may_hold_document
from ssmlint.files import read
from ssmlint.source import Source

STEPS = "[{action: 'aws:runShellScript', name: freeze, inputs: {runCommand: [date]}}]"
AUTOMATION_STEPS = "[{action: 'aws:executeAwsApi', name: call, inputs: {}}]"
PARAMETERS = "parameters: {volume: {type: String}}"


def kind_of(text: str, path: str = "file.yaml") -> str | None:
    documents = read(Source(path, text)).documents
    return documents[0].kind.value if documents else None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"schemaVersion: '2.2'\nmainSteps: {STEPS}", "Command"),
        (f"schemaVersion: '0.3'\nmainSteps: {AUTOMATION_STEPS}", "Automation"),
        ("schemaVersion: '1.2'\nruntimeConfig: {'aws:runShellScript': {}}", "Command"),
        ("schemaVersion: '1.0'\nsessionType: Standard_Stream", "Session"),
        ("schemaVersion: '0.3'\nexecutableRunBooks: [{name: x}]", "Automation"),
    ],
)
def test_documents_are_known_by_their_body(text: str, kind: str) -> None:
    assert kind_of(text) == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"schemaVersion: '2.2'\nmainStep: {STEPS}", "Command"),
        (f"schemaVersion: '2.2'\nsteps: {STEPS}", "Command"),
        (f"mainSteps: {STEPS}", "Command"),
        (f"schemaversion: '2.2'\nmainSteps: {STEPS}", "Command"),
        (f"mainSteps: {AUTOMATION_STEPS}", "Automation"),
        ("schemaVersion: '1.2'\nruntimeconfig: {'aws:runShellScript': {}}", "Command"),
        (f"schemaVersion: '2.2'\n{PARAMETERS}", "Command"),
        (f"schemaVersion: '3.0'\nmainSteps: {AUTOMATION_STEPS}", "Automation"),
        (f"schemaVersion: '3.0'\nmainSteps: {STEPS}", "Command"),
        ("schemaVersion: '1.0'\ninputs: {runAsEnabled: false}", "Session"),
        ("schemaVersion: '1.0'\nproperties: {linux: {commands: id}}", "Session"),
        ("schemaVersion: '1.0'\nsessiontype: Port\nproperties: {portNumber: '22'}", "Session"),
    ],
)
def test_a_misspelled_or_missing_key_hides_no_document(text: str, kind: str) -> None:
    assert kind_of(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "schemaVersion: '2.0'\npackages: {windows: {}}\nfiles: {}",  # Distributor
        "schemaVersion: 39\npanels: []\ntitle: Volumes",  # Grafana
        "schemaVersion: '1.0'\nparameters: {volume: {type: string}}",  # another tool's
        "schemaVersion: '1.0'\ninputs: {volume: string}\nproperties: {linux: {}}",  # another's
        "schemaVersion: '2.2'\nparameters: {}",
        "schemaVersion: '2.2'\nparameters: [String]",
        "schemaVersion: '7.1'\nparameters: {volume: {type: String}}",
        "Parameters: {Volume: {Type: String}}\nResources: {}",  # CloudFormation
        "mainSteps: []",
        "mainSteps: [{action: build}]",
        "- schemaVersion",
        "",
    ],
)
def test_other_files_are_passed_over(text: str) -> None:
    assert kind_of(text) is None


@pytest.mark.parametrize(
    ("text", "may"),
    [
        (f"schemaVersion: '2.2'\nmainSteps: {STEPS}", True),
        (f"schemaVersion: '2.2'\nsteps: {STEPS}", True),
        (f"shemaVersion: '2.2'\nmainSteps: {STEPS}", True),
        (f"schemaVersion: '2.2'\n{PARAMETERS}", True),
        ('{"schemaVersion": "1.0", "sessionType": ', True),
        ("schemaVersion: '0.3'\nexecutableRunBooks: [{name: x}]", True),
        ("schemaVersion: '1.0'\ninputs: {runAsEnabled: false}", True),
        ("schemaVersion: 39\npanels: []\ntitle: Volumes", False),
        ("schemaVersion: '2.0'\npackages: {windows: {}}\nfiles: {}", False),
        ("mainSteps: [{action: build}]", False),
        ("", False),
    ],
)
def test_a_quick_look_at_the_text_misses_no_document(text: str, may: bool) -> None:
    assert may_hold_document(text) is may
