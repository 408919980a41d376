"""What Data Lifecycle Manager expects of a pre/post document."""

from __future__ import annotations

import pytest

from ssmlint.packs import load_pack
from tests.rules.asking import ask, document, fixed, messages, script

RULES = [
    rule.name
    for rule in load_pack("builtin", "ssmlint_rules").rules
    if rule.check.__module__.startswith("ssmlint_rules.contract.")
]

STAGE = "command:\n  type: String\n  allowedValues: [pre-script, post-script, dry-run]\n"
RUN = (
    "executionId:\n  type: String\n  default: None\n"
    "  allowedPattern: ^(None|[a-fA-F0-9]{8}(-[a-fA-F0-9]{4}){3}-[a-fA-F0-9]{12})$\n"
)


def found(text: str) -> list[str]:
    return [finding.rule.name for name in RULES for finding in ask(name, text)]


def test_a_good_document() -> None:
    assert found(document(STAGE + RUN)) == []


@pytest.mark.parametrize(
    "parameters",
    [
        "",
        "command:\n  type: StringList\n",
        "operation:\n  type: String\n  allowedValues: [start, stop]\nname:\n  type: String\n",
        "executionId:\n  type: String\n  allowedPattern: '[0-9]'\n",
        "stage:\n  type: String\n  allowedValues: [dry-run, run]\n",
    ],
)
def test_other_documents_owe_dlm_nothing(parameters: str) -> None:
    assert found(document(parameters)) == []


def test_an_automation_document_owes_dlm_nothing() -> None:
    text = document(STAGE).replace("2.2", "0.3").replace("runShellScript", "sleep")
    assert found(text) == []


@pytest.mark.parametrize(
    "value", ["prescript", "pre_script", "Pre-Script", "pre-scirpt", "PRESCRIPT"]
)
def test_a_misspelled_stage_is_one_finding(value: str) -> None:
    text = document(STAGE.replace("pre-script", value) + RUN)
    assert found(text) == ["misspelled-stage"]
    assert fixed("misspelled-stage", text) == document(STAGE + RUN)


def test_a_stage_is_misspelled_only_where_it_is_missing() -> None:
    text = document(STAGE.replace("[pre-script", "[prescript, pre-script") + RUN)
    assert found(text) == []


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        ("[pre-script, post-script]", "`dry-run`"),
        ("[pre-script, dry-run]", "`post-script`"),
        ("[dry-run]", "`pre-script` and `post-script`"),
    ],
)
def test_missing_stages(values: str, missing: str) -> None:
    stage = f"command:\n  type: String\n  allowedValues: {values}\n"
    (message,) = messages("stage-value-missing", document(stage + RUN))
    assert f"lacks {missing};" in message


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[pre-script, post-script]", "[pre-script, post-script, dry-run]"),
        ("['pre-script', 'post-script']", "['pre-script', 'post-script', 'dry-run']"),
        (
            "\n    - pre-script\n    - post-script  # last",
            "\n    - pre-script\n    - post-script\n    - dry-run  # last",
        ),
    ],
)
def test_a_missing_stage_is_added_in_the_style_of_the_list(before: str, after: str) -> None:
    text = document(f"command:\n  type: String\n  allowedValues: {before}\n" + RUN)
    assert after.replace("\n    ", "\n      ") in fixed("stage-value-missing", text)


def test_a_missing_stage_is_added_to_json() -> None:
    text = (
        '{"schemaVersion": "2.2", "parameters": {"command": {"type": "String", "allowedValues": [\n'
        '    "pre-script",\n    "post-script"\n]}}}'
    )
    assert '"post-script",\n    "dry-run"\n]' in fixed("stage-value-missing", text, "d.json")


@pytest.mark.parametrize("name", ["Command", "operation", "stage"])
def test_the_stage_under_another_name(name: str) -> None:
    text = script(f"run '{{{{ {name} }}}}'", STAGE.replace("command", name) + RUN)
    assert found(text) == ["stage-parameter-misnamed"]
    assert fixed("stage-parameter-misnamed", text) == script("run '{{ command }}'", STAGE + RUN)


@pytest.mark.parametrize("name", ["executionID", "ExecutionId", "execution_id", "excutionId"])
def test_the_id_under_another_name(name: str) -> None:
    text = document(STAGE + RUN.replace("executionId", name).replace("  default: None\n", ""))
    assert found(text) == ["execution-id-missing"]


@pytest.mark.parametrize(
    ("pattern", "rules"),
    [
        ("^[a-f0-9-]{36}$", [("dlm-value-refused", "warning")]),
        ("^[A-F0-9-]{36}$", [("dlm-value-refused", "error")]),
        ("^None$", [("dlm-value-refused", "error")]),
        ("[a-fA-F0-9-]{36}", [("execution-id-unanchored", "warning")]),
        ("^[a-fA-F0-9-]{36}", [("execution-id-unanchored", "warning")]),
        ("^None|[a-fA-F0-9-]{36}$", [("execution-id-unanchored", "warning")]),
        (".*", [("execution-id-unanchored", "warning")]),
        ("^[a-zA-Z0-9-]+$", []),
        ("^(None|[a-fA-F0-9-]{36})$", []),
        ("%%PATTERN=x%%", []),
        ("(?!x)", []),  # unusable-pattern
    ],
)
def test_patterns_of_the_id(pattern: str, rules: list[tuple[str, str]]) -> None:
    text = document(STAGE + f"executionId:\n  type: String\n  allowedPattern: '{pattern}'\n")
    assert [(f.rule.name, f.severity.value) for n in RULES for f in ask(n, text)] == rules


@pytest.mark.parametrize(
    ("constraint", "words"),
    [
        ("minChars: 40", "`minChars: 40` refuses the UUID"),
        ("maxChars: 35", "`maxChars: 35` refuses the UUID"),
        ("allowedValues: [None]", "`allowedValues` refuses every UUID"),
    ],
)
def test_other_constraints_of_the_id(constraint: str, words: str) -> None:
    text = document(STAGE + f"executionId:\n  type: String\n  {constraint}\n")
    (message,) = messages("dlm-value-refused", text)
    assert words in message


def test_a_pattern_of_the_stage() -> None:
    text = document(STAGE + "  allowedPattern: ^(pre|post)$\n" + RUN)
    assert found(text) == ["dlm-value-refused"]


def test_defaults_that_act() -> None:
    assert found(document(STAGE + "  default: pre-script\n" + RUN)) == ["stage-default-acts"]
    assert found(document(STAGE + "  default: post-script\n" + RUN)) == ["stage-default-acts"]
    assert found(document(STAGE + "  default: dry-run\n" + RUN)) == []


def test_parameters_that_dlm_does_not_send() -> None:
    more = "device:\n  type: String\nlabel:\n  type: String\n  default: ''\n"
    assert messages("extra-required-parameter", document(STAGE + RUN + more)) == [
        "10: `device` needs a default; DLM sends `command` and `executionId` only"
    ]


def test_nothing_is_put_behind_a_hyphen_that_stands_alone() -> None:
    stage = (
        "command:\n  type: String\n  allowedValues:\n    - pre-script\n    - post-script\n    -\n"
    )
    (finding,) = ask("stage-value-missing", document(stage + RUN))
    assert finding.problem.fix is None
