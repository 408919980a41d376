"""Variables that nothing sets: what counts as set, and what was meant."""

from __future__ import annotations

import pytest

from ssmlint.rule import Severity
from tests.rules.asking import ask, document, fixed, messages, places, script
from tests.rules.freeze.dlm import dlm


def undefined(text: str) -> list[str]:
    return [place for _, place in places("undefined-variable", script(f"#!/bin/bash\n{text}"))]


@pytest.mark.parametrize(
    "text",
    [
        'read -r -p "name: " line; echo "$line"',
        "read; echo $REPLY",
        'IFS=, read -ra parts <<< "a,b"; echo "${parts[0]}"',
        "mapfile -t lines < /etc/fstab; echo ${#lines[@]}",
        "while getopts ab: flag; do echo $flag $OPTARG; done",
        "printf -v when '%s' now; echo $when",
        "for ((i = 0; i < 3; i++)); do echo $i; done",
        "select item in a b; do echo $item; done",
        "coproc WORK { cat; }; echo ${WORK[1]} $WORK_PID",
        "exec {fd}> /tmp/log; echo x >&$fd",
        ": ${limit:=5}; echo $limit",
        "(( count += 1 )); echo $count",
        "declare -A seen; seen[a]=1; echo ${seen[a]}",
        "wait -n -p done; echo $done",
        "echo $HOME $PATH $AWS_SSM_INSTANCE_ID $RANDOM $1 $? $@",
        "echo ${AWS_PROFILE} $PGPASSWORD $http_proxy",
        '[ -z "$DEBUG" ] || set -x; echo $DEBUG',
        '[ "x$DEBUG" = x ] || echo "$DEBUG"',
        "echo ${NAME:-nobody} ${NAME+set}",
        ". /etc/os-release; echo $ID $VERSION_ID",
        ". /opt/settings; echo $anything",
        'eval "$1"; echo $anything',
        "[[ -v FLAG ]] && echo $FLAG",
        "echo 'no $variable' \\$this \"\\$that\"",
        "cat <<'EOF'\n$nothing\nEOF",
        "docker exec db sh -c 'echo $INSIDE'",
        "su - oracle -c 'echo $ORACLE_HOME $tns'",
        "env COLOUR=red bash -c 'echo $COLOUR'",
        "trap 'echo $code' EXIT; code=3",
    ],
)
def test_what_is_set_or_provided_for_is_not_reported(text: str) -> None:
    assert undefined(text) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("echo $nothing", "$nothing"),
        ("echo ${nothing%/*}", "${nothing%/*}"),
        ("echo $((nothing + 1))", "nothing"),
        ("bash -c 'echo $nothing'", "$nothing"),
        ("trap 'rm -f $nothing' EXIT", "$nothing"),
        ("cat <<EOF\nat $nothing\nEOF", "$nothing"),
        ("colour=red date; echo $colour", "$colour"),
        ("f() { local inside=1; }; f; echo $inside", "$inside"),
        ("f() { local inside=1; }; g() { echo $inside; }; f; g", "$inside"),
        ("f() { local inside; echo $inside; }; f", "$inside"),
        ("export NOTHING; echo $NOTHING", "$NOTHING"),
        (". /etc/os-release; echo $VERSIONID", "$VERSIONID"),
    ],
)
def test_what_is_never_set_is_reported(text: str, place: str) -> None:
    assert undefined(text) == [place]


def test_a_callee_sees_the_locals_of_its_callers() -> None:
    assert undefined("f() { local inside=1; g; }; g() { echo $inside; }; f") == []


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("error_message=x; echo $errormessage", "$error_message"),
        ("target=x; echo $targetdue", "${target}due"),
        ("target=x; echo ${taregt}", "${target}"),
        ("TODAY=x; echo backup-$TODAY_full", "backup-${TODAY}_full"),
        ("target=x; echo $targets", "$target"),
    ],
)
def test_the_right_name_is_put_in(text: str, meant: str) -> None:
    whole = script(f"#!/bin/bash\n{text}")
    assert fixed("undefined-variable", whole).splitlines()[-1].endswith(f"echo {meant}")


def test_under_nounset_it_is_an_error_in_a_pre_post_document_only() -> None:
    text = "set -u\necho $nothing\n"
    (grave,) = ask("undefined-variable", dlm(text))
    (mild,) = ask("undefined-variable", script(f"#!/bin/bash\n{text}"))
    assert (grave.severity, mild.severity) == (Severity.ERROR, Severity.WARNING)


def test_each_step_is_a_shell_of_its_own() -> None:
    step = "- action: aws:runShellScript\n  name: {}\n  inputs:\n    runCommand:\n    - {}\n"
    steps = step.format("find", "region=eu-west-1") + step.format("use", "echo $region")
    (message,) = messages("undefined-variable", document("", steps))
    assert "step `find` sets it, but each step has its own shell" in message


def test_the_input_environment_and_env_var_parameters_set_names() -> None:
    parameters = "mode: {type: String, interpolationType: ENV_VAR}\n"
    steps = (
        "- action: aws:runShellScript\n  name: x\n  inputs:\n    environment: {LEVEL: '3'}\n"
        "    runCommand:\n    - echo $LEVEL $SSM_mode $SSM_other\n"
    )
    assert places("undefined-variable", document(parameters, steps)) == [(10, "$SSM_other")]


def test_the_name_of_a_parameter_is_taken_for_the_parameter() -> None:
    step = "- action: aws:runShellScript\n  name: x\n  inputs:\n    runCommand:\n    - {}\n"
    text = document(
        "IdleTime: {type: String}\n", step.format('IDLE_TIME="$IdleTime"; echo $IDLE_TIME')
    )
    assert messages("undefined-variable", text) == [
        "9: `IdleTime` is never set; did you mean `{{ IdleTime }}`?"
    ]


def test_templates_of_a_generator_are_left_alone() -> None:
    steps = (
        "- action: aws:runShellScript\n  name: ${step_name}\n  inputs:\n    runCommand:\n"
        "    - echo ${bucket} $plain\n"
    )
    assert [place for _, place in places("undefined-variable", document("", steps))] == ["$plain"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("echo ${bucket}", []),
        ("echo ${BucketName}", []),
        ("echo ${BUCKET}", ["${BUCKET}"]),
        ("echo $bucket ${bucket}", ["$bucket", "${bucket}"]),
        ("echo ${bucket%/}", ["${bucket%/}"]),
        ("buckett=1; echo ${bucket}", ["${bucket}"]),
    ],
)
def test_braces_alone_may_be_those_of_a_template(text: str, found: list[str]) -> None:
    assert undefined(text) == found
    whole = [place for _, place in places("undefined-variable", dlm(text))]
    assert len(whole) == text.count("$")


@pytest.mark.parametrize(
    "text",
    [
        "frozen=yes; frozn=no; echo $frozen",
        "exit_code=0; for t in a; do exitcode=201; done; exit $exit_code",
    ],
)
def test_an_assignment_to_a_slip_of_a_name_is_reported(text: str) -> None:
    assert len(messages("misspelled-assignment", script(f"#!/bin/bash\n{text}"))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "items=3; item=2; echo $items",
        "code1=3; code2=2; echo $code1",
        "other=2; echo $errno; errno=1",
        "frozen=yes; export frozn=no; echo $frozen",
        "frozen=yes; . /opt/x; frozn=no; echo $frozen",
        "f() { local frozn=1; }; g() { local frozen=1; echo $frozen; }",
    ],
)
def test_an_unused_variable_alone_is_no_slip(text: str) -> None:
    assert messages("misspelled-assignment", script(f"#!/bin/bash\n{text}")) == []
