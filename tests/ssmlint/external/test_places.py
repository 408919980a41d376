"""Every comment stands at the very characters that it is about."""

from __future__ import annotations

import pytest

from ssmlint.source import Source, Span, decode
from tests.ssmlint.external.asking import HEAD, STEP, heard, in_json, in_yaml, literal, places

#: A document in every style, each with two reads: `$one`, and `$two` behind hard things.
WRITTEN = {
    "literal": in_yaml('|\n          echo "😀é" $one\n\n          \t\techo\t"日本" $two'),
    "literal, chomped, with a digit": in_yaml(
        '|2-\n            echo $one\n          echo "é" $two'
    ),
    "folded": in_yaml('>\n          echo $one\n          "😀é"\n\n          echo "é" $two'),
    "folded, with a deeper line": in_yaml(
        ">-\n          echo $one;\n            echo 😀\n          echo $two"
    ),
    "plain": in_yaml("echo 😀 $one"),
    "plain, on two lines": in_yaml("echo 😀 $one\n\n          echo é $two"),
    "single-quoted": in_yaml("'echo \"it''s 😀\" $one\n\n          echo é $two'"),
    "double-quoted": in_yaml(r'"echo \"\U0001f600 \x41\" $one\n\techo é \\\\ $two"'),
    "double-quoted, joined": in_yaml('"echo 😀 \\\n          $one\n\n          echo é $two"'),
    "in a flow list": Source(
        "document.yaml",
        HEAD + "mainSteps: [{action: 'aws:runShellScript', name: x, "
        "inputs: {runCommand: ['echo 😀 $one', \"echo é $two\"]}}]\n",
    ),
    "several items": in_yaml("echo 😀 $one\n        - |\n          é=1\n          echo $two"),
    "one string, no list": Source(
        "document.yaml", (HEAD + STEP).rstrip() + ' "echo 😀 $one\\necho é $two"\n'
    ),
    "JSON": in_json('#!/bin/bash\n😀 "\\" é"\n\techo $one\necho \'x\' $two\n'),
    "JSON, several items": in_json("#!/bin/bash", "echo 😀 $one", "", "\techo é $two"),
    "JSON, indented with tabs": Source(
        "document.json", in_json("echo 😀 $one\n\techo é $two").text.replace("\n ", "\n\t")
    ),
}


@pytest.mark.parametrize("source", WRITTEN.values(), ids=WRITTEN)
def test_in_every_style(source: Source) -> None:
    expected = [name for name in ("$one", "$two") if name in source.text]
    found = [f for f in heard(source) if f.rule.id == "shellcheck/SC2086"]
    assert [source.at(f.span) for f in found] == expected
    assert [f.span.start for f in found] == [source.text.index(name) for name in expected]


def test_in_json_with_escapes_for_every_character() -> None:
    script = 'echo "😀" $one'
    escaped = script.encode("utf-16-be").hex()
    units = "".join(f"\\u{escaped[at : at + 4]}" for at in range(0, len(escaped), 4))
    source = Source("a.json", in_json("@").text.replace("@", units))
    (finding,) = (f for f in heard(source) if f.rule.id == "shellcheck/SC2086")
    assert source.at(finding.span) == r"\u0024\u006f\u006e\u0065"


def test_in_a_file_with_windows_line_ends_and_a_byte_order_mark() -> None:
    text = literal('echo "é" $one\n\techo $two').text.replace("\n", "\r\n")
    source = decode(b"\xef\xbb\xbf" + text.encode(), "document.yaml")
    found = heard(source)
    assert [source.at(f.span) for f in found if f.rule.id == "shellcheck/SC2086"] == [
        "$one",
        "$two",
    ]
    assert "shellcheck/SC1017" not in {f.rule.id for f in found}


def test_carriage_returns_that_the_agent_would_write() -> None:
    source = in_json("#!/bin/bash", "echo $one\r\necho é $two\r\n")
    at = {(f.rule.id, source.at(f.span)) for f in heard(source)}
    assert {("shellcheck/SC2086", "$one"), ("shellcheck/SC2086", "$two")} <= at
    assert ("shellcheck/SC1017", "\\r") in at


def test_a_comment_over_several_lines_and_items() -> None:
    source = in_json("#!/bin/bash", "ls $(", "  cat list", ")")
    (place,) = places(source, 2046)
    assert (place[:2], place[-1], place.count("\n")) == ("$(", ")", 2)


@pytest.mark.parametrize("strange", ["\ufeff", "\u2028", "\x85", "\x0b", "\x0c", "\0", "\ud83d"])
def test_characters_that_are_no_line_breaks_and_no_text(strange: str) -> None:
    text = in_json("#!/bin/bash", "echo 'a@b' $one").text.replace("@", f"\\u{ord(strange):04x}")
    source = Source("document.json", text)
    (finding,) = (f for f in heard(source) if f.rule.id == "shellcheck/SC2086")
    start = text.index("$one")
    assert finding.span == Span(start, start + 4)


def test_a_script_that_two_steps_share() -> None:
    step = "  - {action: 'aws:runShellScript', name: %s, inputs: {runCommand: %s}}\n"
    steps = step % ("a", "&script [echo $one]") + step % ("b", "*script")
    found = heard(Source("a.yaml", f"{HEAD}mainSteps:\n{steps}"))
    assert [f.rule.id for f in found].count("shellcheck/SC2086") == 1
