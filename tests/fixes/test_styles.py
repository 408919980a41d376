"""Each fix of a rule's page comes to the same however the document is written."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ssmlint.files import parse
from ssmlint.fixing import Fixed, fix_all, is_fixable
from ssmlint.packs import load_pack
from ssmlint.page import parse_page
from ssmlint.rule import Rule
from ssmlint.source import Source
from ssmlint.tree import Scalar, walk
from tests.fixes.styles import data_of, line_ends_and_marks, styles
from tests.rules.harness import Wrapped, findings_of, wrap

FIXING = [
    rule
    for rule in load_pack("builtin", "ssmlint_rules").rules
    if parse_page(rule.page).section("Fix safety")
]

#: What the fix writes is what was written, which is not the same in all forms: `yes` is `true` in
#: JSON, and a block scalar has a line end more.
AS_WRITTEN = {
    "wrong-type",
    "wrong-policy-type",
    "default-of-wrong-type",
    "mistyped-allowed-value",
}


@pytest.mark.parametrize("rule", FIXING, ids=lambda rule: rule.name)
def test_fixes_do_not_depend_on_the_style(rule: Rule) -> None:
    made = 0
    for wrapped in _bad_examples(rule):
        expected = _fixed(rule, wrapped, wrapped.source)
        if not expected.rounds:
            continue
        for name, source in [*line_ends_and_marks(wrapped.source), *styles(wrapped.source)]:
            fixed = _fixed(rule, wrapped, source)
            assert (fixed.refused, fixed.converged) == ((), True), name
            is_json = name.startswith("JSON")
            assert fixed.rounds or _is_about_writing(rule, source) or not is_json, name
            if fixed.rounds and rule.name not in AS_WRITTEN:
                assert _texts(fixed.source) == _texts(expected.source), name
            made += len(fixed.applied)
    assert made > 0


def _bad_examples(rule: Rule) -> Iterator[Wrapped]:
    return (wrap(bad) for bad, _ in parse_page(rule.page).pairs)


def _fixed(rule: Rule, wrapped: Wrapped, source: Source) -> Fixed:
    return fix_all(source, lambda now: findings_of(rule, now, wrapped.settings), is_fixable)


def _is_about_writing(rule: Rule, source: Source) -> bool:
    """Whether the finding is not there at all in that form."""
    return not findings_of(rule, source)


def _texts(source: Source) -> object:
    """The data, without the line end that a block scalar has and a quoted one has not.

    A script is what its items come to: a line more may be an item, or stand in the first one.
    """
    return _stripped(data_of(source))


def _stripped(data: object) -> object:
    match data:
        case str():
            return data.rstrip("\n")
        case list():
            return [_stripped(item) for item in data]
        case dict():
            found = {key: _stripped(value) for key, value in data.items()}
            script = found.get("runCommand")
            if isinstance(script, list):
                found["runCommand"] = "\n".join(map(str, script))
            return found
    return data


def test_every_style_is_tried() -> None:
    document = "schemaVersion: '2.2'\nmainSteps:\n- {name: a, inputs: {runCommand: ['a\n\n  b']}}\n"
    found = {name for name, _ in styles(Source("a.yaml", document))}
    assert {name.split(",")[0] for name in found} >= {"JSON", "JSON with tabs", "YAML"}
    nodes = [
        node.style
        for _, source in styles(Source("a.yaml", document))
        for root in parse(source).roots
        for node in walk(root)
        if isinstance(node, Scalar)
    ]
    assert len(set(nodes)) >= 4
