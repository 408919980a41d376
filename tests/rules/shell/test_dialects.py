"""What needs bash, held against dash itself where it is installed."""

from __future__ import annotations

import subprocess

import pytest

from tests.programs import require_program
from tests.rules.asking import document, fixed, places, script

ONLY_BASH = [
    "[[ a = a ]]",
    "[ a == a ]",
    "x=(1 2)",
    "x[1]=2",
    "x=1; x+=2",
    "function f { :; }",
    "cat <(true)",
    "cat <<< text",
    "true |& cat",
    "echo x >& /dev/null",
    "source /dev/null",
    "set -o pipefail",
    "set -euo pipefail",
    "trap : ERR",
    "trap : SIGTERM",
    "echo ${x:1:2}",
    "echo ${x/a/b}",
    "echo ${x^^}",
    "echo ${!x}",
    "declare x=1",
    "typeset x=1",
    "let x=1",
    "for ((i = 0; i < 2; i++)); do :; done",
    "i=1; echo $((i++))",
    "echo $((2 ** 3))",
    "read -t 1 x < /dev/null",
    "printf -v x y",
    "printf %q x",
    "shopt -s nullglob",
    "mapfile x < /dev/null",
    "pushd /",
    "case a in a) : ;;& esac",
    "coproc cat",
    "wait -n",
    "kill -SIGTERM 999999",
]
#: dash does something else with these, without a word.
OTHERWISE = [
    "date &> /dev/null",
    "echo {1..3}",
    "echo a{b,c}",
    "echo $'a'",
    'echo $"a"',
    "echo $EUID",
]

PORTABLE = [
    "[ a = b ] || true",
    "f() { local x=1; }; f",
    "export X=1; readonly Y=2",
    "x=1; echo ${x:-2} ${x#1} ${x%1} ${#x}",
    "echo $((1 + 2))",
    "trap : EXIT TERM",
    "read -r x < /dev/null || true",
    "exec 3>&1; echo x >&3",
    "cat <<EOF\n[[ x ]] <<< y\nEOF",
    "awk 'BEGIN { a[1] = 2; b += 1 }'",
    "echo '[[ ]]' \"((\" {} {a} '{1..2}'",
    "command -v ls > /dev/null 2>&1",
    ". /dev/null",
    "echo x 2>&1 > /dev/null",
    "grep -q 'x$' /dev/null || true",
    'x=1; grep -q "^${x}$" /dev/null || true',
    "printf '%s\\n' a",
    "case a in (a | b) : ;; esac",
]


def bashisms(text: str) -> list[str]:
    return [place for _, place in places("bash-syntax-under-sh", script(text))]


def dash_complains(text: str) -> bool:
    dash = require_program("dash", package="dash")
    done = subprocess.run([dash, "-c", text], capture_output=True, text=True, timeout=60)
    return done.returncode != 0 or bool(done.stderr)


@pytest.mark.parametrize("text", [*ONLY_BASH, *OTHERWISE])
def test_what_only_bash_knows_is_reported(text: str) -> None:
    assert len(bashisms(text)) == 1
    assert bashisms(f"#!/bin/sh -e\n{text}") != []
    assert bashisms(f"#!/bin/bash\n{text}") == []


@pytest.mark.parametrize("text", PORTABLE)
def test_what_every_shell_knows_is_not(text: str) -> None:
    assert bashisms(text) == []


@pytest.mark.parametrize("text", ONLY_BASH)
def test_dash_refuses_it(text: str) -> None:
    assert dash_complains(text)


@pytest.mark.parametrize("text", PORTABLE)
def test_dash_takes_it(text: str) -> None:
    assert not dash_complains(text)


def test_a_script_that_asks_for_bash_itself_is_left_alone() -> None:
    assert bashisms('[ -n "$BASH_VERSION" ] || exec bash "$0"\n[[ a ]]') == []


STEP = "- action: aws:runShellScript\n  name: x\n  inputs:\n    runCommand:\n"


@pytest.mark.parametrize(
    ("items", "first"),
    [
        ("    - '[[ a ]]'\n    - date\n", "    - '#!/bin/bash'\n      - '[[ a ]]'"),
        ("    - |\n      [[ a ]]\n", "    - |\n        #!/bin/bash\n        [[ a ]]"),
        ("    - |\n      #!/bin/sh\n      [[ a ]]\n", "    - |\n        #!/bin/bash\n"),
    ],
)
def test_bash_is_asked_for(items: str, first: str) -> None:
    assert first in fixed("bash-syntax-under-sh", document("", STEP + items))


def test_bash_is_asked_for_in_json() -> None:
    text = (
        '{"schemaVersion": "2.2", "mainSteps": [{"action": "aws:runShellScript", "name": "x",\n'
        '"inputs": {"runCommand": ["[[ a ]]", "date"]}}]}\n'
    )
    whole = fixed("bash-syntax-under-sh", text, "document.json")
    assert '["#!/bin/bash", "[[ a ]]", "date"]' in whole


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("\n#!/bin/bash\ndate", 1),
        ("date\n#!/usr/bin/env bash\ndate", 1),
        ("date\n  #! /usr/bin/python3\n", 1),
        ("#!/bin/bash\n#!/bin/sh\ndate", 0),
        ("# see #!/bin/bash\ndate", 0),
        ("date #!/bin/bash", 0),
        ("cat > x <<EOF\n#!/bin/bash\nEOF", 0),
        ("date\n#!/bin/sh", 0),
    ],
)
def test_interpreter_lines_that_come_too_late(text: str, count: int) -> None:
    steps = STEP + "    - " + repr_yaml(text)
    assert len(places("shebang-not-first", document("", steps))) == count


def repr_yaml(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"\n'


def test_a_later_shebang_is_said_once() -> None:
    text = STEP + "    - " + repr_yaml("\n#!/bin/bash\n[[ a ]]")
    assert places("bash-syntax-under-sh", document("", text)) == []


def test_carriage_returns_are_taken_out() -> None:
    text = STEP + '    - "date\\r\\necho a\\rb\\r\\n"\n'
    assert '"date\\necho a\\rb\\n"' in fixed("carriage-return", document("", text))
