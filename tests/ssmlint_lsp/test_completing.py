"""What is offered at a cursor, in texts that are whole and in texts that are not."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from pathlib import Path

import pytest

from ssmlint.engine import check, read
from ssmlint.settings import DEFAULTS
from ssmlint.source import Source
from ssmlint.tree import Mapping, plain, walk
from ssmlint_lsp.completing import Candidate, CandidateKind, completions, without_places
from ssmlint_lsp.hovering import hover
from tests.ssmlint_lsp.writing import CURSOR, FORMS, at_cursor, facts_of, path_of

NOW = datetime(2024, 2, 28, tzinfo=timezone.utc)

HEAD = """\
schemaVersion: '2.2'
parameters:
  folder:
    type: StringList
  command:
    type: String
    allowedValues: [pre-script, dry-run]
    interpolationType: ENV_VAR
mainSteps:
"""
STEP = f"{HEAD}  - action: aws:runShellScript\n    name: freeze\n    inputs:\n"
SCRIPT = f"{STEP}      runCommand:\n        - |\n          #!/bin/bash\n"
RUNBOOK = """\
schemaVersion: '0.3'
variables:
  Count: {type: Integer, default: 0}
mainSteps:
- name: one
  action: aws:executeAwsApi
  outputs: [{Name: Out, Selector: $.x, Type: String}]
- name: two
  action: aws:runCommand
"""
POLICY = """\
PolicyDetails:
  PolicyType: EBS_SNAPSHOT_MANAGEMENT
  ResourceTypes: [INSTANCE]
  Schedules:
    - Name: x
      CreateRule:
        Scripts:
          - \
"""


def offered(marked: str, *documents: str) -> dict[str, Candidate]:
    text, offset = at_cursor(marked)
    return {item.label: item for item in completions(path_of(text), text, offset, documents)}


def labels(marked: str, *documents: str) -> list[str]:
    """The labels, best first."""
    found = sorted(offered(marked, *documents).values(), key=lambda item: (item.rank, item.label))
    return [item.label for item in found]


def taken(marked: str, label: str, *documents: str) -> str:
    """The text after taking a candidate, the cursor where the editor puts it."""
    text, _ = at_cursor(marked)
    item = offered(marked, *documents)[label]
    made = item.text.replace("$0", CURSOR)
    # The editor indents further lines as the one at the cursor.
    start = max(text.rfind("\n", 0, item.span.start), -1) + 1
    line = text[start : item.span.start]
    made = made.replace("\n", "\n" + line[: len(line) - len(line.lstrip(" "))])
    return f"{text[: item.span.start]}{without_places(made)}{text[item.span.end :]}"


@pytest.mark.parametrize(
    ("marked", "first"),
    [
        (f"{HEAD}  - ‸", ["action", "name"]),
        (f"{HEAD}  - act‸\n  - name: x\n", ["action", "name"]),
        (f"{HEAD}  - name: x\n    ‸\n", ["action"]),
        (f"{HEAD}  - name: x\n    ‸\n    action: aws:runShellScript\n", ["inputs", "description"]),
        (f"{STEP}      ‸", ["runCommand"]),
        (f"{STEP}      run‸\n      timeoutSeconds: '5'\n", ["runCommand"]),
        (f"{STEP}      timeoutSeconds: '5'\n      run‸\n\nfoo: [", ["runCommand"]),
        (f"{STEP}      {{timeoutSeconds: '5', ‸", ["runCommand"]),
        (f"{STEP}      onFailure: ‸\n", ["exit", "successAndExit"]),
        (f"{STEP}      onFailure: 's‸\n", ["exit", "successAndExit"]),
        (f"{HEAD.replace('StringList', '‸')}", ["String", "StringList", "StringMap"]),
        (HEAD.replace("[pre", "[‸, pre"), ["dry-run", "post-script", "pre-script"]),
        (HEAD.replace("  command:\n", "  command:\n    default: ‸\n"), ["dry-run", "pre-script"]),
        (HEAD.replace("ENV_VAR", "‸"), ["ENV_VAR"]),
        (HEAD.replace("'2.2'", "‸"), ["2.2", "0.3"]),
        (f"{HEAD}  - precondition: {{StringEquals: [‸", ["platformType"]),
        (
            f"{HEAD}  - precondition:\n      StringEquals:\n      - platformType\n      - ‸",
            ["Linux"],
        ),
        (f"{RUNBOOK}  nextStep: ‸", ["one"]),
        (f"{RUNBOOK}  onFailure: step:‸", ["Abort", "Continue", "step:one"]),
        (f"{RUNBOOK}- ‸", ["action", "inputs", "name"]),
        (f"{RUNBOOK}  inputs:\n    ‸", ["DocumentName"]),
        (f"{POLICY}‸", ["ExecutionHandler"]),
        (f"{POLICY}Stages: [‸", ["POST", "PRE"]),
        (f"{POLICY}Stages:\n              - ‸\n", ["POST", "PRE"]),
        (f"{POLICY}ExecuteOperationOnScriptFailure: ‸", ["false", "true"]),
        ("PolicyDetails:\n  ‸\nExecutionRoleArn: x\n", ["Schedules", "TargetTags"]),
        ("PolicyDetails: {PolicyType: ‸}\n", ["EBS_SNAPSHOT_MANAGEMENT"]),
        ("ExecutionRoleArn: x\nSt‸", ["Description", "State"]),
        ('{"schemaVersion": "2.2", "mainSteps": [{‸}]}', ["action", "name"]),
        ('{"schemaVersion": "2.2", "mainSteps": [{"‸', ["action", "name"]),
        (
            '{"schemaVersion": "2.2",\n"mainSteps": [{"action": "aws:runShellScript",\n"inputs": {"‸"\n',
            ["runCommand"],
        ),
        ("# ssmlint: ‸\n", ["ignore", "ignore-file", "name"]),
    ],
)
def test_the_best_is_offered_first(marked: str, first: list[str]) -> None:
    assert labels(marked)[: len(first)] == first


def test_actions_come_from_the_schema_with_what_they_do() -> None:
    found = offered(f"{HEAD}  - action: aws:run‸\n    name: x\n")
    assert {"aws:runShellScript", "aws:configurePackage", "aws:softwareInventory"} <= found.keys()
    item = found["aws:runShellScript"]
    assert item.kind is CandidateKind.ACTION
    assert item.about.startswith("Runs a shell script")
    assert "aws:executeAwsApi" not in found
    assert "aws:executeAwsApi" in offered(f"{RUNBOOK}- action: ‸")


def test_keys_that_are_there_are_not_offered_again() -> None:
    assert "name" not in labels(f"{STEP.removesuffix('    inputs:' + chr(10))}    ‸")
    assert "timeoutSeconds" not in labels(f"{STEP}      timeoutSeconds: '5'\n      ‸")


def test_keys_without_effect_come_last() -> None:
    found = offered(f"{HEAD}  - ‸")
    assert found["timeoutSeconds"].is_deprecated
    assert labels(f"{HEAD}  - ‸")[-1] not in ("action", "name", "inputs")


@pytest.mark.parametrize(
    ("marked", "label", "expected"),
    [
        (f"{HEAD}  - act‸", "action", f"{HEAD}  - action: ‸"),
        (f"{HEAD}  - inp‸", "inputs", f"{HEAD}  - inputs:\n      ‸"),
        (f"{HEAD}  - name: x\n    inp‸", "inputs", f"{HEAD}  - name: x\n    inputs:\n      ‸"),
        (f"{STEP}      ‸", "runCommand", f"{STEP}      runCommand:\n        - ‸"),
        (f"{STEP}      run‸: x", "runCommand", f"{STEP}      runCommand: x"),
        (f"{HEAD}  - action: aws:‸x\n", "aws:runDocument", f"{HEAD}  - action: aws:runDocument\n"),
        (f"{HEAD}  - action: 'aws:‸\n", "aws:runDocument", f"{HEAD}  - action: 'aws:runDocument'\n"),
        (f"{HEAD}  - {{act‸}}", "action", f"{HEAD}  - {{action: ‸}}"),
        (HEAD.replace("'2.2'", "‸"), "2.2", HEAD),
        ('{"schemaVersion": "2.2", "mainSteps": [{"a‸"}]}', "action",
         '{"schemaVersion": "2.2", "mainSteps": [{"action": "‸"}]}'),
        ('{"schemaVersion": "2.2", "mainSteps": [{a‸', "inputs",
         '{"schemaVersion": "2.2", "mainSteps": [{"inputs": {‸}'),
        ('{"schemaVersion": "2.2", "mainSteps": [{"action": "aws:r‸', "aws:runDocument",
         '{"schemaVersion": "2.2", "mainSteps": [{"action": "aws:runDocument"'),
        ("# ssmlint: ig‸\n", "ignore", "# ssmlint: ignore[‸]\n"),
        (f"{POLICY}ExecutionHandler: fr‸\n", "freeze", f"{POLICY}ExecutionHandler: freeze\n"),
    ],
)  # fmt: skip
def test_taking_a_candidate(marked: str, label: str, expected: str) -> None:
    assert taken(marked, label, "freeze") == expected


def test_what_stands_in_braces() -> None:
    for marked in (
        f"{STEP}      workingDirectory: {{{{ fol‸",
        f'{STEP}      workingDirectory: "{{{{fol‸ }}}}"\n',
        f"{SCRIPT}          echo 😀 {{{{ ‸der }}}} # x\n",
        '{"schemaVersion": "2.2", "parameters": {"folder": {}, "command": {}}, "mainSteps":'
        ' [{"action": "aws:runShellScript", "inputs": {"runCommand": ["a\\n😀 {{ fol‸',
    ):
        assert labels(marked)[:2] == ["command", "folder"]
        end = "" if "}}" in marked.partition(CURSOR)[2] else " }}"
        assert without_places(offered(marked)["folder"].text) == f"folder{end}"
    found = labels(f"{RUNBOOK}  inputs:\n    DocumentName: '{{{{ ‸")
    assert {"one.Out", "one.OutputPayload", "two.Status", "variable:Count", "global:REGION"} <= {
        *found
    }
    assert "one.Out" not in labels(f"{STEP}      workingDirectory: '{{{{ ‸")


@pytest.mark.parametrize("form", FORMS)
def test_parameters_are_offered_inside_of_every_kind_of_script(form: str) -> None:
    text = FORMS[form]("#!/bin/bash\necho 😀 {{ folder }}\necho {{ X\n")
    at = text.index("{{ X") + 3
    found = completions(path_of(text), text, at)
    assert [item.label for item in found] == ["command", "folder"]
    assert all(text[item.span.start : item.span.end] == "X" for item in found)


def test_variables_and_functions_of_the_script() -> None:
    body = "X=1; read -r one two\n          for item in 1; do :; done\n          freeze() { :; }\n"
    found = labels(f'{SCRIPT}          {body}          echo "${{‸\n')
    assert found[:4] == ["X", "item", "one", "two"]
    assert "SSM_command" in found
    assert "AWS_SSM_INSTANCE_ID" in found
    assert taken(f"{SCRIPT}          X=1; echo ${{‸\n", "X").endswith("echo ${X}\n")
    assert taken(f"{SCRIPT}          X=1; echo $‸\n", "X").endswith("echo $X\n")
    assert labels(f"{SCRIPT}          {body}          fr‸\n") == ["freeze"]
    assert labels(f"{SCRIPT}          {body}          if fr‸\n") == ["freeze"]
    assert labels(f"{SCRIPT}          {body}          echo fr‸\n") == []


def test_handlers_are_the_documents_of_the_workspace() -> None:
    found = labels(f"{POLICY}ExecutionHandler: ‸", "freeze-it", "other")
    assert found[:3] == ["freeze-it", "other", "AWSSystemsManagerSAP-CreateDLMSnapshotForSAPHANA"]
    assert "AWS_VSS_BACKUP" in found


def test_rules_in_suppressions() -> None:
    for marked in (
        "# ssmlint: ignore[‸\n" + HEAD,
        f"{SCRIPT}          echo $X # ssmlint: ignore[SH101, un‸] why\n",
        f'{SCRIPT}          echo "$X # ssmlint: ignore-file[un‸\n',
    ):
        assert "undefined-variable" in labels(marked)
    item = offered("# ssmlint: ignore[un‸\n")["undefined-variable"]
    assert (item.detail, item.text) == ("SH101", "undefined-variable")


def test_nothing_is_offered_in_prose() -> None:
    assert labels("# just a com‸ment\n" + HEAD) == []
    assert labels(f"{SCRIPT}          # a com‸ment\n") == []
    assert labels(f"{HEAD}  - description: some wo‸rds\n") == []


# --- snippets -----------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["new.yaml", "new.json"])
def test_a_document_to_start_from_is_clean(path: str) -> None:
    found = [item for item in completions(path, "", 0) if item.label.startswith("pre/post")]
    assert len(found) == 5
    for item in found:
        text = without_places(item.text)
        if path.endswith(".json"):
            json.loads(text)
        assert check(Source(path, text), DEFAULTS) == []


def test_a_step_fits_where_it_is_put() -> None:
    for marked in (f"{HEAD}  - ‸", f"{HEAD}  - name: x\n  - ‸\n", f"{HEAD}  ‸", f"{HEAD}  - st‸"):
        text = taken(marked, "step: aws:runShellScript").replace(CURSOR, "true")
        file = read(Source("a.yaml", text))
        assert not file.tree.broken
        (document,) = file.documents
        step = document.steps[-1]
        assert (step.action, step.name) == ("aws:runShellScript", "step")
        assert step.input("runCommand") is not None


@pytest.mark.parametrize(
    "label", ["aws:runCommand", "aws:executeAwsApi", "aws:branch", "aws:executeScript"]
)
def test_steps_of_runbooks(label: str) -> None:
    text = taken(f"{RUNBOOK}- ‸", f"step: {label}").replace(CURSOR, "x")
    file = read(Source("a.yaml", text))
    assert not file.tree.broken
    assert file.documents[0].steps[-1].action == label


def test_a_parameter_fits_where_it_is_put() -> None:
    text = taken("schemaVersion: '2.2'\nparameters:\n  ‸\nmainSteps: []\n", "parameter")
    (root,) = read(Source("a.yaml", text)).tree.roots
    assert plain(root)["parameters"]["name"]["type"] == "String"


def test_a_policy_to_start_from() -> None:
    text = taken("‸", "PolicyDetails with scripts").replace(CURSOR, "")
    (policy,) = read(Source("a.yaml", text)).policies
    assert [script.timeout_seconds for script in policy.scripts] == [120]


def test_places_for_the_cursor_are_taken_out_for_editors_without_them() -> None:
    assert without_places("a ${1:b} $0 \\$c \\} $2 d\\\\") == "a b  $c }  d\\"


# --- what people have written is what is offered -------------------------------------------

ROOT = Path(__file__).parents[2]
WRITTEN = sorted(
    path
    for folder in ("fixtures/good", "fixtures/policies/good", "ssmlint/templates")
    for path in (ROOT / folder).iterdir()
    if path.suffix in (".yaml", ".json")
)


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.name)
def test_every_key_is_offered_where_it_stands(path: Path) -> None:
    text = path.read_bytes().decode()
    (root,) = read(Source(str(path), text)).tree.roots
    for node in walk(root):
        for entry in node.entries if isinstance(node, Mapping) else ():
            start, end = entry.key.span.start, entry.key.span.end
            hovered = hover(facts_of(text, str(path)), start, NOW)
            if hovered is None or not hovered.text.startswith(f"**{entry.key.text}**"):
                continue  # a name that somebody has chosen
            if "One parameter" in hovered.text or "without effect" in hovered.text:
                continue
            quote = int(text[start] in "'\"")
            inside = f"{text[: start + quote]}{text[end - quote :]}"
            for cut, offset in ((inside, start + quote), (text[:start], start)):
                labels = {item.label for item in completions(str(path), cut, offset)}
                assert entry.key.text in labels, (entry.key.text, cut[max(0, offset - 60) : offset])


@pytest.mark.parametrize("item", ["fre‸", '"fre‸"', "'fre‸'", "‸", '"true || fre‸"'])
def test_functions_of_the_script_in_lists_of_lines(item: str) -> None:
    found = offered(f"{STEP}      runCommand:\n        - freeze() {{ :; }}\n        - {item}\n")
    assert found["freeze"].kind is CandidateKind.FUNCTION
