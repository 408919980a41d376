"""Policies find their documents, by name and by nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

import pytest

from ssmlint.engine import check, check_files, needs_workspace
from ssmlint.files import read
from ssmlint.model.pair import Handler, Pair
from ssmlint.rule import Problem, Rule, Severity
from ssmlint.settings import Settings
from ssmlint.source import Source

DOCUMENT = "schemaVersion: '2.2'\nmainSteps: []\n"


def document(path: str, name: str = "") -> Source:
    return Source(path, (f"# ssmlint: name={name}\n" if name else "") + DOCUMENT)


def policy(handler: str, path: str = "policy.json") -> Source:
    create = {"Scripts": [{"ExecutionHandler": handler}], "CronExpression": "cron(0 3 * * ? *)"}
    details = {
        "PolicyType": "EBS_SNAPSHOT_MANAGEMENT",
        "ResourceTypes": ["INSTANCE"],
        "Schedules": [{"CreateRule": create}],
    }
    return Source(path, json.dumps(details))


def _say(pair: Pair) -> Iterator[Problem]:
    assert pair.policy.schedules == (pair.schedule,)
    assert pair.script_node is pair.script.node
    yield Problem(pair.script.label_span, f"{pair.document.source.path}")


def _count(handler: Handler) -> Iterator[Problem]:
    text = f"{handler.name}: {len(handler.documents)} of {', '.join(handler.known)}"
    yield Problem(handler.script.label_span, text)


PAIRS = Rule("POL998", "pairs", Severity.INFO, Pair, _say, "")
HANDLERS = Rule("POL999", "handlers", Severity.INFO, Handler, _count, "")


def said(rule: Rule, *sources: Source, names: Mapping[str, str] | None = None) -> list[str]:
    files = [read(source) for source in sources]
    return [f.message for f in check_files(files, [rule], Settings(documents=names or {}))]


@pytest.mark.parametrize(
    "handler",
    [
        "freeze-it",
        "arn:aws:ssm:eu-west-1:111122223333:document/freeze-it",
        "arn:aws-cn:ssm:cn-north-1:111122223333:document/freeze-it",
        "freeze-it:3",
    ],
)
def test_by_file_name(handler: str) -> None:
    assert said(PAIRS, policy(handler), document("ssm/freeze-it.yaml")) == ["ssm/freeze-it.yaml"]


def test_by_comment() -> None:
    files = (policy("freeze-it"), document("a.yaml", "freeze-it"), document("freeze-it2.yaml"))
    assert said(PAIRS, *files) == ["a.yaml"]


@pytest.mark.parametrize("value", ["ssm/a.yaml", "a.yaml", "a"])
def test_by_configuration(value: str) -> None:
    files = (policy("freeze-it"), document("x/ssm/a.yaml"), document("x/ssm/b.yaml"))
    assert said(PAIRS, *files, names={"freeze-it": value}) == ["x/ssm/a.yaml"]


def test_configuration_counts_whole_parts_of_a_path() -> None:
    files = (policy("freeze-it"), document("ssm/data.yaml"))
    assert said(PAIRS, *files, names={"freeze-it": "ta.yaml"}) == []


@pytest.mark.parametrize(
    "handler", ["AWS_VSS_BACKUP", "AWSSystemsManagerSAP-CreateDLMSnapshotForSAPHANA", "other", ""]
)
def test_no_pair(handler: str) -> None:
    assert said(PAIRS, policy(handler), document("freeze-it.yaml")) == []


def test_of_several_documents_the_one_beside_the_policy_is_meant() -> None:
    documents = [document(f"{stage}/freeze-it.yaml") for stage in ("test", "live")]
    found = said(PAIRS, policy("freeze-it", "live/policy.json"), *documents)
    assert found == ["live/freeze-it.yaml"]
    assert said(PAIRS, policy("freeze-it", "policies/policy.json"), *documents) == []


def test_handlers_without_a_document() -> None:
    found = said(HANDLERS, policy("other"), document("freeze-it.yaml"), names={"x": "y.yaml"})
    assert found == ["other: 0 of freeze-it, x"]


def test_one_file_may_hold_both() -> None:
    text = f"# ssmlint: name=freeze-it\n{DOCUMENT}---\n{policy('freeze-it').text}\n"
    findings = check(Source("both.yaml", text), Settings(), [PAIRS])
    assert [f.message for f in findings] == ["both.yaml"]


def test_findings_stand_in_the_policy_and_in_order() -> None:
    files = [
        read(s)
        for s in (
            policy("b", "b.json"),
            policy("a", "a.json"),
            document("a.yaml"),
            document("b.yaml"),
        )
    ]
    found = check_files(files, [PAIRS], Settings())
    assert [f.source.path for f in found] == ["a.json", "b.json"]


def test_which_rules_need_the_other_files() -> None:
    assert needs_workspace(PAIRS)
    assert needs_workspace(HANDLERS)
