"""Guards of the rules on references, outputs and variables."""

from __future__ import annotations

import pytest

from tests.rules.asking import ask, fixed, messages, places


def runbook(comment: str, more: str = "", outputs: str = "") -> str:
    """A runbook whose second step says something; the first has outputs `Id` and `InstanceIds`."""
    return f"""\
schemaVersion: '0.3'
{more}mainSteps:
  - name: launch
    action: aws:runInstances
    inputs: {{ImageId: ami-1}}
    outputs: [{{Name: Id, Selector: '$.Instances[0].InstanceId', Type: String}}]
  - name: run
    action: aws:runCommand
    inputs:
      DocumentName: AWS-RunShellScript
      InstanceIds: '{{{{ launch.InstanceIds }}}}'
      Comment: {comment}
{outputs}"""


@pytest.mark.parametrize(
    "comment",
    [
        "'{{ launch.Id }}'",
        "'{{launch.InstanceIds}} {{ launch.OutputPayload }}'",
        "docker ps --format '{{.ID}}'",
        "'{% if a.b %}{{ a.b }}{% endif %}'",
        "'{{ user.name | upper }} {{ user.name }}'",
        "'{{ global:REGION }} {{ automation:EXECUTION_ID }}'",
    ],
)
def test_references_that_lead_somewhere(comment: str) -> None:
    for name in ("reference-to-unknown-step", "undeclared-output", "selection-in-reference"):
        assert ask(name, runbook(comment)) == []


def test_the_innermost_mistake_is_the_one_that_is_reported() -> None:
    text = runbook("'{{ launch.Idd.x }}'")
    assert ask("selection-in-reference", text) == []
    assert messages("undeclared-output", text) == [
        "12: step `launch` has no output `Idd`; did you mean `Id`?"
    ]


@pytest.mark.parametrize("form", ["[0]", "['a']", ".a", ".a[0]", " | first", "(0)"])
def test_what_references_cannot_select(form: str) -> None:
    text = runbook(f'"{{{{ launch.Id{form} }}}}"')
    assert len(ask("selection-in-reference", text)) == (0 if form == " | first" else 1)


def test_an_action_that_the_guide_gives_no_outputs_is_a_warning() -> None:
    text = runbook("'{{ stop.InstanceStates }}'").replace(
        "  - name: run\n",
        "  - {name: stop, action: 'aws:changeInstanceState',"
        " inputs: {InstanceIds: [i], DesiredState: stopped}}\n  - name: run\n",
    )
    (finding,) = ask("undeclared-output", text)
    assert finding.severity.value == "warning"


def test_outputs_of_actions_that_are_not_known_are_left_alone() -> None:
    text = runbook("'{{ launch.Anything }}'").replace("aws:runInstances", "aws:newAction")
    assert ask("undeclared-output", text) == []


def test_steps_that_come_again_see_each_other() -> None:
    text = runbook("x").replace("ami-1", "'{{ run.Output }}'")
    assert places("output-not-yet-there", text) == [(5, "run.Output")]
    again = text + "    nextStep: launch\n"
    assert ask("output-not-yet-there", again) == []


def test_a_step_that_never_runs_is_not_judged() -> None:
    text = runbook("'{{ after.CommandId }}'").replace(
        "    outputs:", "    isEnd: true\n    outputs:"
    )
    text += "  - {name: after, action: 'aws:pause', inputs: {}}\n"
    assert ask("output-not-yet-there", text) == []


def test_the_role_is_needed_before_any_step() -> None:
    text = runbook("x", "assumeRole: '{{ launch.Id }}'\n")
    assert messages("malformed-assume-role", text) == [
        "2: the role is assumed before any step has run"
    ]


@pytest.mark.parametrize(
    ("role", "count"),
    [
        ("arn:aws:iam::123456789012:role/x", 0),
        ("arn:aws-us-gov:iam::123456789012:role/path/x@y", 0),
        ("'arn:{{ global:AWS_PARTITION }}:iam::{{ global:ACCOUNT_ID }}:role/x'", 0),
        ("''", 0),
        ("arn:aws:iam::12345678901:role/x", 1),
        ("arn:aws:iam::123456789012:user/x", 1),
        ("AutomationRole", 1),
        ("'%%ROLE=x%%'", 0),
        ("!Ref Role", 0),
    ],
)
def test_roles(role: str, count: int) -> None:
    assert len(ask("malformed-assume-role", runbook("x", f"assumeRole: {role}\n"))) == count


@pytest.mark.parametrize(
    ("kind", "value", "severity"),
    [
        ("Integer", "1", None),
        ("Integer", "'1'", "warning"),
        ("Integer", "[1]", "error"),
        ("String", "x", None),
        ("String", "true", "warning"),
        ("StringList", "[a]", None),
        ("MapList", "[{a: b}]", None),
        ("StringMap", "{a: b}", None),
        ("StringMap", "'{}'", None),
        ("StringMap", "x", "error"),
        ("Boolean", "false", None),
        ("Integer", "'{{ launch.Id }}'", "warning"),
        ("StringList", "'{{ launch.Id }}'", "error"),
        ("String", "'{{ launch.Id }}'", None),
        ("String", "'{{ p }}'", "error"),
        ("StringList", "'{{ p }}'", None),
        ("Integer", "'{{ launch.InstanceIds }}'", None),
        ("String", "'{{ variable:v }}'", None),
        ("Unknown", "x", None),
    ],
)
def test_values_of_variables(kind: str, value: str, severity: str | None) -> None:
    more = f"parameters: {{p: {{type: StringList}}}}\nvariables: {{v: {{type: {kind}}}}}\n"
    text = runbook("x", more)
    text += f"  - {{name: u, action: 'aws:updateVariable', inputs: {{Name: 'variable:v', Value: {value}}}}}\n"
    found = [finding.severity.value for finding in ask("mismatched-update", text)]
    assert found == ([severity] if severity else [])


def test_a_default_may_look_like_a_reference_to_nothing() -> None:
    more = "parameters: {p: {type: String, default: 'Dear {{ name }}, {{ssm:x}}'}}\n"
    assert ask("reference-in-default", runbook("x", more)) == []


@pytest.mark.parametrize(
    "text", ["f'{{{{ x }}}}'", "{{ a }}{{ b }}", "{ {{ a }} }", "{{}} {{ a }}"]
)
def test_braces_that_are_not_nested(text: str) -> None:
    assert ask("nested-reference", runbook('"' + text + '"')) == []


def test_outputs_of_the_runbook() -> None:
    outputs = "outputs: ['{{launch.Id}}', launch.Id, launch, '{{ gone.Id }}', run.Nothing]\n"
    text = runbook("x", outputs=outputs)
    assert "outputs: ['launch.Id', launch.Id, launch, 'gone.Id'" in fixed(
        "malformed-runbook-output", text
    )
    assert len(ask("malformed-runbook-output", text)) == 3
    assert [where for _, where in places("reference-to-unknown-step", text)] == ["gone.Id"]
    assert [where for _, where in places("undeclared-output", text)] == ["run.Nothing"]


@pytest.mark.parametrize(
    ("name", "meant", "is_fixed"),
    [
        ("global:region", "global:REGION", True),
        ("global:DATETIME", "global:DATE_TIME", True),
        ("global:EXECUTION_ID", "automation:EXECUTION_ID", True),
        ("global:ACOUNT_ID", "global:ACCOUNT_ID", False),
        ("global:TIME", None, False),
        ("automation:NAME", None, False),
    ],
)
def test_system_variables(name: str, meant: str | None, is_fixed: bool) -> None:
    (finding,) = ask("unknown-system-variable", runbook(f"'{{{{ {name} }}}}'"))
    assert (f"did you mean `{meant}`?" in finding.message) is (meant is not None)
    assert (finding.problem.fix is not None) is is_fixed


@pytest.mark.parametrize(
    ("declared", "severity"),
    [
        ("type: Integer, default: 5", None),
        ("type: Integer, default: '5'", "warning"),
        ("type: Integer", None),
        ("type: Integer, default: null", None),
        ("type: String, default: '{{ x }}'", None),
        ("type: String, default: [a]", "error"),
        ("type: StringList, default: a", "error"),
        ("type: StringList, default: []", None),
        ("type: StringMap, default: '{\"a\": 1}'", None),
        ("type: StringMap, default: [a]", "error"),
        ("type: Sometype, default: [a]", None),
    ],
)
def test_the_default_of_a_variable(declared: str, severity: str | None) -> None:
    text = f"schemaVersion: '0.3'\nvariables:\n  a: {{{declared}}}\nmainSteps: []\n"
    found = [finding.severity.value for finding in ask("mistyped-variable", text)]
    assert found == ([severity] if severity else [])
