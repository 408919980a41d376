"""Defaults against the constraints of their own parameter."""

from __future__ import annotations

import pytest

from tests.rules.asking import ask, document, fixed, messages, places

DEFAULT_RULES = (
    "default-not-allowed",
    "default-breaks-pattern",
    "default-out-of-bounds",
    "default-of-wrong-type",
)


def found(declaration: str) -> list[str]:
    text = document(f"a: {{{declaration}}}\n")
    return [f.rule.name for name in DEFAULT_RULES for f in ask(name, text)]


@pytest.mark.parametrize(
    "declaration",
    [
        "type: String, default: abc, allowedPattern: '^[a-z]+$'",
        "type: String, default: '', allowedPattern: '^[a-z]*$'",
        "type: String, default: '%%VALUE=x%%', allowedPattern: '^[a-z]+$', allowedValues: [b]",
        "type: String, default: '{{ssm:/a/b}}', allowedPattern: '^[a-z]+$', maxChars: 2",
        "type: String, default: '${value}', allowedPattern: '^[a-z]+$'",
        "type: String, default: abc, allowedPattern: '(?!x)'",  # unusable-pattern
        "type: StringList, default: [a, b], allowedValues: [a, b, c]",
        "type: StringList, default: '{{ ssm:list }}'",
        "type: StringMap, default: '{}'",
        "type: StringMap, default: {a: b}",
        "type: String, default: b, allowedValues: [a, '%%MORE=x%%']",
        "type: String, default: é, maxChars: 1",  # two bytes, one character
        "type: String, default: abc, minChars: '3', maxChars: '3'",
    ],
)
def test_defaults_that_pass(declaration: str) -> None:
    assert found(declaration) == []


@pytest.mark.parametrize(
    ("declaration", "rules"),
    [
        ("type: String, default: '', allowedPattern: '^i-[0-9a-f]+$'", ["default-breaks-pattern"]),
        ("type: String, default: '', allowedValues: [a]", ["default-not-allowed"]),
        ("type: String, default: A, allowedValues: [a]", ["default-not-allowed"]),
        ("type: StringList, default: [a, z], allowedValues: [a, b]", ["default-not-allowed"]),
        ("type: StringList, default: [a1], allowedPattern: '^[a-z]$'", ["default-breaks-pattern"]),
        ("type: String, default: ab, maxChars: 1", ["default-out-of-bounds"]),
        ("type: StringList, default: [], minItems: 1", ["default-out-of-bounds"]),
        ("type: String, default: 5, allowedPattern: '^5$'", ["default-of-wrong-type"]),
        ("type: String, default: [a]", ["default-of-wrong-type"]),
        ("type: StringList, default: {a: b}", ["default-of-wrong-type"]),
        ("type: StringMap, default: [a]", ["default-of-wrong-type"]),
        ("type: StringMap, default: words", ["default-of-wrong-type"]),
    ],
)
def test_defaults_that_do_not(declaration: str, rules: list[str]) -> None:
    assert found(declaration) == rules


def test_an_unquoted_value_is_as_grave_as_what_becomes_of_it() -> None:
    def severity(value: str, more: str = "") -> str:
        text = document(f"a: {{type: String, default: {value}{more}}}\n")
        return ask("default-of-wrong-type", text)[0].severity.value

    assert severity("3600") == "warning"  # the same digits arrive
    assert severity("010") == "error"  # 8
    assert severity("1.10") == "error"  # 1.1
    assert severity("on") == "error"  # true
    assert severity("3600", ", allowedPattern: '^[0-9]+$'") == "error"


def test_types_of_automation_documents() -> None:
    def count(kind: str, default: str) -> int:
        text = (
            f"schemaVersion: '0.3'\nparameters: {{a: {{type: {kind}, default: {default}}}}}\n"
            "mainSteps: [{action: 'aws:sleep', name: x, inputs: {Duration: '{{ a }}'}}]\n"
        )
        return len(ask("default-of-wrong-type", text))

    assert [count("Boolean", value) for value in ("true", "'true'", "1")] == [0, 1, 1]
    assert [count("Integer", value) for value in ("1", "'1'", "1.5", "true")] == [0, 1, 1, 1]
    assert [count("MapList", value) for value in ("[{a: b}]", "{a: b}")] == [0, 1]
    assert count("AWS::EC2::Instance::Id", "1") == 0


def test_an_empty_default_is_none() -> None:
    text = document("a:\n  type: String\n  default:\n")
    assert messages("default-of-wrong-type", text) == [
        "5: `default` is empty, so the parameter must be given; for an empty text write ''"
    ]
    as_json = '{"schemaVersion": "2.2", "parameters": {"a": {"type": "String", "default": null}}}'
    assert ask("default-of-wrong-type", as_json, "d.json") == []


def test_the_nearest_allowed_value_is_put_in_with_the_quotes_it_needs() -> None:
    text = document("a:\n  type: String\n  default: Yes1\n  allowedValues: ['yes', 'no']\n")
    assert "default: 'yes'\n" in fixed("default-not-allowed", text)
    text = document('a:\n  type: String\n  default: "dryrun"\n  allowedValues: [dry-run]\n')
    assert 'default: "dry-run"\n' in fixed("default-not-allowed", text)


def test_patterns_of_automation_documents_are_read_by_java() -> None:
    text = (
        "schemaVersion: '0.3'\n"
        "parameters: {a: {type: String, allowedPattern: '%s'}}\n"
        "mainSteps: [{action: 'aws:sleep', name: x, inputs: {Duration: '{{ a }}'}}]\n"
    )
    assert ask("unusable-pattern", text % "^(?!aws)[a-z]+$") == []
    assert places("unusable-pattern", text % "[_-/]+") == [(2, "'[_-/]+'")]


def test_a_dropped_name_is_mended_in_the_whole_document() -> None:
    text = document(
        "my-name:\n  type: String\n",
        "- action: aws:runShellScript\n  name: x\n"
        "  inputs: {runCommand: ['echo {{ my-name }} {{my-name}}']}\n",
    )
    mended = fixed("invalid-parameter-name", text)
    assert "my-name" not in mended
    assert mended.count("myName") == 3
    taken = text.replace("parameters:\n", "parameters:\n  myName: {type: String}\n")
    assert fixed("invalid-parameter-name", taken) == taken


def test_a_word_in_the_place_of_a_boolean_gets_quotes_in_json() -> None:
    text = (
        '{"schemaVersion": "2.2", "parameters": {"check": {"type": "String", '
        '"allowedValues": ["True", "False"], "default": false}}, "mainSteps": []}'
    )
    assert '"default": "False"' in fixed("default-not-allowed", text, "document.json")


@pytest.mark.parametrize(
    ("declared", "count"),
    [
        ("type: String, minChars: 3, maxChars: 3", 0),
        ("type: String, minChars: 4, maxChars: 3", 1),
        ("type: String, minChars: '4', maxChars: 3", 1),
        ("type: String, minChars: 4", 0),
        ("type: String, minChars: 4, maxItems: 3", 0),
        ("type: StringList, minItems: 2, maxItems: 1", 1),
        ("type: String, minChars: '{{ x }}', maxChars: -1", 0),
    ],
)
def test_bounds_that_leave_nothing(declared: str, count: int) -> None:
    assert len(ask("contradictory-bounds", document(f"a: {{{declared}}}\n"))) == count
