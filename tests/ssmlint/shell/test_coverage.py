"""No part of a script is lost: what the tree does not hold is nothing but grammar."""

from __future__ import annotations

import re
from typing import Any

import pytest

from ssmlint.shell.statements import (
    Arithmetic,
    Assignment,
    Coprocess,
    For,
    Function,
    Redirect,
    Unknown,
    Word,
    walk_block,
)
from ssmlint.shell.syntax import ShellSyntax, parse
from ssmlint.source import Span
from tests.ssmlint.shell.corpus import placeholders_of, published_scripts
from tests.ssmlint.shell.test_against_bash import EXAMPLES
from tests.ssmlint.shell.test_syntax_errors import BROKEN
from tests.ssmlint.shell.test_words_read import PLACEHOLDERS

_GRAMMAR = re.compile(
    r"if|then|elif|else|fi|for|select|in|do|done|while|until|case|esac|function|coproc|time|-p"
    r"|local|export|readonly|declare|typeset|unset|let|test"
    r"|\[|\]|\[\[|\]\]|\{|\}|\(|\)|\(\(|\)\)|!|&|&&|\||\|&|\|\||;|;;|;&|;;&"
    r"|-[a-zA-Z]|-[a-z]{2}|[=!<>]=?|=~|\\[()]|[-+]\w+"
)
_TOKEN = re.compile(r"[-+]?[\w-]+|=~|\\[()]|&&|\|\||\|&|;;&|;;|;&|\[\[|\]\]|\(\(|\)\)|\S")


def _scripts() -> list[str]:
    broken = [marked.replace("^", "").replace("¶", "") for marked, _ in BROKEN]
    published = [script.text for script in published_scripts()]
    return [*EXAMPLES, *(script for script, _ in PLACEHOLDERS), *broken, *published]


@pytest.mark.parametrize("script", _scripts())
def test_statements_cover_the_script(script: str) -> None:
    syntax = parse(script, placeholders_of(script))
    rest = _without(script, [*(node.span for node in syntax.block), *_behind(script, syntax)])
    assert set(rest) <= set(" \t\n;\\")


@pytest.mark.parametrize("script", _scripts())
def test_words_cover_the_statements(script: str) -> None:
    syntax = parse(script, placeholders_of(script))
    leaves = [*_leaves(syntax), *_behind(script, syntax)]
    names = {node.name for node in walk_block(syntax.block) if isinstance(node, Coprocess)}
    rest = _without(script, leaves).replace("\\\n", " ")
    tokens = [token for token in _TOKEN.findall(rest) if not _GRAMMAR.fullmatch(token)]
    lost = [token for token in tokens if token not in names]
    assert lost == [], rest


def _leaves(syntax: ShellSyntax) -> list[Span]:
    spans = []
    node: Any
    for node in walk_block(syntax.block):
        match node:
            case Word() | Redirect() | Assignment() | Arithmetic() | Unknown():
                spans.append(node.span)
            case For() | Function():
                spans.append(node.name_span)
    return spans


def _behind(script: str, syntax: ShellSyntax) -> list[Span]:
    """Comments, and here-documents with the line of their delimiter."""
    spans = list(syntax.comments)
    for node in walk_block(syntax.block):
        if isinstance(node, Redirect) and node.operator in ("<<", "<<-") and node.target:
            line_end = script.find("\n", node.target.span.end)
            spans.append(Span(node.target.span.start, len(script) if line_end < 0 else line_end))
    return spans


def _without(script: str, spans: list[Span]) -> str:
    characters = list(script)
    for span in spans:
        characters[span.start : span.end] = " " * len(span)
    return "".join(characters)


def test_spans_nest_and_follow_each_other() -> None:
    for script in _scripts():
        syntax = parse(script, placeholders_of(script))
        behind = 0
        for statement in syntax.block:
            assert behind <= statement.span.start < statement.span.end <= len(script)
            behind = statement.span.end
