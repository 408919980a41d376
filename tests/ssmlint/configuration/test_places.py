"""Every key of a TOML text is found on the line where it stands."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssmlint.configuration.places import KeyPath, lines_of
from ssmlint.toml import TomlError, loads

TEXT = """\
# a comment with = and [brackets]
plain = 1
"quoted key" = 'x = 2 # no comment'
dotted.inner . "last one" = [
  1,  # ]
  "a, ]b",
  [2, [3]],

  { x = 1, y.z = \"\"\"
many
lines with "quotes" and [x]
\"\"\" },
]
multi = '''
key = 1
[no.table]
'''  # behind

[table]
a = 2024-01-01 07:30:00
'b' = +inf

[table.sub]
c = ""
[[rows]]
name = "first"
[rows.inner]
d = 1
[[rows]]
name = "second"
[[rows.below]]
e = 1
[[rows.below]]
  e = {f = [{g = 1}]}
[ " spaced " . 'out' ]
h = \"\"\"a\\\"\"\"\"\"\"
i = ''''quoted''''
"""

LINES: dict[KeyPath, int] = {
    ("plain",): 2,
    ("quoted key",): 3,
    ("dotted", "inner", "last one"): 4,
    ("dotted", "inner", "last one", 1): 6,
    ("dotted", "inner", "last one", 2, 1, 0): 7,
    ("dotted", "inner", "last one", 3, "x"): 9,
    ("dotted", "inner", "last one", 3, "y", "z"): 9,
    ("multi",): 14,
    ("table",): 19,
    ("table", "a"): 20,
    ("table", "b"): 21,
    ("table", "sub"): 23,
    ("table", "sub", "c"): 24,
    ("rows", 0): 25,
    ("rows", 0, "name"): 26,
    ("rows", 0, "inner", "d"): 28,
    ("rows", 1, "name"): 30,
    ("rows", 1, "below", 0, "e"): 32,
    ("rows", 1, "below", 1, "e", "f", 0, "g"): 34,
    (" spaced ", "out"): 35,
    (" spaced ", "out", "h"): 36,
    (" spaced ", "out", "i"): 37,
}


def paths_in(value: Any, path: KeyPath = ()) -> list[KeyPath]:
    """The path of every value that a TOML reader has made."""
    inner: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    below = [found for key, item in inner for found in paths_in(item, (*path, key))]
    return [path, *below] if path else below


@pytest.mark.parametrize("path", LINES, ids=lambda path: ".".join(map(str, path)))
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_lines(path: KeyPath, line_break: str) -> None:
    assert lines_of(TEXT.replace("\n", line_break))[path] == LINES[path]


def test_every_value_has_a_line() -> None:
    found = lines_of(TEXT)
    assert [path for path in paths_in(loads(TEXT)) if path not in found] == []


KEYS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=6)
LEAVES = st.one_of(
    st.integers(-99, 99), st.booleans(), st.text(st.characters(exclude_categories=["Cs"]))
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


def written(value: Any, draw: Callable[[st.SearchStrategy[Any]], Any]) -> str:
    """A value as TOML, in one of the ways in which it can be written."""
    if isinstance(value, dict):
        pairs = (
            f"{json.dumps(k, ensure_ascii=False)} = {written(v, draw)}" for k, v in value.items()
        )
        return "{ " + ", ".join(pairs) + " }"
    if isinstance(value, list):
        between: str = draw(st.sampled_from([" ", "\n", " # ] }\n", "\n\n"]))
        return "[" + "".join(f"{between}{written(v, draw)}," for v in value) + between + "]"
    if isinstance(value, str):
        text = json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        literal = "'" not in value and value.isprintable() and draw(st.booleans())
        many = draw(st.booleans())
        return f"'{value}'" if literal else f'""\n{text[1:-1]}""'.join('""') if many else text
    return json.dumps(value)


@given(st.data(), st.dictionaries(KEYS, VALUES, max_size=4), st.lists(VALUES, max_size=3))
def test_any_text(data: st.DataObject, table: dict[str, Any], rows: list[Any]) -> None:
    text = ""
    lines: dict[KeyPath, int] = {}
    for key, value in table.items():
        lines[("t", key)] = text.count("\n") + 2
        text += f"  {json.dumps(key, ensure_ascii=False)} = {written(value, data.draw)} # x\n"
    text = f"[t]\n{text}"
    for number, row in enumerate(rows):
        text += f"[[rows]]\nrow = {written(row, data.draw)}\n\n"
        lines[("rows", number, "row")] = text[: text.rindex("[[rows]]\nrow = ")].count("\n") + 2
    read = loads(text)
    assert read["t"] == table
    found = lines_of(text)
    assert {path: found[path] for path in lines} == lines
    assert all(path in found for path in paths_in(read))


@given(st.text(st.sampled_from("[]{}\"'=.,#\n ab1\\")))
def test_what_is_no_toml_does_no_harm(text: str) -> None:
    lines_of(text)


@pytest.mark.parametrize("text", ["a = " + "[" * 5000, "a = " + "[" * 5000 + "]" * 5000])
def test_deep_nesting_is_a_mistake(text: str) -> None:
    with pytest.raises(TomlError):
        loads(text)
    lines_of(text)


def test_a_number_without_end_is_a_mistake() -> None:
    with pytest.raises(TomlError):
        loads(f"a = {'9' * 5000}")


def test_the_line_of_a_mistake() -> None:
    for text, line in (("a = 1\nb = \n", 2), ("a = 1\n\n[b", 3), ("a = '", 1)):
        with pytest.raises(TomlError) as raised:
            loads(text)
        assert raised.value.line == line
