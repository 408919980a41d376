"""Documents around scripts, and what is said about them."""

from __future__ import annotations

import json
import textwrap
from typing import Any

from ssmlint import engine, files
from ssmlint.embedded import scripts_of
from ssmlint.rule import Finding
from ssmlint.settings import Settings
from ssmlint.source import Source

HEAD = "schemaVersion: '2.2'\n"
STEP = """\
mainSteps:
  - action: aws:runShellScript
    name: freeze
    inputs:
      runCommand:
"""


def in_yaml(item: str, parameters: str = "") -> Source:
    """A document whose only script is the item of a list, as it is written."""
    declared = f"parameters:\n{textwrap.indent(parameters, '  ')}" if parameters else ""
    return Source("document.yaml", f"{HEAD}{declared}{STEP}        - {item}\n")


def literal(script: str, parameters: str = "") -> Source:
    """A document that runs a script in bash, in a literal block."""
    text = textwrap.indent(f"#!/bin/bash\n{script}", " " * 10).lstrip()
    return in_yaml(f"|\n          {text}", parameters)


def in_json(*items: str) -> Source:
    """A JSON document that runs some items, characters beyond ASCII as they are."""
    inputs = {"runCommand": list(items)}
    step = {"action": "aws:runShellScript", "name": "freeze", "inputs": inputs}
    document: dict[str, Any] = {"schemaVersion": "2.2", "mainSteps": [step]}
    return Source("document.json", json.dumps(document, ensure_ascii=False, indent=1))


def heard(source: Source, *select: str, **more: Any) -> list[Finding]:
    """What shellcheck says, and the rules that are selected besides."""
    return engine.check(source, Settings(select=("shellcheck", *select), **more))


def places(source: Source, code: int) -> list[str]:
    """What stands in the file where shellcheck says so."""
    name = f"shellcheck/SC{code}"
    return [source.at(f.span) for f in heard(source) if f.rule.id == name]


def names(findings: list[Finding]) -> list[str]:
    """The names of the rules, those of shellcheck by their code alone."""
    return [finding.rule.name.rpartition("/")[2] for finding in findings]


def script_of(source: Source) -> str:
    """The script that the agent runs."""
    return scripts_of(files.read(source).documents[0])[0].text
