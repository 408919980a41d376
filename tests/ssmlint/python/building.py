"""Documents with a Python script, for tests."""

from __future__ import annotations

import json
import textwrap

from ssmlint.files import read
from ssmlint.python.scriptfacts import PythonScript, python_scripts_of
from ssmlint.source import Source


def document(script: str, inputs: str = "", runtime: str = "python3.11") -> str:
    """An Automation document that runs a script with the handler `main`."""
    head = f"- name: x\n  action: aws:executeScript\n  inputs:\n    Runtime: {runtime}\n"
    more = textwrap.indent(inputs, "    ")
    body = textwrap.indent(script, "      ")
    step = f"{head}    Handler: main\n{more}    Script: |\n{body}\n"
    return f"schemaVersion: '0.3'\nmainSteps:\n{textwrap.indent(step, '  ')}"


def in_json(script: str) -> str:
    """The same as JSON."""
    inputs = {"Runtime": "python3.11", "Handler": "main", "Script": script}
    step = {"name": "x", "action": "aws:executeScript", "inputs": inputs}
    return json.dumps({"schemaVersion": "0.3", "mainSteps": [step]}, indent=1)


def python(text: str, path: str = "document.yaml") -> PythonScript:
    """The one Python script of a document."""
    (script,) = python_scripts_of(read(Source(path, text)).documents[0])
    return script


def of(script: str, runtime: str = "python3.11") -> PythonScript:
    """A script as it stands in a document."""
    return python(document(textwrap.dedent(script), runtime=runtime))
