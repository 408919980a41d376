"""Symbols of a file and of a workspace."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ssmlint.model.document import SsmDocument
from ssmlint.model.policy import LifecyclePolicy
from ssmlint_lsp.outlining import Symbol, document_symbols, policy_symbols, workspace_symbols
from tests.ssmlint_lsp.test_names import AUTOMATION
from tests.ssmlint_lsp.test_navigating import POLICY
from tests.ssmlint_lsp.writing import FORMS, SCRIPT, facts_of, literal


def outline(text: str) -> list[str]:
    """The symbols, indented, as `kind name: detail`."""
    return list(_lines(document_symbols(facts_of(text)), ""))


def _lines(symbols: tuple[Symbol, ...], margin: str) -> Iterator[str]:
    for symbol in symbols:
        detail = f": {symbol.detail}" if symbol.detail else ""
        yield f"{margin}{symbol.kind.value} {symbol.name}{detail}"
        yield from _lines(symbol.children, margin + "  ")


@pytest.mark.parametrize("form", FORMS)
def test_a_document(form: str) -> None:
    text = FORMS[form](SCRIPT)
    assert outline(text) == [
        "group parameters",
        "  parameter command: String = dry-run",
        "  parameter folder: String = /data",
        "group mainSteps",
        "  step freeze_it: aws:runShellScript",
        "    script bash: script",
        "      function freeze",
    ]
    for symbol in document_symbols(facts_of(text)):
        assert_nested(symbol, text)


def assert_nested(symbol: Symbol, text: str) -> None:
    assert symbol.span.covers(symbol.selection)
    if symbol.kind.value in ("parameter", "function"):
        assert text[symbol.selection.start : symbol.selection.end].strip('"') == symbol.name
    for child in symbol.children:
        assert symbol.span.covers(child.span)
        assert_nested(child, text)


def test_automation() -> None:
    assert outline(AUTOMATION) == [
        "group parameters",
        "  parameter Instance: String",
        "group variables",
        "  variable Count: Integer",
        "group mainSteps",
        "  step find: aws:executeAwsApi",
        "    output State",
        "  step choose: aws:branch",
        "  step count: aws:updateVariable",
        "  step clean: aws:runCommand",
    ]


def test_a_document_of_version_1_2() -> None:
    text = (
        "schemaVersion: '1.2'\nruntimeConfig:\n  aws:runShellScript:\n    properties:\n"
        "      - runCommand: ['#!/bin/bash', 'f() {', '  :', '}']\n"
    )
    assert outline(text) == [
        "group runtimeConfig",
        "  step aws:runShellScript",
        "    script bash: script",
        "      function f",
    ]


def test_a_policy() -> None:
    assert outline(POLICY) == [
        "schedule nightly: cron(0 18 ? * WED *)",
        "  handler freeze-it: PRE and POST",
        "schedule weekly: every 24 h",
        "  handler arn:aws:ssm:eu-west-1:123456789012:document/freeze-it: PRE and POST",
    ]


def test_a_file_of_several_has_one_symbol_for_each() -> None:
    assert outline(f"{POLICY}---\n{literal()}")[0] == "policy snapshot policy for instances"


@pytest.mark.parametrize(
    "text", ["", "[1, 2]", "{", "a: b", "schemaVersion: '2.2'\nmainSteps: 3\n"]
)
def test_what_has_no_symbols(text: str) -> None:
    assert outline(text) in ([], ["group mainSteps"])


def test_names_that_are_empty_are_shown_as_something() -> None:
    text = "schemaVersion: '2.2'\nparameters:\n  '': {type: String}\nmainSteps:\n  - {}\n"
    assert outline(text) == [
        "group parameters",
        "  parameter ?: String",
        "group mainSteps",
        "  step ?",
    ]


def test_workspace_symbols_have_the_letters_of_the_query_in_order() -> None:
    documents = facts_of(literal()).of(SsmDocument)
    found = [found.symbol.name for found in workspace_symbols(documents, "fr")]
    assert found == ["folder", "freeze_it", "freeze"]
    assert [f.symbol.name for f in workspace_symbols(documents, "Doc")] == ["document"]
    assert len(list(workspace_symbols(documents, ""))) == 6
    policies = facts_of(POLICY).of(LifecyclePolicy)
    assert [f.symbol.name for f in policy_symbols(policies, "nly")] == ["nightly"]
