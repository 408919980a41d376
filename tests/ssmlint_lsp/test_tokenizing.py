"""What the words of a script are."""

from __future__ import annotations

import pytest

from ssmlint.source import Span
from ssmlint_lsp.painting.canvas import MODIFIERS, TYPES
from ssmlint_lsp.tokenizing import tokens
from tests.ssmlint_lsp.writing import FORMS, SCRIPT, facts_of, literal


def painted(text: str, within: Span | None = None) -> list[str]:
    """The tokens as `type text`, modifiers behind the type."""
    facts = facts_of(text)
    found = []
    for token in tokens(facts, within):
        names = [name for bit, name in enumerate(MODIFIERS) if token.paint.modifiers >> bit & 1]
        kind = ".".join([TYPES[token.paint.type], *names])
        found.append(f"{kind} {facts.file.source.at(token.span)}")
    return found


def script(text: str) -> list[str]:
    return painted(literal(f"#!/bin/bash\n{text}\n"))[1:]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            'if [ -n "$x" ]; then exit 201; fi',
            ["keyword if", "keyword [", "operator -n", 'string "', "variable $x", 'string "',
             "keyword ]", "keyword then", "keyword exit", "number 201", "keyword fi"],
        ),
        ("f() { :; }\nf", ["function.declaration f", "keyword {", "function.defaultLibrary :",
                           "keyword }", "function f"]),
        ("x=$(ls \"$y\") || y='a b'", [
            "variable.declaration x", "function.defaultLibrary ls", 'string "', "variable $y",
            'string "', "operator ||", "variable.declaration y", "string 'a b'"]),
        ("for i in 1 2; do echo ${i:-x}; done", [
            "keyword for", "variable.declaration i", "keyword in", "keyword do",
            "function.defaultLibrary echo", "variable ${i:-", "variable }", "keyword done"]),
        ("local x=1 # why {{ folder }}", ["keyword local", "variable.declaration x",
                                         "comment # why ", "parameter {{ folder }}"]),
        ("cat << EOF > f\na $x\nEOF", [
            "function.defaultLibrary cat", "operator <<", "string EOF", "operator >",
            "string a ", "variable $x"]),
        ("trap 'rm -f \"$x\"' EXIT", [
            "keyword trap", "string '", "function.defaultLibrary rm", "variable $x", "string '"]),
        ("a && ! b | c &", ["function a", "operator &&", "keyword !", "function b", "operator |",
                            "function c", "operator &"]),
        ("case $x in a) ;; *) esac", ["keyword case", "variable $x", "keyword in", "operator ;;",
                                       "keyword esac"]),
        ('echo "{{ command }} $x"', ["function.defaultLibrary echo", 'string "',
                                      "parameter {{ command }}", "variable $x", 'string "']),
    ],
)  # fmt: skip
def test_words_of_a_script(text: str, expected: list[str]) -> None:
    assert script(text) == expected


@pytest.mark.parametrize("form", FORMS)
def test_tokens_lie_on_one_line_and_do_not_overlap(form: str) -> None:
    text = FORMS[form](SCRIPT)
    found = tokens(facts_of(text))
    behind = 0
    for token in found:
        assert token.span.start >= behind
        assert len(token.span) > 0
        assert not set(text[token.span.start : token.span.end]) & set("\r\n")
        behind = token.span.end
    words = [text[token.span.start : token.span.end] for token in found]
    assert {"freeze", "{{ folder }}", "${mount}", "201", "done"} <= {*words}


def test_every_form_has_the_same_tokens() -> None:
    def plain(form: str) -> list[str]:
        text = FORMS[form]("#!/bin/bash\nx=1; echo $x {{ folder }} # 🧊\nif [ -n a ]; then :; fi\n")
        return painted(text)

    assert {form: plain(form) for form in FORMS if form != "escaped"} == {
        form: plain("literal") for form in FORMS if form != "escaped"
    }


def test_references_outside_of_scripts_are_painted_too() -> None:
    text = literal().replace(
        "    inputs:\n", "    inputs:\n      workingDirectory: '{{ folder }}'\n"
    )
    assert painted(text)[0] == "parameter {{ folder }}"


def test_a_part_of_the_file() -> None:
    text = literal()
    start = text.index("for mount")
    found = painted(text, Span(start, start + 20))
    assert found == [
        "keyword for",
        "variable.declaration mount",
        "keyword in",
        "parameter {{ folder }}",
    ]
