"""Positional parameters at the top of a script, and `local` there."""

from __future__ import annotations

import pytest

from tests.rules.asking import messages, places, script


def positional(text: str) -> list[tuple[int, str]]:
    return places("positional-parameter-never-set", script(f"#!/bin/bash\n{text}"))


@pytest.mark.parametrize(
    "text",
    [
        "echo ${1:-none}",
        "go() { echo $1; }\ngo x",
        'set -- a b\necho "$1"',
        'set "$list"\necho "$1"',
        'if [ -n "$1" ]; then date; fi',
        'if [ $# -gt 0 ]; then echo "$1"; fi',
        'while [ $# -gt 0 ]; do case "$1" in -v) ;; esac; shift; done',
        '[ $# -gt 0 ] && echo "$1"',
        '. /opt/x "$list"\necho $1',
        "awk '{print $1}' /etc/hosts",
        'main() { date; }\nmain "$@"',
        'main() { echo "${1:-}"; }\nmain "$@"',
        'main() { [ $# -eq 1 ] || return; echo "$1"; }\nmain "$@"',
        'echo "$@"',
        "echo $0",
        'if [ "$1" = --quiet ]; then date; fi',
        'case "$1" in -v | --verbose) date ;; esac',
        'for x in "$@"; do case "$x" in -v) date ;; esac; done',
    ],
)
def test_a_parameter_that_is_provided_for_may_be_read(text: str) -> None:
    assert positional(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("set -euo pipefail\necho $1", "$1"),
        ('for x in "$@"; do date; done', "$@"),
        ("if true; then echo ${2%/}; fi", "${2%/}"),
        ("cat > /tmp/x <<END\necho $1\nEND", "$1"),
    ],
)
def test_a_parameter_that_nothing_sets_is_found(text: str, found: str) -> None:
    assert [place for _, place in positional(text)] == [found]


def test_a_here_document_that_is_not_expanded_may_have_any() -> None:
    assert positional("cat > /tmp/x <<'END'\necho $1\nEND") == []


def local(text: str) -> list[str]:
    return messages("local-outside-function", script(f"#!/bin/bash\n{text}"))


@pytest.mark.parametrize("text", ["f() { local x=1; }", "f() { (local x=1); }", "eval 'local x=1'"])
def test_local_belongs_into_functions(text: str) -> None:
    assert local(text) == []


@pytest.mark.parametrize("text", ["if true; then local x; fi", "bash -c 'local x=1'"])
def test_local_is_found_anywhere_else(text: str) -> None:
    assert len(local(text)) == 1
