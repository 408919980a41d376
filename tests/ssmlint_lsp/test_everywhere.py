"""Every question at every few offsets of many texts, whole and cut off: nothing raises."""

from __future__ import annotations

import time
from datetime import datetime, timezone
from pathlib import Path

import pytest

from ssmlint.editing import edited
from ssmlint.engine import Facts
from ssmlint_lsp.completing import completions
from ssmlint_lsp.folding import folds
from ssmlint_lsp.hinting import hints
from ssmlint_lsp.hovering import hover
from ssmlint_lsp.linking import links
from ssmlint_lsp.names.finding import names_of
from ssmlint_lsp.navigating import definition, highlights, references
from ssmlint_lsp.outlining import document_symbols
from ssmlint_lsp.renaming import CannotRename, rename
from ssmlint_lsp.selecting import selections
from ssmlint_lsp.tokenizing import tokens
from tests.ssmlint_lsp.runbooks import ALL_FORMS, document, runbook
from tests.ssmlint_lsp.test_names import AUTOMATION
from tests.ssmlint_lsp.test_navigating import POLICY
from tests.ssmlint_lsp.writing import FORMS, SCRIPT, facts_of, literal, path_of

ROOT = Path(__file__).parents[2]
NOW = datetime(2024, 2, 28, tzinfo=timezone.utc)

TEXTS = {
    **{form: write(SCRIPT) for form, write in FORMS.items()},
    "runbook": AUTOMATION,
    **{f"Python, {form}": runbook(form) for form in ALL_FORMS},
    **{f"PowerShell, {form}": document(form) for form in ALL_FORMS},
    "policy": POLICY,
    **{
        path.name: path.read_bytes().decode()
        for folder in ("good", "bad", "policies/good")
        for path in sorted((ROOT / "fixtures" / folder).iterdir())[:4]
        if path.suffix in (".yaml", ".json")
    },
}


def ask_of_file(facts: Facts) -> None:
    length = len(facts.file.source.text)
    for token in tokens(facts):
        assert 0 <= token.span.start < token.span.end <= length
    for fold in folds(facts):
        assert 0 <= fold.first < fold.last < len(facts.file.source.lines)
    document_symbols(facts)
    links(facts)


def ask_at(facts: Facts, offset: int) -> None:
    source = facts.file.source
    length = len(source.text)
    hovered = hover(facts, offset, NOW)
    if hovered is not None:
        assert hovered.text.strip()
        assert 0 <= hovered.span.start <= hovered.span.end <= length
    spans = selections(facts, offset)
    assert spans[-1].start == 0
    assert spans[-1].end == length
    assert all(len(target.span) for target in definition(facts, offset))
    found = {target.span for target in references(facts, offset)}
    marked = {item.span for item in highlights(facts, offset)}
    assert found == marked or not marked
    for item in completions(source.path, source.text, offset, ("a-document",)):
        assert 0 <= item.span.start <= offset <= item.span.end <= length


@pytest.mark.parametrize("name", TEXTS)
def test_whole_texts(name: str) -> None:
    text = TEXTS[name]
    facts = facts_of(text, path_of(text))
    ask_of_file(facts)
    for offset in range(0, len(text) + 1, 3 if len(text) < 1500 else 11):
        ask_at(facts, offset)


@pytest.mark.parametrize("name", TEXTS)
def test_texts_that_are_cut_off(name: str) -> None:
    text = TEXTS[name]
    for end in range(0, len(text), max(len(text) // 20, 1)):
        facts = facts_of(text[:end], path_of(text))
        ask_of_file(facts)
        for offset in (0, end // 2, end):
            ask_at(facts, offset)


@pytest.mark.parametrize("name", TEXTS)
def test_whatever_can_be_renamed_can_be_renamed_back(name: str) -> None:
    text = TEXTS[name]
    facts = facts_of(text, path_of(text))
    old = {name.text for name in names_of(facts)}
    for subject in names_of(facts):
        offset = subject.occurrences[0].span.start
        try:
            edits = rename(facts, offset, "aName")
        except CannotRename:
            continue
        assert len(edits) == len(subject.occurrences)
        changed = edited(text, edits)
        back = facts_of(changed, path_of(text))
        if sum(other.text == subject.text for other in names_of(facts)) > 1:
            continue  # local variables of equal names: now the other one is in the way
        assert {other.text for other in names_of(back)} >= old - {subject.text}
        first = min(edit.span for edit in edits)
        assert edited(changed, rename(back, first.start, subject.text)) == text


#: Texts that make quadratic readers slow; one second would be a hundred times too long.
HOSTILE = {
    "colons": "- " + "a:b" * 20_000,
    "blanks in a key": "a" + " " * 60_000 + "b: c",
    "blanks in a list": "a: [x" + " " * 60_000 + "y]",
    "one long word": '{"a": "' + "x" * 60_000,
    "words behind dollars": "a: " + "$x" * 30_000,
    "one line of JSON": "{" + '"a": {"b": [1, "c"]}, ' * 4_000,
    "open quotes": "- 'a\n" * 10_000,
    "open braces": "a: " + "{{ " * 20_000,
    "comments": "a: # " + "#" * 60_000,
    "directives": "# ssmlint: ignore[" + "a," * 30_000,
    "dashes": "- " * 30_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_keeps_completion_busy(name: str) -> None:
    text = HOSTILE[name]
    started = time.monotonic()
    for offset in (0, len(text) // 2, len(text)):
        completions("a.json" if text[0] == "{" else "a.yaml", text, offset)
    assert time.monotonic() - started < 30


SCRIPTS = {
    "variables": "".join(f"v{n}=$v{n - 1}; ((x += v{n}))\n" for n in range(3_000)),
    "functions": "".join(f"f{n}() {{ local a=$1; echo $a $b; f{n - 1}; }}\n" for n in range(1_000)),
    "nesting": "if a; then\n" * 150 + "b\n" + "fi\n" * 150,
    "strings": "echo " + '"a $b" ' * 5_000,
    "heredocs": "cat <<E |& tee\n$x\nE\n" * 2_000,
    "references": "echo {{ folder }}\n" * 3_000,
    "comments": "# {{ folder }} https://a.b/c\n" * 3_000,
    "exits": "f() { exit $1; }\n" + "f 201\n" * 3_000,
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_script_keeps_features_busy(name: str) -> None:
    text = literal("#!/bin/bash\n" + SCRIPTS[name])
    started = time.monotonic()
    facts = facts_of(text)
    ask_of_file(facts)
    hints(facts, NOW)
    for offset in (text.index("#!/bin/bash") + 20, len(text) - 3):
        ask_at(facts, offset)
    assert time.monotonic() - started < 60


OTHERS = {
    "Python, names": runbook("literal", "".join(f"v{n} = v{n - 1}\n" for n in range(3_000))),
    "Python, functions": runbook(
        "literal", "".join(f"def f{n}(a):\n    return a.b[f{n - 1}]\n" for n in range(1_000))
    ),
    "Python, nesting": runbook("literal", "x = " + "(" * 80 + "y" + ")" * 80 + "\n"),
    "Python, a long sum": runbook("literal", "x = " + "a + " * 3_000 + "b\n"),
    "Python, f-strings": runbook("literal", "f'{a} {b!r:>{c}}'\n" * 1_000),
    "PowerShell, names": document("literal", "".join(f"$v{n} = $v{n - 1}\n" for n in range(3_000))),
    "PowerShell, functions": document(
        "literal", "".join(f"function f{n}($a) {{ f{n - 1} $a $b }}\n" for n in range(1_000))
    ),
    "PowerShell, brackets": document("literal", "(" * 3_000),
    "PowerShell, strings": document("literal", 'echo "$a $($b.c) `$d"\n' * 2_000),
}


@pytest.mark.parametrize("name", OTHERS)
def test_no_script_of_another_language_does_either(name: str) -> None:
    text = OTHERS[name]
    started = time.monotonic()
    facts = facts_of(text)
    ask_of_file(facts)
    for offset in (len(text) // 2, len(text) - 3):
        ask_at(facts, offset)
    assert time.monotonic() - started < 60
