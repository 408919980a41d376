"""A text of which an earlier one was read: the same as if it had been read alone."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from ssmlint import engine
from ssmlint.embedded import PlaceholderSpan, scripts_of
from ssmlint.shell.parser.earlier import Reading
from ssmlint.shell.rereading import Readings
from ssmlint.shell.syntax import parse, read
from ssmlint.source import decode

ROOT = Path(__file__).parents[3]
DOCUMENTS = [
    *sorted((ROOT / "ssmlint" / "templates").glob("*.yaml")),
    *sorted((ROOT / "fixtures").rglob("*.yaml")),
]
THREE = (
    "one() {\n  echo 1\n}\nif two; then\n  : # half\nfi\nthree <<EOF\n$x\nEOF\nfour `a` $((b))\n"
)

#: What somebody types who is not done yet, and what changes how everything behind it is read.
TYPED = (
    *("'", '"', "`", "(", ")", "{", "}", "((", "))", "$(", "${", "${x", "[", "[[ ", " ]]", "<("),
    *("\n", ";", ";;", "&", "&&", "|", "||", "\\", "\\\n", "#", " # it's\n", " ", "\t", "\r\n"),
    *("fi\n", "then\n", "do\n", "done\n", "esac\n", "if x; then\n", "case $x in\n", "f() {\n"),
    *("for i in a; do\n", "<<EOF\n", "EOF\n", "<<-X\n\tX\n", "echo hi\n", "shopt -s extglob\n"),
    *("@(a|b)", "a[1", "x=(", "coproc ", "time ", "! ", "2>&1", "{{ x }}", "{{", "}}", "é😀"),
)


def placeholders_in(text: str) -> tuple[PlaceholderSpan, ...]:
    found = re.finditer(r"\{\{\s*([\w.:-]+)\s*\}\}", text)
    return tuple(PlaceholderSpan(match.start(), match.end(), match[1]) for match in found)


def reading_of(text: str) -> Reading:
    reading = read(text, placeholders_in(text))[1]
    assert reading is not None
    return reading


def test_what_stands_in_front_of_a_change_is_taken_as_it_is() -> None:
    before = reading_of(THREE)
    now = THREE.replace("((b))", "((c))")
    syntax, _ = read(now, (), before)
    assert [new is old for new, old in zip(syntax.block, before.block, strict=True)] == [
        True,
        True,
        False,
        False,
    ]
    assert syntax == parse(now)


def test_what_stands_behind_a_change_of_the_same_length_is_taken_as_it_is() -> None:
    before = reading_of(THREE)
    syntax, _ = read(THREE.replace("echo 1", "echo 2"), (), before)
    assert [new is old for new, old in zip(syntax.block, before.block, strict=True)] == [
        False,
        True,
        True,
        True,
    ]


def test_what_a_change_swallows_is_not_taken_over() -> None:
    unclosed = THREE.replace("echo 1", "echo '1")
    syntax, reading = read(unclosed, (), reading_of(THREE))
    assert reading is None
    assert syntax == parse(unclosed)


def test_a_statement_that_was_told_by_the_text_behind_it_is_read_again() -> None:
    # `((` begins arithmetic only where both parentheses close together, and a quote may go far.
    before = "(( (a) # it's\n) )\necho far away\n"
    now = before.replace("away", "away '))")
    assert parse(before).block[0] != parse(now).block[0]
    assert read(now, (), reading_of(before))[0] == parse(now)


def scripts() -> list[str]:
    found = (
        script.text
        for path in DOCUMENTS
        for document in engine.read(decode(path.read_bytes(), str(path))).documents
        for script in scripts_of(document)
        if script.is_shell
    )
    return sorted(set(found))


def changed(text: str, earlier: list[str], chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    match chance.choice(("type", "type", "type", "delete", "cut", "paste", "undo")):
        case "type":
            return text[:at] + chance.choice(TYPED) + text[at:]
        case "delete":
            return text[:at] + text[at + chance.randint(1, 3) :]
        case "cut":
            return text[:at] + text[at + chance.randint(1, 300) :]
        case "paste":
            start = chance.randrange(len(text) + 1)
            return text[:at] + text[start : start + 200] + text[at:]
    return chance.choice(earlier)


@pytest.mark.parametrize("seed", range(8))
def test_after_random_changes_a_script_is_read_as_if_for_the_first_time(seed: int) -> None:
    chance = random.Random(seed)
    for text in chance.sample(scripts(), 10):
        readings, earlier = Readings(), [text]
        for _ in range(15):
            assert readings.parse(text, placeholders_in(text)) == parse(text, placeholders_in(text))
            text = changed(text, earlier, chance)
            earlier.append(text)
