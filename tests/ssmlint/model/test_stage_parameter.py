"""Which documents Data Lifecycle Manager is meant to call, and through which parameter."""

from __future__ import annotations

import pytest

from ssmlint.files import read
from ssmlint.model.document import stage_named
from ssmlint.source import Source


def stage_parameter(parameters: str, script: str = "date") -> str | None:
    text = (
        f"schemaVersion: '2.2'\nparameters:\n{parameters}"
        "mainSteps:\n- action: aws:runShellScript\n  name: freeze\n"
        f"  inputs: {{runCommand: ['{script}']}}\n"
    )
    (document,) = read(Source("document.yaml", text)).documents
    found = document.stage_parameter
    return found.name if found else None


def declared(name: str, *values: str) -> str:
    allowed = f", allowedValues: [{', '.join(values)}]" if values else ""
    return f"  {name}: {{type: String{allowed}}}\n"


@pytest.mark.parametrize(
    ("value", "stage"),
    [
        ("pre-script", "pre-script"),
        ("Pre-Script", "pre-script"),
        ("prescript", "pre-script"),
        ("post_script", "post-script"),
        ("DRYRUN", "dry-run"),
        ("pre", None),
        ("script", None),
        ("", None),
    ],
)
def test_a_value_means_a_stage_however_it_is_written(value: str, stage: str | None) -> None:
    assert stage_named(value) == stage


def test_two_stages_among_the_allowed_values_make_a_stage_parameter() -> None:
    assert stage_parameter(declared("command", "pre-script", "post-script")) == "command"
    assert stage_parameter(declared("stage", "post-script", "dry-run")) == "stage"
    assert stage_parameter(declared("stage", "dry-run", "run")) is None


def test_nearly_written_stages_count() -> None:
    assert stage_parameter(declared("command", "prescript", "post_script")) == "command"


def test_the_parameter_with_most_stages_is_preferred() -> None:
    both = declared("command", "prescript", "postscript") + declared(
        "stage", "pre-script", "post-script"
    )
    assert stage_parameter(both) == "stage"
    equal = declared("stage", "pre-script", "post-script") + declared(
        "command", "pre-script", "post-script"
    )
    assert stage_parameter(equal) == "command"


def test_command_beside_execution_id_needs_no_values() -> None:
    assert stage_parameter(declared("command") + declared("executionId")) == "command"
    assert stage_parameter(declared("Command") + declared("executionID")) == "Command"
    assert stage_parameter(declared("command")) is None
    assert stage_parameter(declared("executionId")) is None


def test_command_with_a_script_that_speaks_of_both_stages_needs_no_values() -> None:
    script = "case {{ command }} in pre-script) freeze;; post-script) thaw;; esac"
    assert stage_parameter(declared("command"), script) == "command"
    assert stage_parameter(declared("command"), "echo pre-script") is None
