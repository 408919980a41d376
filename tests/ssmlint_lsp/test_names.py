"""Which names a file has, and where they stand, however it is written."""

from __future__ import annotations

import pytest

from ssmlint.source import Span
from ssmlint_lsp.names.finding import named_at, names_of
from ssmlint_lsp.names.types import Name, NameKind, Role
from tests.ssmlint_lsp.writing import FORMS, SCRIPT, at_cursor, facts_of, literal, offset_of


def named(text: str, name: str, kind: NameKind, container: str = "") -> Name:
    (found,) = (
        candidate
        for candidate in names_of(facts_of(text))
        if (candidate.text, candidate.kind, candidate.container) == (name, kind, container)
    )
    return found


def lines_of(text: str, name: Name) -> list[str]:
    """The occurrences as line numbers (from 1) and roles."""
    source = name.source
    return [
        f"{source.lines.line_of(item.span.start) + 1} {item.role.value}"
        for item in name.occurrences
    ]


@pytest.mark.parametrize("form", FORMS)
def test_the_names_are_the_same_in_every_form(form: str) -> None:
    text = FORMS[form](SCRIPT)
    names = names_of(facts_of(text))
    assert [(n.kind.name, n.text, n.container, len(n.occurrences)) for n in names] == [
        ("PARAMETER", "command", "", 2),
        ("PARAMETER", "folder", "", 4),
        ("STEP", "freeze_it", "", 1),
        ("SHELL_VARIABLE", "STATE", "", 3),
        ("SHELL_VARIABLE", "mount", "freeze", 3),
        ("SHELL_VARIABLE", "mount", "", 2),
        ("SHELL_VARIABLE", "code", "freeze", 1),
        ("FUNCTION", "freeze", "", 2),
    ]
    for name in names:
        for occurrence in name.occurrences:
            assert occurrence.is_exact
            assert text[occurrence.span.start : occurrence.span.end] == name.text


def test_a_cursor_behind_a_name_is_on_it() -> None:
    text = literal()
    start = offset_of(text, '"$mount"', "mount")
    for offset in range(start, start + len("mount") + 1):
        found = named_at(facts_of(text), offset)
        assert found is not None
        assert (found.name.text, found.name.container) == ("mount", "freeze")
        assert found.occurrence.span == Span(start, start + len("mount"))


def test_a_name_written_with_escapes_is_covered_with_them() -> None:
    text = '{"schemaVersion": "2.2", "parameters": {"fo\\u006cder": {"type": "String"}},' + (
        ' "mainSteps": [{"action": "aws:runShellScript", "name": "a", "inputs":'
        ' {"runCommand": ["ls \\u007b{ f\\u006fl\\u0064er }}"]}}]}'
    )
    found = named(text, "folder", NameKind.PARAMETER)
    spans = [item.span for item in found.occurrences]
    assert [text[span.start : span.end] for span in spans] == ["fo\\u006cder", "f\\u006fl\\u0064er"]


def test_an_environment_variable_is_the_parameter() -> None:
    text = literal('#!/bin/bash\necho "$SSM_folder" "${SSM_folder:-x}" # SSM_folder SSM_folders\n')
    text = text.replace("default: /data", "default: /data\n    interpolationType: ENV_VAR")
    found = named(text, "folder", NameKind.PARAMETER)
    assert lines_of(text, found) == ["8 declaration", "21 read", "21 read", "21 read"]


AUTOMATION = """\
schemaVersion: '0.3'
parameters:
  Instance: {type: String}
variables:
  Count: {type: Integer, default: 0}
mainSteps:
  - name: find
    action: aws:executeAwsApi
    nextStep: choose
    onFailure: step:clean
    inputs: {Service: ec2, Api: DescribeInstances, InstanceIds: ["{{ Instance }}"]}
    outputs:
      - {Name: State, Selector: $.Reservations, Type: String}
  - name: choose
    action: aws:branch
    inputs:
      Choices:
        - {NextStep: clean, Variable: "{{ find.State }}", StringEquals: running}
      Default: find
  - name: count
    action: aws:updateVariable
    inputs: {Name: "variable:Count", Value: "{{ variable:Count }}"}
  - name: clean
    action: aws:runCommand
    isEnd: true
    inputs: {DocumentName: AWS-RunShellScript, Parameters: {commands: ["{{ find.State }}"]}}
outputs:
  - find.State
  - clean.Output
"""


def test_the_names_of_automation() -> None:
    step = named(AUTOMATION, "find", NameKind.STEP)
    assert lines_of(AUTOMATION, step) == [
        "7 declaration", "18 read", "19 read", "26 read", "28 read",
    ]  # fmt: skip
    clean = named(AUTOMATION, "clean", NameKind.STEP)
    assert lines_of(AUTOMATION, clean) == ["10 read", "18 read", "23 declaration", "29 read"]
    output = named(AUTOMATION, "State", NameKind.OUTPUT, "find")
    assert lines_of(AUTOMATION, output) == ["13 declaration", "18 read", "26 read", "28 read"]
    variable = named(AUTOMATION, "Count", NameKind.VARIABLE)
    assert lines_of(AUTOMATION, variable) == ["5 declaration", "22 write", "22 read"]
    parameter = named(AUTOMATION, "Instance", NameKind.PARAMETER)
    assert lines_of(AUTOMATION, parameter) == ["3 declaration", "11 read"]


def roles(script: str, name: str) -> list[tuple[str, list[str]]]:
    """For each variable of a name its container and roles, for a script at the left margin."""
    text = literal(f"#!/bin/bash\n{script}\n")
    return [
        (found.container, [item.role.name[0] for item in found.occurrences])
        for found in names_of(facts_of(text))
        if found.text == name and found.kind is NameKind.SHELL_VARIABLE
    ]


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("x=1; x+=2; echo $x ${x} ${x:-1} ${#x}", "WWRRRR"),
        ("((x = 1, x++)); echo $((x + 1)) $(( $x ))", "WWRR"),
        ("for x in 1 2; do echo $x; done", "WR"),
        ("read -r x y <<< a; printf -v x '%s' 1; mapfile -t x < f", "WWW"),
        ("unset x; [[ -v x ]]; declare -p x", "WRR"),
        ("trap 'rm -f \"$x\"' EXIT; x=1", "RW"),
        ("x=(1 2); i=0; echo ${x[i]} ${x[@]}", "WRR"),
        ("i=(1); x=0; echo ${i[x]} $((i[x + 1])); i[x]=2", "WRRR"),
        ("declare -A map=([x]=1); x=2; echo ${map[x]} ${map[$x]}", "WR"),
        ("exec {x}> file; echo >&$x", "WR"),
        ("cat << END\n$x ${x}\nEND\nx=1", "RRW"),
        ("echo '$x'; x=1", "W"),
        ("f() { local -n ref=x; ref=1; }; x=0", "WW"),
    ],
)
def test_every_way_to_name_a_variable(script: str, expected: str) -> None:
    ((container, found),) = roles(script, "x")
    assert (container, "".join(found)) == ("", expected)


def test_a_local_variable_is_another_one() -> None:
    script = "f() { local x=1; echo $x; }\ng() { local x=2; echo $x $x; }\nx=0; echo $x; f; g"
    assert roles(script, "x") == [("f", ["D", "R"]), ("g", ["D", "R", "R"]), ("", ["W", "R"])]


def test_what_a_function_calls_sees_its_local_variables() -> None:
    script = "f() { local x=1; show; }\nshow() { echo $x; }\ng() { local x=2; }\nf; g"
    assert roles(script, "x") == [("g", ["D"]), ("", ["D", "R"])]


def test_a_child_has_variables_of_its_own_unless_they_are_exported() -> None:
    assert roles("x=1; bash -c 'echo $x'", "x") == [("", ["W", "R"])]
    assert roles("x=1; bash -c 'x=2; echo $x'", "x") == [("", ["W"]), ("", ["W", "R"])]
    assert roles("x=1; docker exec db sh -c 'echo $x'", "x") == [("", ["W"]), ("", ["R"])]


def test_functions_are_named_by_calls_and_by_arguments() -> None:
    text, offset = at_cursor(
        literal(
            '#!/bin/bash\nthaw‸() { :; }\nretry() { "$@"; }\nretry thaw\ntrap thaw EXIT\n'
            "export -f thaw\ncommand -v thaw\nbash -c thaw\necho thaw # thaw\n"
        )
    )
    found = named_at(facts_of(text), offset)
    assert found is not None
    assert found.name.kind is NameKind.FUNCTION
    assert [item.role is Role.READ for item in found.name.occurrences] == [False, *[True] * 5]


def test_declarations_that_an_alias_repeats_count_once() -> None:
    text = literal().replace("  folder:", "  other: &it {type: String}\n  more: *it\n  folder:")
    assert len(named(text, "folder", NameKind.PARAMETER).occurrences) == 4
