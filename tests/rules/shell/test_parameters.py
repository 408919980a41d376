"""Parameters that a script holds: which values may break out of it, or fall apart."""

from __future__ import annotations

import pytest

from tests.rules.asking import document, messages, places

STEP = "- action: aws:runShellScript\n  name: x\n  inputs:\n    runCommand:\n    - |\n"


def whole(declaration: str, line: str) -> str:
    return document(f"value: {{{declaration}}}\n", f"{STEP}      #!/bin/bash\n      {line}\n")


def injected(declaration: str, line: str) -> list[str]:
    return [place for _, place in places("injectable-parameter", whole(declaration, line))]


USED = "tar cf x {{ value }}"


@pytest.mark.parametrize(
    "declaration",
    [
        "type: String",
        "type: StringList",
        "type: String, default: abc",
        "type: String, allowedPattern: ''",
        "type: String, allowedPattern: '.*'",
        "type: String, allowedPattern: '^.+$'",
        "type: String, allowedPattern: '[a-z]+'",
        "type: String, allowedPattern: '^[a-z]+'",
        "type: String, allowedPattern: '^[^\"]*$'",
        "type: String, allowedPattern: '^/[^ ]*$'",
        "type: String, allowedPattern: '^(a|b)|c$'",
    ],
)
def test_patterns_that_let_a_command_through(declaration: str) -> None:
    assert injected(declaration, USED) == ["{{ value }}"]


@pytest.mark.parametrize(
    "declaration",
    [
        "type: String, allowedValues: [a, b]",
        "type: String, allowedPattern: '^[a-z]+$'",
        "type: String, allowedPattern: '^(None|[a-f0-9-]{36})$'",
        "type: String, allowedPattern: '^[0-9]{1,5}$'",
        "type: String, allowedPattern: '^i-[0-9a-f]{8,17}$'",
        "type: String, allowedPattern: '^[\\w./:@-]*$'",
        "type: String, interpolationType: ENV_VAR",
        "type: Integer",
        "type: Boolean",
        "type: String, allowedPattern: '^(unclosed$'",
    ],
)
def test_values_that_are_kept_within_bounds(declaration: str) -> None:
    assert injected(declaration, USED) == []


@pytest.mark.parametrize(
    ("line", "how"),
    [
        ("tar cf x {{ value }}", "unquoted"),
        ('tar cf x "{{ value }}"', "in double quotes"),
        ("tar cf x '{{ value }}'", "in single quotes"),
        ("X={{ value }}", "unquoted"),
        ("echo $(( {{ value }} + 1 ))", "arithmetic"),
        ("bash -c 'tar cf x {{ value }}'", "unquoted"),
        ("trap 'rm {{ value }}' EXIT", "unquoted"),
        ("for x in {{ value }}; do date; done", "unquoted"),
    ],
)
def test_where_it_stands(line: str, how: str) -> None:
    (message,) = messages("injectable-parameter", whole("type: String", line))
    assert how in message


@pytest.mark.parametrize(
    "line",
    [
        "{{ value }}",
        "'{{ value }}'",
        'eval "{{ value }}"',
        "bash -c '{{ value }}'",
        "{{ value }} --flag",
        "# {{ value }}",
        "echo '{{ other }}'",
        "cat <<'EOF'\n      {{ value }}\n      EOF",
    ],
)
def test_what_is_meant_to_run_or_never_runs(line: str) -> None:
    assert injected("type: String", line) == []


def test_single_quotes_hold_what_has_none() -> None:
    pattern = 'type: String, allowedPattern: "^[^\']*$"'
    assert injected(pattern, "tar cf x '{{ value }}'") == []
    assert injected(pattern, 'tar cf x "{{ value }}"') == ["{{ value }}"]


def test_one_finding_for_each_parameter() -> None:
    line = "echo '{{ value }}' \"{{ value }}\" {{ value }}"
    assert places("injectable-parameter", whole("type: String", line)) == [(11, "{{ value }}")]


@pytest.mark.parametrize(
    ("declaration", "line", "count"),
    [
        ("type: String, allowedValues: [a, b c]", "X={{ value }}", 1),
        ("type: String, allowedValues: [a, b]", "X={{ value }}", 0),
        ("type: String, allowedValues: [a, b c]", 'X="{{ value }}"', 0),
        ("type: String, allowedPattern: '^[a-z ]+$'", "X={{ value }}", 1),
        ("type: String, allowedPattern: '^[a-z]*$'", "[ {{ value }} = a ]", 1),
        ("type: String, allowedPattern: '^[a-z]+$'", "[ {{ value }} = a ]", 0),
        ("type: String, allowedPattern: '^[a-z]*$'", "echo {{ value }}", 0),
        ("type: String", "X={{ value }}", 0),
    ],
)
def test_values_that_fall_apart(declaration: str, line: str, count: int) -> None:
    assert len(places("unquoted-parameter", whole(declaration, line))) == count
