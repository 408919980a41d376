"""Calls of the AWS API are checked where botocore is installed; else the run says that they are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssmlint import aws
from tests.command import ssmlint

NOTICE = (
    "botocore is not installed, so no call of the AWS API was checked: pip install 'ssmlint[aws]'"
)

RUNBOOK = """\
schemaVersion: '0.3'
description: Stops an instance.
assumeRole: '{{ Role }}'
parameters:
  Role:
    type: AWS::IAM::Role::Arn
mainSteps:
  - name: stop
    action: aws:executeAwsApi
    inputs:
      Service: ec2
      Api: StopInstance
"""


@pytest.fixture
def runbook(tmp_path: Path) -> str:
    path = tmp_path / "stop.yaml"
    path.write_text(RUNBOOK)
    return str(path)


@pytest.fixture
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aws, "data_folder", lambda: None)


def test_with_botocore_calls_are_checked(runbook: str) -> None:
    result = ssmlint("check", runbook, "--output-format", "json")
    assert result.found == ["unknown-api-operation"]
    assert result.err == ""


@pytest.mark.usefixtures("_bare")
def test_without_botocore_the_summary_says_so(runbook: str) -> None:
    result = ssmlint("check", runbook)
    assert result.status == 0
    assert NOTICE in result.out
    assert result.err == ""


@pytest.mark.usefixtures("_bare")
def test_formats_without_a_summary_leave_it_to_standard_error(runbook: str) -> None:
    result = ssmlint("check", runbook, "--output-format", "concise")
    assert result.err == f"ssmlint: {NOTICE}\n"
    assert ssmlint("check", runbook, "--output-format", "concise", "--quiet").err == ""


@pytest.mark.usefixtures("_bare")
@pytest.mark.parametrize("options", [("--ignore", "AUT6"), ("--select", "SH"), ("--quiet",)])
def test_who_does_not_ask_is_not_told(runbook: str, options: tuple[str, ...]) -> None:
    result = ssmlint("check", runbook, *options)
    assert NOTICE not in result.out + result.err


@pytest.mark.usefixtures("_bare")
def test_a_document_without_calls_misses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "sleep.yaml"
    path.write_text(RUNBOOK.partition("  - name")[0] + "  - name: s\n    action: aws:sleep\n"
                    "    inputs:\n      Duration: PT1M\n")  # fmt: skip
    assert NOTICE not in ssmlint("check", str(path)).out
