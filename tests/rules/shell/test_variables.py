"""Variables with other names, and the agent's own."""

from __future__ import annotations

import pytest

from tests.rules.asking import messages, places, script


def undefined(text: str) -> list[str]:
    found = places("undefined-variable", script(f"#!/bin/bash\n{text}"))
    return [place for _, place in found]


def test_a_key_in_arithmetic_is_no_variable() -> None:
    assert undefined("declare -A size\nsize[data]=4\necho $((size[data] / 2)) $((2 * half))") == [
        "half"
    ]


TAKES = "take() { local -n into=$1; into=5; }\n"


@pytest.mark.parametrize(
    "text",
    [
        f'{TAKES}take line\necho "$line"',
        f'{TAKES}outer() {{ take "$2"; }}\nouter x line\necho "$line"',
        'declare -n other=line\nother=5\necho "$line"',
        f'{TAKES}declare -A sizes\ntake "sizes[a]"\necho "${{sizes[a]}}"',
        f'{TAKES}for name in line word; do take $name; done\necho "$line"',
        'declare -n other\nother=$unknown\necho "$line"',
        'declare -n other=$(pick)\nother=5\necho "$line"',
    ],
)
def test_a_variable_may_be_set_by_another_name(text: str) -> None:
    assert "$line" not in undefined(text)


@pytest.mark.parametrize(
    "text",
    [
        f'{TAKES}line=3\ntake line\necho "$lnie"',
        f'{TAKES}line=3\ntake word "$line"\necho "$lnie"',
        'declare -n other=line\nother=5\necho "$lnie"',
    ],
)
def test_another_name_does_not_set_everything(text: str) -> None:
    assert undefined(text) == ["$lnie"]


def test_another_name_is_no_constant() -> None:
    text = 'declare -n code=real\nreal=300\nexit "$code"'
    assert messages("invalid-exit-code", script(f"#!/bin/bash\n{text}")) == []


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("AWS_SSM_REGION", "AWS_SSM_REGION_NAME"),
        ("AWS_SSM_INSTANCEID", "AWS_SSM_INSTANCE_ID"),
        ("AWS_SSM_INSTANCE_IP", "AWS_SSM_INSTANCE_ID"),
    ],
)
def test_a_name_that_is_nearly_one_of_the_agents(name: str, meant: str) -> None:
    (message,) = messages("undefined-variable", script(f"#!/bin/bash\necho ${name}"))
    assert message.endswith(f"did you mean `{meant}`?")


@pytest.mark.parametrize("name", ["AWS_SSM_REGION_NAME", "AWS_REGION", "AWS_CA_BUNDLE"])
def test_a_name_that_may_be_given(name: str) -> None:
    assert undefined(f"echo ${name}") == []
