"""What Python refuses, and where, for the runtime that the step names."""

from __future__ import annotations

import sys

import pytest

from ssmlint.python.syntax import parse
from tests.ssmlint.python.building import document, in_json, of, python

HERE = sys.version_info[:2]


def problem(text: str, version: tuple[int, int] | None = (3, 10)) -> tuple[str, str] | None:
    """What is wrong, and the text that it is said of."""
    found = parse(text, version).problem
    return None if found is None else (found.message, text[found.span.start : found.span.end])


def test_a_correct_script_has_no_problem() -> None:
    assert problem("def main(events, context):\n    return {'a': 1}\n") is None


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("x = (1,\n", "("),
        ("def main(events, context):\nreturn 1\n", "return"),
        ("x = 'open\n", "'"),
        ("for x in y\n    print(x)\n", "\n"),
        ("ä = 'ß'; x = = 1\n", "="),
        ("if True:\n    x = 1\n   y = 2\n", None),
        ("return 1\n", "return 1"),
        ("while 1:\n    pass\nbreak\n", "break"),
    ],
)
def test_errors_have_their_place(text: str, where: str | None) -> None:
    found = problem(text)
    assert found is not None
    assert where is None or found[1] == where


@pytest.mark.parametrize(
    ("text", "since", "where"),
    [
        ("match x:\n    case 1: pass\n", (3, 10), "match x:"),
        ("y = 1\nif (n := y):\n    pass\n", (3, 8), "n := y"),
        ("def f(a, /): pass\n", (3, 8), None),
    ],
)
def test_constructs_are_too_new_for_old_runtimes(
    text: str, since: tuple[int, int], where: str | None
) -> None:
    assert problem(text, since) is None
    found = problem(text, (3, since[1] - 1))
    assert found is not None
    assert f"Python {since[0]}.{since[1]}" in found[0]
    assert where is None or found[1] == where


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("x = f'{a['b']}'\n", True),
        ("x = f'{a[\"b\"]}'\n", False),
        ("x = f\"{', '.join(a)}\"\n", False),
        ("x = f'''{a['b']} {a[\"c\"]}'''\n", False),
        ("x = f'{a}' 'b' f'{c}'\n", False),
        ("x = f\"{'a' if b else 'c'}\" + f'{d}'\n", False),
        ("x = f\"{b!r:>{width}} {'x'}\"\n", False),
        ("x = f'{\"\\n\".join(a)}'\n", True),
        ("x = f'''{\n  a # why\n}'''\n", True),
        ("x = f'{f\"{a}\"}'\n", False),
        ("x = f'{f'{a}'}'\n", True),
        ("x = f'{{a}}' and '\\n'\n", False),
    ],
)
def test_f_strings_are_read_as_before_python_312(text: str, refused: bool) -> None:
    assert (problem(text, (3, 10)) is not None) is refused
    if HERE >= (3, 12):
        assert problem(text, (3, 12)) is None


def test_what_only_a_newer_python_reads_is_left_alone() -> None:
    newer = (HERE[0], HERE[1] + 1)
    assert problem("x = 1 ?? 2\n", newer) is None
    assert problem("x = (1\n", newer) is not None


def test_references_are_names() -> None:
    assert of("n = {{ Count }}\ndef main(e, c):\n    return '{{ Name }}'").syntax.problem is None


@pytest.mark.parametrize(
    "text",
    [
        "(" * 100_000,
        "-" * 100_000 + "1",
        "x = " + "+".join(["1"] * 50_000),
        "x = a" + ".b" * 50_000,
        "\0",
        "x = '\ud800'",
        "if x:\n" + "".join(" " * i + "if x:\n" for i in range(1, 300)),
        "x = " + "[" * 90 + "]" * 90,
        "\f\t \\",
        "# -*- coding: nonsense -*-\n",
    ],
)
def test_hostile_scripts_end_well(text: str) -> None:
    parse(text, (3, 11))
    script = of("def main(e, c):\n    pass\n")
    script.script.__dict__["masked"] = text
    assert isinstance(script.undefined_names, tuple)
    assert script.handler is None or script.handler.payload is None


STYLES = {
    "literal": document("def main(e, c):\n    return é + name\n"),
    "double": 'schemaVersion: "0.3"\nmainSteps:\n- name: x\n  action: aws:executeScript\n  inputs:\n'
    '    Runtime: python3.11\n    Handler: main\n    Script: "def main(e, c):\\n\\\n'
    '      \\    return é + name\\n"\n',
    "single": "schemaVersion: '0.3'\nmainSteps:\n- name: x\n  action: aws:executeScript\n  inputs:\n"
    "    Runtime: python3.11\n    Handler: main\n    Script: 'def main(e, c):\n"
    "      return ''é'' + name'\n",
    "folded": document("").replace(
        "Script: |", "Script: >-\n        def main(e, c):\n        return é + name"
    ),
    "json": in_json('def main(e, c):\n\tx = "\\\\"\n\treturn é + name\n'),
}


@pytest.mark.parametrize("style", STYLES)
def test_places_are_exact_in_every_style(style: str) -> None:
    text = STYLES[style]
    script = python(text, "document.json" if style == "json" else "document.yaml")
    assert script.syntax.problem is None
    undefined = script.undefined_names[-1]
    assert undefined.name == "name"
    place = script.place(undefined.span)
    assert text[place.start : place.end] == "name"
