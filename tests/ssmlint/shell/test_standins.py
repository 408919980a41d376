"""References as variables: every length and place, and the way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssmlint.embedded import scripts_of
from ssmlint.files import read
from ssmlint.shell.standins import StandIn, stand_in
from tests.ssmlint.external.asking import in_json


def standing(script: str) -> StandIn:
    return stand_in(scripts_of(read(in_json("#!/bin/bash", script)).documents[0])[0])


def text(script: str) -> str:
    return standing(script).text.partition("\n")[2]


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("ls {{x}}", "ls ${_x}"),
        ("ls {{ x }}", "ls ${_x__}"),
        ("ls {{ a-b.c:d/e }}", "ls ${_a_b_c_d_e__}"),
        ('echo "a {{ x }}"', 'echo "a ${_x__}"'),
        ("echo 'a {{ x }}'", 'echo "a ${_x__}"'),
        ("echo 'a $b {{ x }}'", "echo 'a $b _x_____'"),
        ("echo $'a {{ x }}'", "echo $'a _x_____'"),
        ("echo b'{{ x }}'", "echo b'_x_____'"),
        ("echo $((1 + {{ x }}))", "echo $((1 + _x_____))"),
        ("cat <<'E'\n{{ x }}\nE", "cat <<'E'\n_x_____\nE"),
        ("cat <<E\n{{ x }}\nE", "cat <<E\n${_x__}\nE"),
        ("date # {{ x }}", "date # ${_x__}"),
        ("_x=1 {{x}}", "_x=1 ${ax}"),
        ("docker inspect -f '{{.Id}}' {{json .}}", "docker inspect -f '{{.Id}}' {{json .}}"),
    ],
)
def test_what_stands_there(script: str, expected: str) -> None:
    assert text(script) == expected


def test_messages_speak_of_references() -> None:
    found = standing("ls {{ x }} {{ path }}")
    assert found.written("use ${_x__} or $_path__, not _x__1") == (
        "use {{ x }} or {{ path }}, not _x__1"
    )


def test_a_script_without_references_is_itself() -> None:
    assert standing("ls $x") == StandIn("#!/bin/bash\nls $x", {})


def test_whether_it_is_read_at_all() -> None:
    assert standing("ls {{ x }}").is_sound
    assert not standing("if {{ x }}").is_sound


PARTS = ["{{x}}", "{{ ab }}", "<<'E'\n", "$((", "$'", *"ab '\"$(){}`#;\n\\<E="]


@given(st.lists(st.sampled_from(PARTS), max_size=30).map("".join))
def test_length_and_lines_stay(script: str) -> None:
    found = standing(script).text
    whole = f"#!/bin/bash\n{script}"
    assert len(found) == len(whole)
    assert [len(line) for line in found.split("\n")] == [len(line) for line in whole.split("\n")]
