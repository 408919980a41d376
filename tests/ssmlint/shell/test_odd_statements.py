"""Statements that nobody would write, and people do: no rule crashes on them, wherever they stand."""

from __future__ import annotations

import pytest

from ssmlint import engine
from ssmlint.packs import all_rules
from ssmlint.rule import INTERNAL_ERROR
from ssmlint.settings import DEFAULTS, enabled_rules
from ssmlint.source import Source

DOCUMENT = """\
schemaVersion: '2.2'
parameters:
  command: {type: String, default: dry-run, allowedValues: [pre-script, post-script, dry-run]}
mainSteps:
  - action: aws:runShellScript
    name: run
    inputs:
      runCommand:
        - |
          #!/bin/bash
          f() { fsfreeze -f /data; }
          case {{ command }} in
          pre-script)
"""
STATEMENTS = (
    *("x=1", "x=1 y=2", "x=1 z", "x=", "x+=1", "x[0]=1", "x=()", "x=(f 1)", "x[", "$nothing", '""'),
    *(
        ">/run/flag",
        ">/a 2>&1",
        "<<<x",
        "<<E\nE\n",
        "exec 3>/x",
        "exec",
        "exec 9>&-",
        "cat </x >/x",
    ),
    *(
        "$(true)",
        "`f`",
        "$(f)",
        "$((1))",
        "((x++))",
        "[[ a ]]",
        "[ ]",
        "[",
        "test",
        "! f",
        "!",
        ":",
    ),
    *(
        "{ f; }",
        "( f )",
        "f",
        "f 1 2",
        "f &",
        "wait",
        "wait $!",
        "jobs",
        "trap f EXIT",
        "trap",
        "time f",
    ),
    *(
        "coproc f",
        "coproc c { f; }",
        "eval f",
        "eval",
        'eval "$x"',
        "bash -c f",
        "bash -c",
        "bash",
        ". x",
    ),
    *(
        "exit",
        "return",
        "break",
        "continue 2",
        "shift",
        "set --",
        "set -e",
        "unset f",
        "unset",
        "local x=1",
    ),
    *(
        "declare -A m",
        "export f",
        "readonly x",
        "let x=1",
        "read",
        "read x </y",
        "mapfile a <y",
        "getopts",
    ),
    *(
        "printf",
        "echo",
        "sudo",
        "sudo -u",
        "timeout",
        "timeout 5",
        "nohup",
        "xargs",
        "flock",
        "flock 9",
        "at",
    ),
    *(
        "g() { g; }; g",
        "function h { h; }",
        "f() { :; }",
        "fsfreeze",
        "fsfreeze -f",
        'mysql -e ""',
        "mysql",
    ),
    *(
        "for x in; do f; done",
        "for x; do f; done",
        "for ((;;)); do f; done",
        "select x in a; do f; done",
    ),
    *(
        "while f; do :; done",
        "until f; do break; done",
        "if f; then :; fi",
        "case x in esac",
        "case x in *) esac",
    ),
)
PLACES = (
    *(
        "{}",
        "{} &",
        "{} & wait",
        "! {}",
        "{} | cat",
        "cat | {}",
        "{} && f",
        "f || {}",
        "( {} )",
        "x=$( {} )",
    ),
    *(
        "if {}; then f; fi",
        "while {}; do f; done",
        "for i in $( {} ); do f; done",
        "{} >/dev/null 2>&1",
    ),
    *("g() {{ {}; }}; g x", "trap '{}' EXIT", "bash -c '{}'", "coproc {}", "f <( {} )", "time {}"),
)
RULES = enabled_rules(all_rules(), DEFAULTS)


@pytest.mark.parametrize("place", PLACES)
def test_no_rule_crashes(place: str) -> None:
    crashed = {
        (statement, finding.message)
        for statement in STATEMENTS
        for finding in engine.check(_document(place.format(statement)), DEFAULTS, RULES)
        if finding.rule is INTERNAL_ERROR
    }
    assert not crashed


def _document(lines: str) -> Source:
    body = "".join(f"            {line}\n" for line in lines.split("\n"))
    return Source("a.yaml", f"{DOCUMENT}{body}          ;;\n          esac\n")
