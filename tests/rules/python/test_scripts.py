"""Guards of the rules on Python scripts that no page shows."""

from __future__ import annotations

import json
import textwrap

import pytest

from tests.rules.asking import fixed, messages, places
from tests.ssmlint.python.building import document, in_json

PAYLOAD = "InputPayload: {a: 1, b: 2}\n"


def said(rule: str, body: str, inputs: str = "") -> list[str]:
    script = f"import json\ndef main(events, context):\n{textwrap.indent(body, '    ')}\n"
    return [message.partition(": ")[2] for message in messages(rule, document(script, inputs))]


@pytest.mark.parametrize(
    ("body", "inputs", "count"),
    [
        ("return events['c']", PAYLOAD, 1),
        ("return events['a'] + events['b']", PAYLOAD, 0),
        ("return events['c'] + events['c']", PAYLOAD, 1),
        ("return events['c']", "", 1),
        ("return events['c']", "InputPayload: '{{ Map }}'\n", 0),
        ("return events['c']", "InputPayload: {'{{ Name }}': 1}\n", 0),
        ("events['c'] = 1\nreturn events['c']", PAYLOAD, 0),
        ("if 'c' in events: return events['c']", PAYLOAD, 0),
        ("return events.get('c', 1)", PAYLOAD, 0),
        ("return events.get('c')", PAYLOAD, 1),
        ("print(events)\nreturn events['c']", PAYLOAD, 1),
    ],
)
def test_keys_that_are_not_passed(body: str, inputs: str, count: int) -> None:
    assert len(said("missing-payload-key", body, inputs)) == count


def test_a_missing_key_is_graver_than_a_missing_value() -> None:
    text = document("def main(e, c):\n    return e['a'], e.get('b')\n")
    from tests.rules.asking import ask

    assert [f.severity.value for f in ask("missing-payload-key", text)] == ["error", "warning"]


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("return events['a']", 1),
        ("return 1", 2),
        ("print(events)", 0),
        ("return {**events}", 0),
        ("return [events[k] for k in ('a', 'b')]", 0),
        ("return events.get('a') or events.get('b')", 0),
    ],
)
def test_keys_that_nobody_reads(body: str, count: int) -> None:
    assert len(said("unused-payload-key", body, PAYLOAD)) == count


def with_output(body: str, selector: str) -> str:
    script = f"import json\ndef main(events, context):\n{textwrap.indent(body, '    ')}\n"
    output = f"    outputs:\n    - {{Name: o, Selector: {selector!r}, Type: String}}\n"
    return document(script) + output


@pytest.mark.parametrize(
    ("body", "selector", "count"),
    [
        ("return {'a': 1}", "$.Payload.a", 0),
        ("return {'a': 1}", "$.Payload.b", 1),
        ("return {'a': 1}", "$.Payload['b']", 1),
        ("return {'a': 1}", "$.Payload", 0),
        ("return {'a': 1}", "$..b", 0),
        ("return {'a': {'b': 1}}", "$.Payload.a.b", 0),
        ("return {'a': {'b': 1}}", "$.Payload.a.c", 1),
        ("return {'a': [1]}", "$.Payload.a[0].c", 0),
        ("return {'a': json.loads('')}", "$.Payload.a.c", 0),
        ("pass", "$.Payload.a", 1),
        ("return json.loads('')", "$.Payload.a", 0),
    ],
)
def test_outputs_that_nothing_returns(body: str, selector: str, count: int) -> None:
    assert len(places("output-never-returned", with_output(body, selector))) == count


def test_handlers_of_attachments_are_elsewhere() -> None:
    script = document("import helper\n", "Attachment: helper.zip\n")
    assert messages("missing-handler", script) == []
    assert len(messages("missing-handler", document("import helper\n"))) == 1


@pytest.mark.parametrize(
    ("line", "how"),
    [
        ("x = {{ Value }}", "outside of strings"),
        ("x = '{{ Value }}'", "single quotes"),
        ('x = f"{y} {{ Value }}"', "double quotes"),
        ('x = """\n{{ Value }}\n"""', "triple quotes"),
        ("x = rb'{{ Value }}'", "single quotes"),
    ],
)
def test_where_parameters_stand(line: str, how: str) -> None:
    text = document(f"y = 1\n{line}\n").replace(
        "mainSteps:", "parameters: {Value: {type: String}}\nmainSteps:"
    )
    (message,) = messages("injectable-python-parameter", text)
    assert how in message
    closed = text.replace("type: String", "type: String, allowedPattern: '^[a-z]+$'")
    assert messages("injectable-python-parameter", closed) == []


@pytest.mark.parametrize("line", ["# {{ Value }}", "x = (", "x = '{{ Other }}'"])
def test_where_parameters_do_no_harm(line: str) -> None:
    text = document(f"{line}\n").replace(
        "mainSteps:", "parameters: {Value: {type: String}}\nmainSteps:"
    )
    assert messages("injectable-python-parameter", text) == []


def test_an_import_goes_in_front_of_the_first() -> None:
    script = "'''Says so.'''\nfrom __future__ import annotations\nimport os\nprint(json, os)\n"
    expected = script.replace("import os", "import json\nimport os")
    assert fixed("undefined-python-name", document(script)) == document(expected)


def test_an_import_finds_its_place_in_json() -> None:
    text = in_json("print(json)\n")
    expected = in_json("import json\nprint(json)\n")
    assert fixed("undefined-python-name", text, "document.json") == expected
    assert json.loads(text)


def test_suppressions_work_in_python() -> None:
    script = "print(x)  # ssmlint: ignore[undefined-python-name] comes later\nprint(y)\n"
    assert [place for _, place in places("undefined-python-name", document(script))] == ["y"]
    above = "# ssmlint: ignore[PY101] comes later\nprint(x)\nprint(y)\n"
    text = in_json(above)
    assert [place for _, place in places("undefined-python-name", text, "d.json")] == ["y"]


@pytest.mark.parametrize(
    ("runtime", "meant"),
    [
        ("Python 3.12", "python3.12"),
        ("python312", "python3.12"),
        ("python3", "python3.11"),
        ("python 3.8", "python3.11"),
        ("'3.11'", "python3.11"),
        ("PowerShell 7", "PowerShell 7.4"),
        ("pwsh", "PowerShell 7.4"),
        ("python3.13", None),
        ("PowerShell 7.6", None),
        ("PowerShell Core 6.0", None),
        ("'{{ Runtime }}'", None),
        ("'$[taskcat_runtime]'", None),
    ],
)
def test_what_is_not_written_like_a_runtime(runtime: str, meant: str | None) -> None:
    step = f"  - {{name: a, action: 'aws:executeScript', inputs: {{Runtime: {runtime}}}}}\n"
    found = messages("unsupported-runtime", f"schemaVersion: '0.3'\nmainSteps:\n{step}")
    assert [message.partition("did you mean ")[2] for message in found] == (
        [f"`{meant}`?"] if meant else []
    )


def test_a_name_of_another_function_is_not_what_was_meant() -> None:
    text = "a = [value for value in [1]]\nreturn value\n"
    assert said("undefined-python-name", text) == ["`value` is never defined"]
