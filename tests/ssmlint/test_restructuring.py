"""Members and items that come and go: the data changes by them, and by nothing else."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssmlint.editing import edited
from ssmlint.files import parse
from ssmlint.restructuring import (
    Value,
    in_list,
    out_of_list,
    scalar_text,
    with_entry,
    with_item,
    without_entry,
    without_item,
)
from ssmlint.rule import Edit
from ssmlint.source import Source
from ssmlint.tree import Mapping, Sequence, plain, walk

YAML = """\
# head
name: a  # the name
list:
  # first
  - one
  - two: 2  # and
    three: 3
    four: [4]

  - - nested
    - items
  - last
flow: {a: 1, b: [x, y], c: {}}
script: |
  if x; then

    y
  fi

folded: >-
  a
  b
quoted: 'it''s'
"""
MANY_LINES = """\
flow: {
  a: 1,
  b: [
    x,
    y
  ]
}
"""
JSON = json.dumps(parse(Source("a.yaml", YAML)) and plain(parse(Source("a.yaml", YAML)).roots[0]))
TEXTS = [
    ("a.yaml", YAML),
    ("a.yaml", YAML.rstrip("\n")),
    ("a.yaml", YAML.replace("\n", "\r\n")),
    ("a.yaml", MANY_LINES),
    ("a.json", JSON),
    ("a.json", json.dumps(json.loads(JSON), indent=2)),
    ("a.json", json.dumps(json.loads(JSON), indent="\t")),
]
every_text = pytest.mark.parametrize(("path", "text"), TEXTS)

VALUES: list[Value] = [
    "text",
    "120",
    120,
    True,
    "it's: a #1",
    ["a", "b c", "yes"],
    {"type": "String", "allowedValues": ["a", "b"], "inner": {"x": 1}},
]


def collections(source: Source, kind: type[Any]) -> list[Any]:
    return [n for root in parse(source).roots for n in walk(root) if isinstance(n, kind)]


def after(source: Source, edit: Edit) -> Any:
    """What the text holds with the edit made."""
    tree = parse(Source(source.path, edited(source.text, [edit])))
    assert not tree.broken, tree.source.text
    return plain(tree.roots[0])


def expected(source: Source, number: int, kind: type[Any], change: Any) -> Any:
    """The data of the text with a change of the collection of that number."""
    root = parse(source).roots[0]
    target = [node for node in walk(root) if isinstance(node, kind)][number]
    change(target)
    return plain(root)


@every_text
def test_every_member_can_be_taken_out(path: str, text: str) -> None:
    source = Source(path, text)
    taken = 0
    for number, mapping in enumerate(collections(source, Mapping)):
        for at, entry in enumerate(mapping.entries):
            edit = without_entry(source, mapping, entry)
            if edit is None:
                assert (len(mapping.entries) == 1 and "json" not in path) or "  # and" in text
                continue

            def change(node: Mapping, at: int = at) -> None:
                node.entries = node.entries[:at] + node.entries[at + 1 :]

            assert after(source, edit) == expected(source, number, Mapping, change)
            taken += 1
    assert taken >= 2


@every_text
def test_every_item_can_be_taken_out(path: str, text: str) -> None:
    source = Source(path, text)
    for number, items in enumerate(collections(source, Sequence)):
        for at, item in enumerate(items.items):
            edit = without_item(source, items, item)
            if edit is None:
                assert path == "a.yaml"
                continue

            def change(node: Sequence, at: int = at) -> None:
                node.items = node.items[:at] + node.items[at + 1 :]

            assert after(source, edit) == expected(source, number, Sequence, change)


@every_text
@pytest.mark.parametrize("value", VALUES, ids=str)
@pytest.mark.parametrize("first", [True, False])
def test_a_member_can_be_put_in_everywhere(path: str, text: str, value: Value, first: bool) -> None:
    source = Source(path, text)
    base = plain(parse(source).roots[0])
    for number, mapping in enumerate(collections(source, Mapping)):
        if not mapping.entries:
            assert with_entry(source, mapping, "new", value) is None
            continue
        before = mapping.entries[0] if first else None
        edit = with_entry(source, mapping, "new", value, before=before)
        assert edit is not None
        data = after(source, edit)
        inner = _mappings(data)[number]
        assert list(inner)[0 if first else -1] == "new"
        assert inner.pop("new") == value
        assert data == base


LISTS = [
    ("a.yaml", "list:\n- one: 1\n  two: |\n    x\n\n- three: 3 # why\n  four: {}\n# end\n"),
    ("a.yaml", "list:\n    -   one: 1\n        two: 2\n    -   {three: 3}"),
    ("a.yaml", "list: [{one: 1, two: {a: 1}},\n  {three: 3}]\n"),
    ("a.json", '{"list": [{"one": 1}, {"two": {"a": 1}}]}'),
    ("a.json", '{\n  "list": [\n    {\n      "one": 1\n    },\n    {"two": 2}\n  ]\n}\n'),
]


@pytest.mark.parametrize(
    ("path", "text"), [*LISTS, *((p, t.replace("\n", "\r\n")) for p, t in LISTS)]
)
@pytest.mark.parametrize("value", VALUES, ids=str)
@pytest.mark.parametrize("at", [0, 1])
def test_a_mapping_can_be_put_into_a_list(path: str, text: str, value: Value, at: int) -> None:
    source = Source(path, text)
    (items,) = collections(source, Sequence)
    edit = with_item(source, items, {"new": value, "empty": {}}, behind=items.items[at])
    assert edit is not None
    data = after(source, edit)
    assert data["list"].pop(at + 1) == {"new": value, "empty": {}}
    assert data == plain(parse(source).roots[0])


@pytest.mark.parametrize(
    "text",
    ["- one\n- a: 1\n", "- - a: 1\n", "-\n  a: 1\n", "- {}\n", "- a: 1\n- &x {b: 1}\n- *x\n"],
)
def test_where_no_mapping_can_be_put_into_a_list(text: str) -> None:
    source = Source("a.yaml", text)
    items = next(iter(reversed(collections(source, Sequence))))
    behind = items.items[-1] if "*" in text else items.items[0]
    assert with_item(source, items, {"new": 1}, behind=behind) is None


def _mappings(data: Any) -> list[dict[str, Any]]:
    """The mappings in the order of the file; one that was put in does not count."""
    found = []
    if isinstance(data, dict):
        found.append(data)
    items = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in items:
        if key != "new" and isinstance(value, (dict, list)):
            found += _mappings(value)
    return found


@every_text
def test_every_value_can_become_a_list_and_back(path: str, text: str) -> None:
    source = Source(path, text)
    base = plain(parse(source).roots[0])
    for number, mapping in enumerate(collections(source, Mapping)):
        for entry in mapping.entries:
            edit = in_list(source, mapping, entry)
            if edit is None:
                assert path == "a.yaml"
                continue
            data, name = after(source, edit), entry.key.text
            wanted = copy.deepcopy(base)
            _mappings(wanted)[number][name] = [_mappings(wanted)[number][name]]
            assert data == wanted
            made = Source(path, edited(source.text, [edit]))
            target = collections(made, Mapping)[number]
            back = out_of_list(made, target.entry(name))
            if back is not None:
                assert after(made, back) == base


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("a:\n  b: 1\n  # of c\n  c: 2\n", "a:\n  # of c\n  c: 2\n"),
        ("a:\n  b: 1  # why\n  c: 2\n", "a:\n  c: 2\n"),
        ("a:\n  - b: 1\n    c: 2\n", "a:\n  - c: 2\n"),
        ("a:\n  - b: 1  # why\n    c: 2\n", None),
        ("a: {b: 1, c: 2}\n", "a: {c: 2}\n"),
        ("a: {b: 1}\n", "a: {}\n"),
        ("a: {b: 1,}\n", "a: {}\n"),
        ("a: {\n  b: 1, # why\n  c: 2\n}\n", None),
        ("a:\n  ? b\n  : 1\n  c: 2\n", None),
        ("a:\n  b: 1\n", None),
        ("x: &x 1\na:\n  b: *x\n  c: 2\n", None),
    ],
)
def test_what_goes_with_a_member(text: str, result: str | None) -> None:
    source = Source("a.yaml", text)
    mapping = next(m for m in collections(source, Mapping) if m.entry("b") is not None)
    entry = mapping.entry("b")
    edit = without_entry(source, mapping, entry)
    assert (None if edit is None else edited(text, [edit])) == result


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("a: x\n", "a:\n  - x\n"),
        ("  a: x  # why\n", "  a:\n    - x  # why\n"),
        ("- a: 'x'\n  b: 1\n", "- a:\n    - 'x'\n  b: 1\n"),
        ("a: |\n  x\n  y\n", "a:\n- |\n  x\n  y\n"),
        ("{a: x}\n", "{a: [x]}\n"),
        ("a: {b: 1}\n", "a: [{b: 1}]\n"),
        ("a:\n  x\n", None),
        ("a:\n  b: 1\n", None),
        ("a: x\n  y\n", None),
        ("a: &k x\n", None),
    ],
)
def test_lists_of_one_item(text: str, result: str | None) -> None:
    source = Source("a.yaml", text)
    mapping = next(m for m in collections(source, Mapping) if m.entry("a") is not None)
    edit = in_list(source, mapping, mapping.entry("a"))
    assert (None if edit is None else edited(text, [edit])) == result


@given(text=st.text(st.one_of(st.sampled_from(" :#'\"\\-~10.[]{}&*!|>%@`yesno"), st.characters())))
def test_any_text_can_be_written(text: str) -> None:
    """As far as YAML can hold it in single quotes."""
    for path, around in (("a.yaml", "a: {b: x}"), ("a.json", '{"a": {"b": "x"}}')):
        source = Source(path, around)
        scalar = collections(source, Mapping)[1].get("b")
        written = scalar_text(source, scalar, text)
        after_ = parse(Source(path, edited(around, [Edit(scalar.span, written)])))
        if path.endswith("json") or text.isprintable():
            assert plain(after_.roots[0]) == {"a": {"b": text}}
