"""References are text to the agent: what shellcheck would say of a variable there is not said."""

from __future__ import annotations

import pytest

from tests.ssmlint.external.asking import heard, in_json, in_yaml, literal, names, places


@pytest.mark.parametrize(
    "script",
    [
        'echo "{{ x }}"',
        "echo '{{ x }}' '{{x}} {{ y }}'",
        "if [ '{{ x }}' = yes ]; then date; fi",
        'if [ "{{x}}" = yes ]; then date; fi',
        "[[ '{{ x }}' == y* ]] && date",
        "case '{{ x }}' in a) date ;; esac",
        "case {{ x }} in a) date ;; esac",
        "for each in '{{ x }}'; do echo \"$each\"; done",
        "while [ '{{ x }}' -gt 0 ]; do date; done",
        "awk '{print {{ x }} + $1}' /etc/fstab",
        "sleep $(( {{ x }} * 60 ))",
        "(( {{ x }} > 3 )) && date",
        'for each in {1..{{ x }}}; do echo "$each"; done',
        "trap 'date {{ x }}' EXIT",
        "ssh host 'ls {{ x }}'",
        "cat <<'END'\n{{ x }} $HOME\nEND",
        "cat <<END\n{{ x }}\nEND",
        "# {{ x }}\ndate",
        "{{ x }}",
        "date; {{ x }} 1",
        'words=( {{ x }} )\necho "${words[@]}"',
        "{{ x }}=1",
        "for {{ x }} in a b; do date; done",
    ],
)
def test_nothing_is_said(script: str) -> None:
    assert names(heard(literal(script))) == []


def test_quotes_are_advised() -> None:
    assert places(literal("ls {{ x }} {{y}}*"), 2086) == ["{{ x }}", "{{y}}"]
    assert places(literal("export {{ x }}; . {{ y }}"), 2086) == ["{{ x }}", "{{ y }}"]
    assert places(literal("rm -rf {{ x }}/"), 2115) == ["{{ x }}/"]
    assert places(literal('for each in "{{ x }}"; do echo "$each"; done'), 2066) == ['"{{ x }}"']


def test_the_shortest_reference_between_hard_characters() -> None:
    assert places(in_json("#!/bin/bash", "echo '😀'\t{{x}} é"), 2086) == ["{{x}}"]


@pytest.mark.parametrize(
    "declared",
    [
        "x: {type: Integer}",
        "x: {type: Boolean}",
        "x: {type: String, allowedValues: [pre-script, post-script]}",
        "x: {type: String, allowedPattern: '^[a-z0-9-]+$'}",
        "x: {type: String, allowedPattern: '^(None|[a-f0-9]{8}(-[a-f0-9]{4}){3})$'}",
    ],
)
def test_no_quotes_where_every_value_is_one_word(declared: str) -> None:
    assert names(heard(literal("ls {{ x }}", declared + "\n"))) == []


@pytest.mark.parametrize(
    "declared",
    ["x: {type: String}", "x: {type: String, allowedValues: [a, b c]}", "y: {type: Integer}"],
)
def test_quotes_where_a_value_may_be_several(declared: str) -> None:
    assert names(heard(literal("ls {{ x }}", declared + "\n"))) == ["SC2086"]


def test_a_variable_of_the_script_keeps_its_own_findings() -> None:
    source = literal('_x__=$1\nls {{ x }} $_x__ "$ax"')
    assert places(source, 2086) == ["{{ x }}", "$_x__"]
    assert places(source, 2154) == ["$ax"]


def test_messages_speak_of_the_reference() -> None:
    source = literal('x=1; echo "${x#{{ pattern }}}" {{ pattern }}')
    for finding in heard(source):
        assert "_pattern" not in finding.message


def test_variables_that_the_agent_sets_have_a_value() -> None:
    parameter = "x: {type: String, interpolationType: ENV_VAR}\n"
    assert places(literal('echo "$SSM_x" "$SSM_y" "$http_proxy"', parameter), 2154) == ["$SSM_y"]


def test_a_script_that_a_generator_fills_in_is_not_looked_at() -> None:
    assert heard(in_yaml("'%%SCRIPT=a.sh%% $x'")) == []
    assert heard(in_json("#!/usr/bin/env python3", "print($x)")) == []
