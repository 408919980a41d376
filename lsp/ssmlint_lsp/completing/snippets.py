"""Whole steps, parameters and documents to start from."""

from __future__ import annotations

import functools
import json
import textwrap
from collections.abc import Iterator

from ssmlint.model.document import DocumentKind
from ssmlint.source import Source
from ssmlint.templates import TEMPLATES, template
from ssmlint.tree import Mapping, plain
from ssmlint.yaml_tree import parse_yaml
from ssmlint_lsp.completing.keys import Schemas
from ssmlint_lsp.completing.spots import Spot, scalar_texts
from ssmlint_lsp.completing.types import Candidate, CandidateKind, literal


def snippets(spot: Spot, schemas: Schemas) -> Iterator[Candidate]:
    """What may be put at the cursor as a whole."""
    if _is_empty(spot):
        yield from _documents(spot)
        return
    place, document = schemas.place, spot.document
    if place is None or document is None or not spot.is_alone:
        return
    match place.keys:
        case ("mainSteps", *rest) if spot.starts_line and not spot.is_flow:
            if rest == [] or (len(rest) == 1 and isinstance(rest[0], int)) or _starts_step(spot):
                yield from _steps(spot, document.kind, dash=rest == [])
        case ("parameters", _) if place.on_key and not spot.is_flow:
            yield _parameter(spot)
        case ("parameters",) if spot.starts_line and not spot.is_flow:
            yield _parameter(spot)


def _starts_step(spot: Spot) -> bool:
    """Whether the mark is the only key of a step."""
    place = spot.place
    if place is None or not place.on_key or len(place.keys) != 3:
        return False
    return place.mapping is not None and not scalar_texts(place.mapping)


def _is_empty(spot: Spot) -> bool:
    """Whether there is nothing but comments, and perhaps the first key half-typed."""
    root = spot.root
    if isinstance(root, Mapping):
        return not scalar_texts(root) and spot.place is not None and len(spot.place.keys) == 1
    return (spot.place is not None and len(spot.place.keys) == 0) or not spot.text.strip()


# --- documents ----------------------------------------------------------------------------


def _documents(spot: Spot) -> Iterator[Candidate]:
    if spot.line_before.strip(" \t\"'{") not in ("", spot.text[spot.word.start : spot.offset]):
        return
    if not spot.is_json:
        for label, text, about in _BEGINNINGS:
            body = textwrap.dedent(text).strip("\n")
            yield Candidate(label, CandidateKind.SNIPPET, body, spot.word, about, rank=3)
    for name, purpose in TEMPLATES.items():
        text = _as_json(name) if spot.is_json else template(name)
        span = spot.word
        if spot.is_json and isinstance(spot.root, Mapping):
            text = textwrap.dedent(text.strip()[1:-1].strip("\n"))
            span = spot.quoted or spot.word
        yield Candidate(
            f"pre/post document: {name}",
            CandidateKind.SNIPPET,
            literal(text),
            span,
            purpose,
            f"A document for Data Lifecycle Manager that obeys every rule.\n\n{purpose}.",
            f"pre/post document {name}",
            8,
        )


@functools.cache
def _as_json(name: str) -> str:
    tree = parse_yaml(Source(f"{name}.yaml", template(name)))
    return json.dumps(plain(tree.roots[0]), indent=2, ensure_ascii=False) + "\n"


# --- steps and parameters -------------------------------------------------------------------


def _steps(spot: Spot, kind: DocumentKind, dash: bool) -> Iterator[Candidate]:
    if kind is DocumentKind.AUTOMATION:
        yield _snippet(spot, "step: aws:runCommand", _RUN_COMMAND, dash, "runs a document on nodes")
        yield _snippet(spot, "step: aws:executeAwsApi", _API, dash, "calls an AWS service")
        yield _snippet(spot, "step: aws:branch", _BRANCH, dash, "goes on by a condition")
        yield _snippet(spot, "step: aws:executeScript", _PYTHON, dash, "runs Python")
    elif kind is DocumentKind.COMMAND:
        yield _snippet(spot, "step: aws:runShellScript", _SHELL, dash, "runs a shell script")
        yield _snippet(spot, "step: aws:runPowerShellScript", _POWERSHELL, dash, "runs PowerShell")


def _parameter(spot: Spot) -> Candidate:
    return _snippet(spot, "parameter", _PARAMETER, False, "declares a parameter")


def _snippet(spot: Spot, label: str, text: str, dash: bool, about: str) -> Candidate:
    body = textwrap.dedent(text).strip("\n")
    if dash:
        body = "- " + body.replace("\n", "\n  ")
    elif spot.column > len(spot.indent):
        # Lines are indented as the one at the cursor, on which a dash stands.
        body = body.replace("\n", "\n" + " " * (spot.column - len(spot.indent)))
    span = spot.quoted or spot.word
    return Candidate(label, CandidateKind.SNIPPET, body, span, about, rank=4)


_BEGINNINGS = (
    (
        "schemaVersion 2.2",
        """
        schemaVersion: '2.2'
        description: ${1:What it is for}
        mainSteps:
          - $0
        """,
        "a Command document",
    ),
    (
        "schemaVersion 0.3",
        """
        schemaVersion: '0.3'
        description: ${1:What it is for}
        mainSteps:
          - $0
        """,
        "an Automation runbook",
    ),
    (
        "PolicyDetails with scripts",
        """
        ExecutionRoleArn: ${1:arn:aws:iam::123456789012:role/AWSDataLifecycleManagerDefaultRole}
        Description: ${2:Application-consistent snapshots}
        State: ENABLED
        PolicyDetails:
          PolicyType: EBS_SNAPSHOT_MANAGEMENT
          ResourceTypes:
            - INSTANCE
          TargetTags:
            - Key: ${3:Backup}
              Value: ${4:daily}
          Schedules:
            - Name: ${5:daily}
              CreateRule:
                CronExpression: cron(${6:0 3 * * ? *})
                Scripts:
                  - ExecutionHandler: ${7:document}
                    ExecutionTimeout: 120
                    MaximumRetryCount: 1
              RetainRule:
                Count: ${8:7}
        """,
        "a lifecycle policy that runs a document before and after its snapshots",
    ),
)
_SHELL = """
    action: aws:runShellScript
    name: ${1:step}
    precondition:
      StringEquals:
        - platformType
        - Linux
    inputs:
      timeoutSeconds: '${2:600}'
      runCommand:
        - |
          #!/bin/bash
          set -euo pipefail
          $0
"""
_POWERSHELL = """
    action: aws:runPowerShellScript
    name: ${1:step}
    precondition:
      StringEquals:
        - platformType
        - Windows
    inputs:
      timeoutSeconds: '${2:600}'
      runCommand:
        - |
          \\$ErrorActionPreference = 'Stop'
          $0
"""
_RUN_COMMAND = """
    name: ${1:step}
    action: aws:runCommand
    inputs:
      DocumentName: ${2:AWS-RunShellScript}
      InstanceIds:
        - $0
"""
_API = """
    name: ${1:step}
    action: aws:executeAwsApi
    inputs:
      Service: ${2:ec2}
      Api: ${3:DescribeInstances}
    outputs:
      - Name: ${4:Output}
        Selector: \\$.$0
        Type: String
"""
_BRANCH = """
    name: ${1:step}
    action: aws:branch
    inputs:
      Choices:
        - NextStep: ${2:next}
          Variable: '{{ ${3:parameter} \\}\\}'
          StringEquals: ${4:value}
      Default: $0
"""
_PYTHON = """
    name: ${1:step}
    action: aws:executeScript
    inputs:
      Runtime: python3.11
      Handler: handler
      InputPayload: {\\}
      Script: |
        def handler(events, context):
            $0
"""
_PARAMETER = """
    ${1:name}:
      type: String
      description: ${2:What it is for}
      allowedPattern: ${3:'^[A-Za-z0-9_-]*$'}
"""
