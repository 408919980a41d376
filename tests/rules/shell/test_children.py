"""What reaches a child shell."""

from __future__ import annotations

import pytest

from tests.rules.asking import places, script


def lost(rule: str, text: str) -> list[str]:
    return [place for _, place in places(rule, script(f"#!/bin/bash\n{text}"))]


@pytest.mark.parametrize(
    "start",
    [
        "bash -c 'echo $level'",
        "nohup bash -c 'echo $level' &",
        "setsid timeout 5 sh -c 'echo $level'",
        "sudo bash -c 'echo $level'",
        "sudo -u postgres bash -c 'echo $level'",
        "systemd-run --on-active=60 bash -c 'echo $level'",
        "env -i bash -c 'echo $level'",
        "bash <<'EOF'\necho $level\nEOF",
        "echo 'echo $level' | bash",
        "echo 'echo $level' | at now + 1 minute",
        "f() { echo $level; }; export -f f; bash -c f",
        "f() { g; }; g() { echo $level; }; export -f f g; bash -c 'f'",
    ],
)
def test_a_variable_that_is_only_set_is_lost(start: str) -> None:
    assert lost("unexported-variable", f"level=3\n{start}") == ["level"]


@pytest.mark.parametrize(
    "start",
    [
        "export level; bash -c 'echo $level'",
        "declare -x level; bash -c 'echo $level'",
        "set -a; level=3; bash -c 'echo $level'",
        "level=3 bash -c 'echo $level'",
        "env level=3 bash -c 'echo $level'",
        "sudo level=\"$level\" bash -c 'echo $level'",
        "systemd-run --setenv=level bash -c 'echo $level'",
        "export level; sudo -E bash -c 'echo $level'",
        "bash -c 'level=4; echo $level'",
        "bash -c 'for level in 1 2; do echo $level; done'",
        "bash -c 'echo ${level:-0}'",
        'bash -c "echo $level"',
        "docker exec db bash -c 'echo $level'",
        "su - postgres -c 'echo $level'",
        "f() { local level=1; echo $level; }; export -f f; bash -c f",
        "eval 'echo $level'",
        "trap 'echo $level' EXIT",
        "(echo $level)",
        "PATH=/x; bash -c 'echo $PATH'",
    ],
)
def test_what_is_handed_over_is_not_lost(start: str) -> None:
    assert lost("unexported-variable", f"level=3\n{start}") == []


def test_sudo_drops_what_is_exported() -> None:
    text = "export level=3\nsudo bash -c 'echo $level'"
    assert lost("unexported-variable", text) == ["level"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("f() { :; }; bash -c f", ["f"]),
        ("f() { g; }; g() { :; }; export -f f; bash -c f", ["g"]),
        ("f() { :; }; export -f f; sudo bash -c f", ["f"]),
        ("f() { :; }; export -f f; systemd-run bash -c f", ["f"]),
        ("f() { :; }; declare -fx f; bash -c f", []),
        ("f() { :; }; export -f f; nohup bash -c f &", []),
        ("f() { :; }; bash -c 'f() { :; }; f'", []),
        ("mysql() { command mysql -u root; }; bash -c 'mysql'", []),
        ("f() { :; }; echo f | at now", []),
        ("f() { :; }; eval f", []),
        ('f() { :; }; bash -c "$(declare -f f); f"', []),
    ],
)
def test_functions_have_to_be_exported(text: str, found: list[str]) -> None:
    assert lost("unexported-function", text) == found


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("f() { :; }; timeout 5 f", 1),
        ("f() { :; }; nohup f &", 1),
        ("f() { :; }; sudo f", 1),
        ("f() { :; }; ls | xargs -n1 f", 1),
        ("f() { :; }; time f", 0),
        ("f() { :; }; f", 0),
        ("f() { :; }; timeout 5 bash -c f", 0),
        ("mysql() { :; }; sudo mysql", 0),
    ],
)
def test_a_program_runs_no_function(text: str, count: int) -> None:
    assert len(lost("function-behind-program", text)) == count


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('[[ $x == *"$unset"* ]]', ['*"$unset"*']),
        ("[[ $x != *$unset* ]]", ["*$unset*"]),
        ('case $x in *"$unset"*) ;; esac', ['*"$unset"*']),
        ('empty=""; [[ $x == *"$empty"* ]]', ['*"$empty"*']),
        ('[[ $x == "$unset"/* ]]', []),
        ('[[ $x == *"a$unset"* ]]', []),
        ('[[ $x == "*$unset*" ]]', []),
        ('set=a; [[ $x == *"$set"* ]]', []),
        ('[ "$x" = "*$unset*" ]', []),
    ],
)
def test_patterns_of_nothing_but_stars(text: str, found: list[str]) -> None:
    assert lost("empty-pattern-matches-all", f"x=1\n{text}") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ls | while read -r x; do last=$x; done; echo $last", ["last"]),
        ("n=0; ls | while read -r x; do n=1; done; echo $n", ["n"]),
        ("date | read -r now; echo $now", ["now"]),
        ("( inner=1 ); echo $inner", ["inner"]),
        ("{ inner=1; } & wait; echo $inner", ["inner"]),
        ("while read -r x; do last=$x; done < <(ls); echo $last", []),
        ("ls | while read -r x; do last=$x; done; last=2; echo $last", []),
        ("ls | { read -r x; echo $x; }", []),
        ("shopt -s lastpipe; ls | while read -r x; do last=$x; done; echo $last", []),
        ("x=1; ls | while read -r x; do echo $x; done; echo $x", []),
        ("inner=0; ( inner=1 ); echo $inner", []),
        ("if ls; then ls | while read x; do a=1; done; else echo $a; fi; a=2", []),
    ],
)
def test_what_a_pipeline_forgets(text: str, found: list[str]) -> None:
    assert lost("subshell-loses-assignment", text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("echo $x; x=1", ["$x"]),
        ("echo ${x:-}; x=1", []),
        ("f() { echo $x; }; x=1; f", []),
        ("for i in 1 2; do echo $x; x=1; done", []),
        ("x=$x:more; echo $x", []),
        ("PATH=/x:$PATH", []),
        ("f() { x=1; }; f; echo $x; x=2", []),
        ("echo $x; . /opt/x; x=1", []),
    ],
)
def test_reads_in_front_of_the_first_assignment(text: str, found: list[str]) -> None:
    assert lost("use-before-assignment", text) == found
