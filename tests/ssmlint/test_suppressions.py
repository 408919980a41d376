"""Suppressions reach what they are about, in every way that a script can be written."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssmlint.directives import written
from ssmlint.engine import Facts, check_file
from ssmlint.files import read
from ssmlint.rule import INTERNAL_ERROR, Problem, Rule, Severity
from ssmlint.settings import DEFAULTS
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import Variable
from ssmlint.source import Source
from ssmlint.suppressions import UnusedSuppression
from ssmlint.workspace import Workspace

HEAD = """\
schemaVersion: '2.2'
description: An example
mainSteps:
  - action: aws:runShellScript
    name: example
    inputs:
      runCommand:
"""


def _reads(script: ShellScript) -> Iterator[Problem]:
    """Every variable that begins with x, so that a script says itself what is found."""
    for variable in script.index.of(Variable):
        if variable.name.startswith("x"):
            yield Problem(script.place(variable.span), variable.name)


def _unused(unused: UnusedSuppression) -> Iterator[Problem]:
    yield Problem(unused.suppression.span, ", ".join(name.text for name in unused.names))


READS = Rule("SH999", "reads", Severity.INFO, ShellScript, _reads, "")
UNUSED = Rule("SSM999", "unused", Severity.INFO, UnusedSuppression, _unused, "")


def said(text: str, path: str = "example.yaml") -> list[str]:
    found = check_file(read(Source(path, text)), [READS, UNUSED])
    assert INTERNAL_ERROR not in [finding.rule for finding in found]
    return [finding.message for finding in found]


def literal(lines: list[str]) -> str:
    return HEAD + "        - |\n" + "".join(f"          {line}\n" for line in lines)


def stripped(lines: list[str]) -> str:
    return literal(lines).replace("- |", "- |-")


def items(lines: list[str]) -> str:
    return HEAD + "".join(f"        - '{line}'\n" for line in lines)


def double_quoted(lines: list[str]) -> str:
    return HEAD + f"        - {json.dumps(chr(10).join(lines))}\n"


def in_json(lines: list[str]) -> str:
    step = {"action": "aws:runShellScript", "name": "a", "inputs": {"runCommand": lines}}
    return json.dumps({"schemaVersion": "2.2", "mainSteps": [step]})


def in_json_as_one_string(lines: list[str]) -> str:
    return in_json(["\n".join(lines)])


Way = Callable[[list[str]], str]
WAYS: tuple[Way, ...] = (literal, stripped, items, double_quoted, in_json, in_json_as_one_string)
every_way = pytest.mark.parametrize("way", WAYS)

IGNORE = written(("reads",), "known")


@every_way
def test_at_the_end_of_the_line(way: Way) -> None:
    lines = ["#!/bin/bash", "echo $x1", f"echo $x2 {IGNORE}", "echo $x3"]
    assert said(way(lines)) == ["x1", "x3"]


@every_way
def test_on_the_line_above(way: Way) -> None:
    lines = ["#!/bin/bash", "echo $x1", f"  {IGNORE}", "# why", "echo $x2", "echo $x3"]
    assert said(way(lines)) == ["x1", "x3"]


def _comments(script: ShellScript) -> Iterator[Problem]:
    for span in script.syntax.comments:
        if "promise" in script.written(span):
            yield Problem(script.place(span), script.written(span).partition("  ")[0])


COMMENTS = Rule("SH997", "comments", Severity.INFO, ShellScript, _comments, "")


@every_way
def test_findings_in_comments(way: Way) -> None:
    ignore = written(("comments",))
    lines = ["# promise 1", f"# promise 2  {ignore}", "# promise 3", "date", ignore]
    lines += ["# promise 4", "#", "# promise 5", "date", "# promise 6", ignore]
    found = check_file(read(Source("example.yaml", way(lines))), [COMMENTS, UNUSED])
    # The last one is about the end, where nothing is.
    expected = ["# promise 1", "# promise 6", "comments"]
    assert [f.message for f in found if "promise 3" not in f.message] == expected


@every_way
def test_for_the_file(way: Way) -> None:
    lines = ["echo $x1", "echo $x2", written(("reads",), verb="ignore-file")]
    assert said(way(lines)) == []


@every_way
def test_of_no_use(way: Way) -> None:
    assert said(way(["echo $x1", IGNORE, "echo $y"])) == ["x1", "reads"]
    assert said(way(["echo $x1", IGNORE])) == ["x1", "reads"]


@every_way
@pytest.mark.parametrize(
    ("lines", "left"),
    [
        ([IGNORE, "echo \\", " $x1 \\", " $x2", "echo $x3"], ["x3"]),
        (["echo \\", f" $x1 {IGNORE}", "echo $x2"], ["x2"]),
        (["cat <<EOF " + IGNORE, "$x1", "EOF", "echo $x2"], ["x2"]),
        ([IGNORE, "cat <<EOF", "", "$x1", "EOF", "echo $x2"], ["x2"]),
        ([IGNORE, 'echo "', "$x1", '"', "echo $x2"], ["x2"]),
        ([IGNORE, "a=(", "$x1", ")", "echo $x2"], ["x2"]),
        (["a=(", f"$x1 {IGNORE}", "$x2", ")"], ["x2"]),
        ([IGNORE, "for a in b \\", " $x1; do", " echo $x2", "done"], ["x2"]),
        ([IGNORE, "if true; then", " echo $x1", "fi"], ["x1", "reads"]),
        (['a="$( ' + IGNORE, " echo $x1", ' )"'], ["x1", "reads"]),
        (['a="$(', f" echo $x1 {IGNORE}", " echo $x2", ')"'], ["x2"]),
    ],
)
def test_commands_of_several_lines(way: Way, lines: list[str], left: list[str]) -> None:
    assert sorted(said(way(lines))) == sorted(left)


@every_way
@pytest.mark.parametrize(
    "line", [f'echo "{IGNORE}" $x1', f"echo a{IGNORE} $x1", f"cat <<< '{IGNORE}' $x1"]
)
def test_what_is_no_comment_suppresses_nothing(way: Way, line: str) -> None:
    if way is items:
        line = line.replace("'", "''")
    assert said(way([line])) == ["x1"] or "a# ssmlint" in line


@pytest.mark.parametrize(
    "text",
    [
        literal(["echo $x1"]).replace("- |", f"- | {IGNORE}"),
        literal(["echo $x1"]).replace("        - |", f"        {IGNORE}\n        - |"),
        literal(["echo $x1"]).replace("- |", "- >-").replace("- >-", f"- >- {IGNORE}"),
        items(["echo $x1"]).replace("        - 'e", f"        {IGNORE}\n        - 'e"),
        items(["echo $x1"]).replace("x1'", f"x1' {IGNORE}"),
        HEAD.replace("runCommand:", f"runCommand: [  {IGNORE}") + "        echo $x1]\n",
    ],
)
def test_comments_of_yaml(text: str) -> None:
    above = f"        {IGNORE}\n        - |" in text or "[  #" in text
    assert said(text) == (["reads", "x1"] if above else [])


def test_a_script_that_stands_twice_is_one_place() -> None:
    step = "  - {action: aws:runShellScript, name: %s, inputs: {runCommand: %s}}\n"
    text = "schemaVersion: '2.2'\nmainSteps:\n"
    script = f'&s ["echo $x1 {IGNORE}", "{IGNORE}"]'
    assert said(text + step % ("a", script) + step % ("b", "*s")) == ["reads"]


def test_scripts_that_no_shell_reads_have_comments_too() -> None:
    lines = ["#!/usr/bin/python3", written(("SH999",), verb="ignore-file")]
    assert said(literal(lines)) == ["SH999"]
    powershell = literal(["Get-Date # ssmlint: ignore[SH999]"]).replace("Shell", "PowerShell")
    assert said(powershell) == ["SH999"]


def test_a_crash_is_never_suppressed_and_leaves_open_what_is_of_use() -> None:
    def crash(script: ShellScript) -> Iterator[Problem]:
        raise LookupError("no such thing")

    rules = [Rule("SH998", "crash", Severity.INFO, ShellScript, crash, ""), READS, UNUSED]
    text = literal(["# ssmlint: ignore-file[SSM000, internal-error, crash]", IGNORE, "echo $y"])
    found = check_file(read(Source("example.yaml", text)), rules)
    assert [finding.rule.name for finding in found] == ["internal-error"]


def test_thousands_of_comments_take_seconds_at_most() -> None:
    lines = [IGNORE] * 20_000 + ["echo $x1"] + ["true \\"] * 20_000
    assert len(said(literal(lines))) == 0
    assert said(literal([f"{IGNORE} {number}" for number in range(5_000)]))


@given(
    st.lists(st.sampled_from(["echo $x1", "echo $y", IGNORE, f"echo $x2 {IGNORE}", "", "# a"])),
    st.sampled_from(WAYS),
)
def test_every_finding_is_reported_or_suppressed(lines: list[str], way: Way) -> None:
    lines = ["#!/bin/bash", *lines]
    found = said(way(lines))
    expected = []
    for number, line in enumerate(lines):
        above = next((n for n in range(number - 1, -1, -1) if not lines[n].startswith("#")), -1)
        comments = lines[above + 1 : number]
        if line == "echo $x1" and IGNORE not in comments:
            expected.append("x1")
        if line == IGNORE:
            below = next((later for later in lines[number:] if not later.startswith("#")), "")
            expected.extend([] if "$x" in below else ["reads"])
    assert sorted(found) == sorted(expected)


LANGUAGES = {
    "python": (
        "schemaVersion: '0.3'\nassumeRole: a\nmainSteps:\n- name: x\n  action: aws:executeScript\n  inputs:\n"
        "    Runtime: python3.11\n    Handler: main\n    Script: |\n",
        "      ",
    ),
    "powershell": (
        "schemaVersion: '2.2'\nmainSteps:\n- name: x\n  action: aws:runPowerShellScript\n  inputs:\n"
        "    timeoutSeconds: 60\n    runCommand:\n    - |\n",
        "      ",
    ),
}


@pytest.mark.parametrize(
    ("language", "script", "count"),
    [
        ("python", "def main(e, c): # ssmlint: ignore[xx] why\n  pass", 1),
        ("python", "text = '''\n# ssmlint: ignore[xx] why\n'''", 0),
        ("python", "text = ' # ssmlint: ignore[xx] why'", 0),
        ("python", "broken = (\n# ssmlint: ignore[xx] why", 1),
        ("powershell", "Get-Date # ssmlint: ignore[xx] why", 1),
        ("powershell", "$x = @'\n# ssmlint: ignore[xx] why\n'@", 0),
        ("powershell", "<#\n # ssmlint: ignore[xx] why\n#>", 1),
    ],
)
def test_what_is_a_comment_in_other_languages(language: str, script: str, count: int) -> None:
    head, indent = LANGUAGES[language]
    body = "".join(f"{indent}{line}\n" for line in script.split("\n"))
    facts = Facts(read(Source("document.yaml", head + body)), Workspace(()), DEFAULTS)
    assert len(facts.suppressions()) == count
