"""Fixes take a suppression out and leave everything else as it is."""

from __future__ import annotations

import json

import pytest

from ssmlint.editing import edited
from ssmlint.engine import check_file
from ssmlint.files import read
from ssmlint.packs import all_rules
from ssmlint.rule import Fix
from ssmlint.source import Source

HEAD = """\
schemaVersion: '2.2'
description: An example
mainSteps:
  - action: aws:runShellScript
    name: example
    inputs:
      timeoutSeconds: '60'
      runCommand:
"""

IGNORE = "# ssmlint: ignore[undefined-variable] why not"


def fixes_in(text: str, path: str) -> list[Fix]:
    found = check_file(read(Source(path, text)), all_rules())
    own = [f for f in found if f.rule.name in ("unused-suppression", "unknown-suppression")]
    return [f.problem.fix for f in own if f.problem.fix is not None]


def fixed(text: str, path: str = "example.yaml") -> str:
    """The text with one fix after the other made."""
    fixes = fixes_in(text, path)
    assert fixes
    while fixes:
        text = edited(text, fixes[0].edits)
        fixes = fixes_in(text, path)
    return text


def block(*lines: str) -> str:
    return HEAD + "        - |\n" + "".join(f"          {line}\n" for line in lines)


def items(*lines: str) -> str:
    return HEAD + "".join(f"        - {line}\n" for line in lines)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (block("date", IGNORE, "date"), block("date", "date")),
        (block("date", IGNORE), block("date")),
        (block(f"date  {IGNORE}", "date"), block("date", "date")),
        (block(f"date  # now {IGNORE}"), block("date  # now")),
        (block("date", f"# now {IGNORE}", "date"), block("date", "# now", "date")),
        (block(f"{IGNORE} # ssmlint: ignore[a-b-c]", "date"), block("date")),
        (items("date", f"'{IGNORE}'", "date"), items("date", "date")),
        (items("date", f'"{IGNORE}"'), items("date")),
        (items(f"'date {IGNORE}'"), items("'date'")),
        (items(f"date  {IGNORE}"), items("date")),
        (items(json.dumps(f"date\n{IGNORE}\ndate\n")), items(json.dumps("date\ndate\n"))),
        (items(json.dumps(f"date {IGNORE}\ndate\n")), items(json.dumps("date\ndate\n"))),
        (f"{IGNORE}\n{items('date')}", items("date")),
        (items("date") + IGNORE, items("date")),
        (block("date").replace("- |", f"- | {IGNORE}"), block("date")),
        (
            block("# ssmlint: ignore[SH102, undefined-variable,SH101 ] why", "echo $a"),
            block("# ssmlint: ignore[undefined-variable,SH101 ] why", "echo $a"),
        ),
        (
            block("# ssmlint: ignore[SH101, duplicate-key,  SSM001] why", "echo $a"),
            block("# ssmlint: ignore[SH101] why", "echo $a"),
        ),
        (
            block("# ssmlint: ignore[duplicate-key, SH101, SSM001] why", "echo $a"),
            block("# ssmlint: ignore[SH101] why", "echo $a"),
        ),
        (
            block("# ssmlint: ignore[qqqqqqqq, undefined-variable] why", "echo $a"),
            block("# ssmlint: ignore[undefined-variable] why", "echo $a"),
        ),
        (
            block("# ssmlint: ignore[undefined-varible] why", "echo $a"),
            block("# ssmlint: ignore[undefined-variable] why", "echo $a"),
        ),
        (block("# ssmlint: ignore SH101", "date"), block("date")),
    ],
)
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_yaml(before: str, after: str, line_break: str) -> None:
    # A script with CR LF is another finding, but nothing to these fixes.
    assert fixed(before.replace("\n", line_break)) == after.replace("\n", line_break)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["date", IGNORE, "date"], ["date", "date"]),
        ([f"date {IGNORE}", "date"], ["date", "date"]),
        ([f"date\n{IGNORE}\ndate"], ["date\ndate"]),
        ([f"date {IGNORE}\ndate"], ["date\ndate"]),
    ],
)
@pytest.mark.parametrize("indent", [None, 2, "\t"])
def test_json(before: list[str], after: list[str], indent: int | str | None) -> None:
    if indent is None and len(before) == 3:
        pytest.skip("an item on a line with others stays")

    def document(lines: list[str]) -> str:
        inputs = {"timeoutSeconds": "60", "runCommand": lines}
        step = {"action": "aws:runShellScript", "name": "a", "inputs": inputs}
        return json.dumps({"schemaVersion": "2.2", "mainSteps": [step]}, indent=indent)

    assert fixed(document(before), "example.json") == document(after)


@pytest.mark.parametrize(
    "text",
    [
        # Without the comment, the lines around it would be one.
        block("date \\", IGNORE, "date"),
        # The comment takes the place of a value.
        HEAD.replace("runCommand:", f"runCommand: [date, '{IGNORE}']"),
    ],
)
def test_what_cannot_be_taken_out_alone_stays(text: str) -> None:
    assert fixes_in(text, "example.yaml") == []
