"""Runbooks and documents with scripts in Python and PowerShell, in every form that takes them."""

from __future__ import annotations

import json
from collections.abc import Callable

from tests.ssmlint_lsp.writing import FORMS, HEAD

PYTHON = '''\
# 🧊 stops {{ Instance }}
import boto3

LIMIT = 3


def helper(client, ids):
    """Stops some."""
    found = [one for one in ids]
    return client.stop_instances(InstanceIds=found)


def main(events, context):
    client = boto3.client("ec2")
    print("🧊", events["Ids"], events.get('Force'), LIMIT)
    answer = helper(client, events["Ids"])
    return {"Stopped": answer, "Place": "{{ Instance }}"}
'''

POWERSHELL = """\
# 🧊 stops {{ Instance }}
$limit = 3
function Stop-It([string]$name) {
    $found = Get-Service $name
    Write-Output "🧊 $found in $($found.Name) $limit {{ Instance }}"
}
foreach ($one in 'a', 'b') { Stop-It $one }
if ($Limit -eq 3) { exit 1 }
"""

_RUNBOOK_HEAD = """\
schemaVersion: '0.3'
description: 🧊 a runbook with more than letters
parameters:
  Instance: {type: String, default: 🧊}
  Ids: {type: StringList}
mainSteps:
  - action: aws:executeScript
    name: stop_it
    outputs:
      - {Name: Stopped, Selector: $.Payload.Stopped, Type: StringMap}
    inputs:
      Runtime: python3.11
      Handler: main
      InputPayload: {Ids: '{{ Ids }}', Force: true}
"""

_DOCUMENT_HEAD = """\
schemaVersion: '2.2'
description: 🧊 a document with more than letters
parameters:
  Instance: {type: String, default: 🧊}
mainSteps:
  - action: aws:runPowerShellScript
    name: stop_it
    inputs:
"""

#: What Python, which cares for blanks, can be written in.
YAML_FORMS = ("literal", "crlf", "folded", "double")
ALL_FORMS = (*YAML_FORMS, "json", "escaped")


def runbook(form: str, script: str = PYTHON) -> str:
    """A runbook that runs a Python script."""
    return _written(form, script, _RUNBOOK_HEAD, "Script", _runbook_data)


def document(form: str, script: str = POWERSHELL) -> str:
    """A document that runs a PowerShell script."""
    return _written(form, script, _DOCUMENT_HEAD, "runCommand", _document_data)


def _written(form: str, script: str, head: str, key: str, data: Callable[[str], object]) -> str:
    if form in ("json", "escaped"):
        return json.dumps(data(script), indent=2, ensure_ascii=form == "escaped") + "\n"
    text = FORMS[form](script).replace("\r\n", "\n")
    text = text.replace(HEAD, head).replace("      runCommand:\n", f"      {key}:\n")
    if key == "Script":
        at = text.index("- ", text.index("      Script:"))
        text = text[: text.index("\n", text.index("      Script:"))] + " " + text[at + 2 :]
    return text.replace("\n", "\r\n") if form == "crlf" else text


def _runbook_data(script: str) -> object:
    return {
        "schemaVersion": "0.3",
        "description": "🧊 a runbook with more than letters",
        "parameters": {
            "Instance": {"type": "String", "default": "🧊"},
            "Ids": {"type": "StringList"},
        },
        "mainSteps": [
            {
                "action": "aws:executeScript",
                "name": "stop_it",
                "outputs": [
                    {"Name": "Stopped", "Selector": "$.Payload.Stopped", "Type": "StringMap"}
                ],
                "inputs": {
                    "Runtime": "python3.11",
                    "Handler": "main",
                    "InputPayload": {"Ids": "{{ Ids }}", "Force": True},
                    "Script": script,
                },
            }
        ],
    }


def _document_data(script: str) -> object:
    return {
        "schemaVersion": "2.2",
        "description": "🧊 a document with more than letters",
        "parameters": {"Instance": {"type": "String", "default": "🧊"}},
        "mainSteps": [
            {
                "action": "aws:runPowerShellScript",
                "name": "stop_it",
                "inputs": {"runCommand": [script]},
            }
        ],
    }


def written_in(form: str, text: str) -> str:
    """A piece of a script as it stands in a form."""
    if form not in ("json", "escaped", "double"):
        return text
    return json.dumps(text, ensure_ascii=form == "escaped")[1:-1]
