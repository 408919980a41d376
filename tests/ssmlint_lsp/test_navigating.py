"""Where things are defined and used."""

from __future__ import annotations

import pytest

from ssmlint.engine import Facts
from ssmlint.files import read
from ssmlint.settings import DEFAULTS
from ssmlint.source import Source
from ssmlint.workspace import Workspace
from ssmlint_lsp.navigating import definition, highlights, references
from tests.ssmlint_lsp.test_names import AUTOMATION
from tests.ssmlint_lsp.writing import FORMS, SCRIPT, facts_of, literal, offset_of

POLICY = """\
PolicyDetails:
  PolicyType: EBS_SNAPSHOT_MANAGEMENT
  ResourceTypes: [INSTANCE]
  TargetTags: [{Key: Backup, Value: '😀'}]
  Schedules:
    - Name: nightly
      CreateRule:
        CronExpression: cron(0 18 ? * WED *)
        Scripts: [{ExecutionHandler: freeze-it, Stages: [PRE, POST]}]
      RetainRule: {Count: 7}
    - Name: weekly
      CreateRule:
        Interval: 24
        Scripts:
          - ExecutionHandler: "arn:aws:ssm:eu-west-1:123456789012:document/freeze-it"
      RetainRule: {Count: 7}
"""


def with_policy(document: str = "# ssmlint: name=freeze-it\n" + literal()) -> Facts:
    """The facts of a policy beside the document that it runs."""
    other = read(Source("other.yaml", document))
    policy = read(Source("policy.yaml", POLICY))
    return Facts(policy, Workspace(other.documents), DEFAULTS)


def defined(text: str, snippet: str, inside: str | None = None) -> list[str]:
    """The lines (from 1) and texts of the definition."""
    facts = facts_of(text)
    source = facts.file.source
    return [
        f"{source.lines.line_of(target.span.start) + 1} {source.at(target.span)}"
        for target in definition(facts, offset_of(text, snippet, inside))
    ]


@pytest.mark.parametrize("form", FORMS)
def test_definitions_are_found_from_inside_the_script(form: str) -> None:
    text = FORMS[form](SCRIPT)
    facts = facts_of(text)
    for snippet, inside in [
        ("in {{ folder }}", "folder"),
        ("froze ${mount}", "mount"),
        ("$STATE '", "STATE"),
    ]:
        at = text.index(snippet if snippet in text else snippet.replace("'", "''"))
        at = text.index(inside, at)
        (target,) = definition(facts, at)
        assert facts.file.source.at(target.span) == inside
        assert target.span.start < at


def test_definitions_in_a_document() -> None:
    text = literal()
    assert defined(text, "in {{ folder }}", "folder") == ["8 folder"]
    assert defined(text, 'freeze "$mount"', "mount") == ["27 mount"]
    assert defined(text, "froze ${mount}", "mount") == ["23 mount"]
    assert defined(text, 'freeze "$mount" || exit', "freeze") == ["22 freeze"]
    assert defined(text, "/run") == []


def test_definitions_in_automation() -> None:
    assert defined(AUTOMATION, "nextStep: choose", "choose") == ["14 choose"]
    assert defined(AUTOMATION, "step:clean", "clean") == ["23 clean"]
    assert defined(AUTOMATION, "{{ find.State", "find") == ["7 find"]
    assert defined(AUTOMATION, "{{ find.State", "State") == ["13 State"]
    assert defined(AUTOMATION, "- find.State", "State") == ["13 State"]
    # No step declares what the action itself gives: the step it is.
    assert defined(AUTOMATION, "clean.Output", "Output") == ["23 clean"]
    assert defined(AUTOMATION, "{{ variable:Count", "Count") == ["5 Count"]


def test_references_with_and_without_the_declaration() -> None:
    text = literal()
    facts, offset = facts_of(text), offset_of(text, "folder:")
    lines = facts.file.source.lines
    found = [lines.line_of(target.span.start) + 1 for target in references(facts, offset)]
    assert found == [8, 20, 25, 27]
    found = [lines.line_of(t.span.start) + 1 for t in references(facts, offset, False)]
    assert found == [20, 25, 27]


def test_highlights_tell_reading_from_writing() -> None:
    text = literal()
    found = highlights(facts_of(text), offset_of(text, "STATE="))
    assert [item.role.value for item in found] == ["write", "read", "read"]
    assert highlights(facts_of(text), offset_of(text, "/run")) == ()


@pytest.mark.parametrize("snippet", ["ExecutionHandler: freeze-it", "document/freeze-it"])
def test_a_handler_leads_to_its_document(snippet: str) -> None:
    facts = with_policy()
    (target,) = definition(facts, offset_of(POLICY, snippet, "freeze-it"))
    assert target.source.path == "other.yaml"
    assert target.source.at(target.span) == "freeze-it"
    found = references(facts, offset_of(POLICY, snippet, "freeze-it"))
    assert [target.source.path for target in found] == ["other.yaml", "policy.yaml", "policy.yaml"]


def test_a_document_that_does_not_say_its_name_begins_at_its_first_key() -> None:
    facts = with_policy(literal())
    at = offset_of(POLICY, "ExecutionHandler: freeze-it", "freeze-it")
    assert definition(facts, at) == ()
    other = read(Source("freeze-it.yaml", literal()))
    facts = Facts(facts.file, Workspace(other.documents), DEFAULTS)
    (target,) = definition(facts, at)
    assert target.source.at(target.span) == "schemaVersion"
