"""Python inside of runbooks: colours, names, hover, completion, rename."""

from __future__ import annotations

import itertools
import json
import tokenize
from datetime import datetime, timezone

import pytest

from ssmlint.editing import edited
from ssmlint.model.document import SsmDocument
from ssmlint_lsp.completing import Candidate, completions, without_places
from ssmlint_lsp.folding import folds
from ssmlint_lsp.hovering import hover
from ssmlint_lsp.names.finding import names_of
from ssmlint_lsp.names.types import NameKind
from ssmlint_lsp.navigating import definition, highlights, references
from ssmlint_lsp.outlining import document_symbols, workspace_symbols
from ssmlint_lsp.painting import python
from ssmlint_lsp.painting.canvas import TYPES, Canvas
from ssmlint_lsp.renaming import CannotRename, rename
from ssmlint_lsp.selecting import selections
from tests.ssmlint_lsp.runbooks import ALL_FORMS, PYTHON, runbook, written_in
from tests.ssmlint_lsp.test_tokenizing import painted
from tests.ssmlint_lsp.writing import CURSOR, at_cursor, facts_of, offset_of, path_of

NOW = datetime(2024, 2, 28, tzinfo=timezone.utc)


def script(text: str) -> list[str]:
    """The colours of a script."""
    found = painted(runbook("literal", text))
    return found[found.index("parameter {{ Ids }}") + 1 :]


# --- colours ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import boto3, json as j # 🧊 why\n", [
            "keyword import", "namespace boto3", "namespace json", "keyword as", "namespace j",
            "comment # 🧊 why"]),
        ("from os.path import join\n", ["keyword from", "namespace os.path", "keyword import",
                                        "variable join"]),
        ("def f(a, *, b=1):\n    return a + len(b)\n", [
            "keyword def", "function.declaration f", "parameter.declaration a", "operator *",
            "parameter.declaration b", "operator =", "number 1", "keyword return", "parameter a",
            "operator +", "function.defaultLibrary len", "parameter b"]),
        ("class A(ValueError):\n    pass\nraise A('x')\n", [
            "keyword class", "class.declaration A", "class ValueError", "keyword pass",
            "keyword raise", "class A", "string 'x'"]),
        ("c = boto3.client(x.y)\n", ["variable.declaration c", "operator =", "variable boto3",
                                    "method client", "variable x", "property y"]),
        ("match = {{ Ids }}\nmatch match:\n    case 'a':\n        case = match\n", [
            "variable.declaration match", "operator =", "parameter {{ Ids }}", "keyword match",
            "variable match", "keyword case", "string 'a'", "variable.declaration case",
            "operator =", "variable match"]),
        ("x = 'a {{ Instance }} b'\n", ["variable.declaration x", "operator =", "string 'a ",
                                        "parameter {{ Instance }}", "string b'"]),
        # What can not be read is painted by its words.
        ("def f(:\n    return g(1)\n", ["keyword def", "function.declaration f", "keyword return",
                                        "function g", "number 1"]),
    ],
)  # fmt: skip
def test_words_of_a_script(text: str, expected: list[str]) -> None:
    assert script(text) == expected


def test_names_in_f_strings_are_no_text() -> None:
    found = script('x = 1\ny = f"a {x} b"\n')
    assert "variable x" in found[5:]
    assert 'string f"a {' in found or 'string f"a ' in found


def test_f_strings_as_newer_pythons_cut_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Since Python 3.12 an f-string is several tokens (PEP 701)."""
    text = 'f"a {y!r:>{w}} {{b}}" + z'
    start, middle, end = 1001, 1002, 1003
    cut = [
        (start, 'f"'), (middle, "a "), (tokenize.OP, "{"), (tokenize.NAME, "y"),
        (tokenize.OP, "!"), (tokenize.NAME, "r"), (tokenize.OP, ":"), (middle, ">"),
        (tokenize.OP, "{"), (tokenize.NAME, "w"), (tokenize.OP, "}"), (tokenize.OP, "}"),
        (middle, " {"), (middle, "b}"), (end, '"'), (tokenize.OP, "+"), (tokenize.NAME, "z"),
    ]  # fmt: skip
    made, at = [], 0
    for kind, word in cut:
        at = text.index(word, at)
        places = (1, at), (1, at + len(word))
        made.append(tokenize.TokenInfo(kind, word, *places, text))
        at += len(word) + (word in (" {", "b}"))  # the brace that is written twice
    monkeypatch.setattr(python, "_START", start)
    monkeypatch.setattr(python, "_MIDDLE", middle)
    monkeypatch.setattr(python, "_END", end)
    monkeypatch.setattr(tokenize, "generate_tokens", lambda _: iter(made))
    canvas = Canvas(text)
    python._Tokens(text, canvas).paint()
    found = [f"{TYPES[paint.type]} {text[s.start : s.end]}" for s, paint in canvas.runs()]
    assert found == [
        'string f"a ', "variable y", "operator !", "variable r", "string >", "variable w",
        'string {{b}}"', "operator +", "variable z",
    ]  # fmt: skip


@pytest.mark.parametrize("form", ALL_FORMS)
def test_every_form_has_the_same_colours(form: str) -> None:
    text = "import os\ndef main(events, context):\n    return os.getpid() + 1\n"
    assert painted(runbook(form, text))[-13:] == painted(runbook("literal", text))[-13:]


# --- names --------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ALL_FORMS)
def test_names_stand_where_they_are_written(form: str) -> None:
    text = runbook(form)
    names = [
        n for n in names_of(facts_of(text)) if n.kind in (NameKind.PYTHON, NameKind.PAYLOAD_KEY)
    ]
    assert sorted((n.text, n.container, len(n.occurrences)) for n in names) == [
        ("Force", "", 2), ("Ids", "", 3), ("LIMIT", "", 2), ("answer", "main", 2),
        ("boto3", "", 2), ("client", "helper", 2), ("client", "main", 2), ("context", "main", 1),
        ("events", "main", 4), ("found", "helper", 2), ("helper", "", 2), ("ids", "helper", 2),
        ("main", "", 2), ("one", "helper", 2),
    ]  # fmt: skip
    for name in names:
        for place in name.occurrences:
            assert text[place.span.start : place.span.end] == name.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = 1\ndef f():\n    x = 2\n    return x\n", [("x", "", 1), ("x", "f", 2), ("f", "", 1)]),
        ("x = 1\ndef f():\n    global x\n    x = 2\n", [("x", "", 3), ("f", "", 1)]),
        ("def f():\n    x = 1\n    def g():\n        nonlocal x\n        x = 2\n",
         [("f", "", 1), ("g", "f", 1), ("x", "f", 3)]),
        ("x = 1\nclass A:\n    x = 2\n    def f(self):\n        return x\n",
         [("x", "", 2), ("x", "A", 1), ("A", "", 1), ("f", "A", 1), ("self", "f", 1)]),
        ("{{ Instance }} = a{{ Instance }} = x = 1\n", [("x", "", 1)]),
        ("y = [x for x in y if x]\n", [("x", "", 3), ("y", "", 2)]),
        ("z = [(w := x) for x in (1, 2)]\nw\n", [("w", "", 2), ("x", "", 2), ("z", "", 1)]),
        ("try:\n    pass\nexcept (A, B) as e:\n    raise e\n", [("e", "", 2)]),
        ("import a.b, c as d\na, d\n", [("a", "", 2), ("d", "", 2)]),
        ("match z:\n    case [a, *b]:\n        a, b\n    case {'k': c, **d}:\n        c, d\n",
         [("a", "", 2), ("b", "", 2), ("c", "", 2), ("d", "", 2)]),
        ("f = lambda a, b=c: a\n", [("a", "lambda", 2), ("b", "lambda", 1), ("f", "", 1)]),
        ("def f(a: int = d) -> e:\n    @g\n    def h(): pass\n",
         [("f", "", 1), ("a", "f", 1), ("h", "f", 1)]),
    ],
)  # fmt: skip
def test_scopes(text: str, expected: list[tuple[str, str, int]]) -> None:
    found = names_of(facts_of(runbook("literal", text)))
    names = [(n.text, n.container, len(n.occurrences)) for n in found if n.kind is NameKind.PYTHON]
    assert sorted(names) == sorted(expected)


@pytest.mark.parametrize("form", ALL_FORMS)
def test_definitions(form: str) -> None:
    text = runbook(form)
    facts = facts_of(text)
    for snippet, inside, target in [
        ("Handler", "main", "def main"),
        ("Ids", "Ids", ""),
        ("client.stop", "client", "helper(client"),
        ("helper(client, events", "helper", "def helper"),
        ("LIMIT)", "LIMIT", "LIMIT ="),
    ]:
        at = text.index("main", text.index("Handler")) if snippet == "Handler" else -1
        if snippet == "Ids":
            at = text.index("Ids", text.index("events["))
        at = at if at >= 0 else offset_of(text, snippet, inside)
        (found,) = definition(facts, at)
        assert facts.file.source.at(found.span) == inside
        if snippet == "Ids":
            assert found.span.start == text.index("Ids", text.index("InputPayload"))
        else:
            assert found.span.start == offset_of(text, target, inside)


def test_the_handler_and_its_step_are_one_name() -> None:
    text = runbook("literal")
    facts = facts_of(text)
    at = text.index("main", text.index("Handler"))
    spans = [target.span.start for target in references(facts, at)]
    assert spans == [at, offset_of(text, "def main", "main")]
    roles = [item.role.value for item in highlights(facts, offset_of(text, "def main", "main"))]
    assert roles == ["read", "declaration"]


# --- hover --------------------------------------------------------------------------------


def shown(text: str, offset: int) -> tuple[str, str]:
    facts = facts_of(text)
    found = hover(facts, offset, NOW)
    return ("", "") if found is None else (facts.file.source.at(found.span), found.text)


@pytest.mark.parametrize("form", ALL_FORMS)
def test_hover(form: str) -> None:
    text = runbook(form)
    subject, words = shown(text, text.index("main", text.index("Handler")))
    assert subject == "main"
    assert words.startswith("**main**, handler, defined in line ")
    assert "- `Ids` (StringList): " in words
    assert "- `Force` (Boolean): `true`" in words
    assert "- `Stopped` (StringMap): `$.Payload.Stopped`" in words
    subject, words = shown(text, text.index("Ids", text.index("events[")))
    assert subject == "Ids"
    assert words.startswith("**Ids**, of the `InputPayload` (StringList)")
    assert "{{ Ids }}" in words
    assert "Stops some." in shown(text, text.index("helper(client, events"))[1]
    assert "what the step passes of `main`" in shown(text, text.index("events["))[1]
    assert (
        "**Instance**, parameter"
        in shown(text, offset_of(text, "stops {{ Instance", "Instance"))[1]
    )
    assert "Assigned in" in shown(text, offset_of(text, "LIMIT)", "LIMIT"))[1]


def test_hover_over_a_key_tells_who_reads_it() -> None:
    text = runbook("literal")
    at = text.index("Force", text.index("InputPayload"))
    line = text[: text.index("events.get")].count("\n") + 1
    assert f"- line {line}: " in shown(text, at)[1]
    text = text.replace(", Force: true", "")
    assert "passes no `Force`" in shown(text, text.index("Force"))[1]
    text = runbook("literal").replace("{Ids: '{{ Ids }}', Force: true}", "'{{ Instance }}'")
    assert "can not be told" in shown(text, text.index("Ids", text.index("events[")))[1]


# --- completion ---------------------------------------------------------------------------


def offered(marked: str) -> dict[str, Candidate]:
    text, offset = at_cursor(marked)
    return {item.label: item for item in completions(path_of(text), text, offset)}


def typed(form: str, line: str) -> str:
    """A runbook in whose handler a line is being typed."""
    made = runbook(
        form, PYTHON.replace('    answer = helper(client, events["Ids"])\n', "    LINE\n")
    )
    return made.replace("LINE", written_in(form, line).replace("\\u2038", CURSOR))


@pytest.mark.parametrize("form", ALL_FORMS)
@pytest.mark.parametrize(
    ("line", "taken"),
    [
        ('x = events["‸', 'x = events["Ids"]'),
        ('x = events["I‸"]', 'x = events["Ids"]'),
        ("x = events.get('‸", "x = events.get('Ids')"),
        ("x = {{ ‸", "x = {{ Ids }}"),
    ],
)
def test_keys_of_the_payload_and_references(form: str, line: str, taken: str) -> None:
    marked = typed(form, line)
    item = offered(marked)["Ids"]
    text, _ = at_cursor(marked)
    after = f"{text[: item.span.start]}{without_places(item.text)}{text[item.span.end :]}"
    assert written_in(form, f"{taken}\n") in after.replace("\r\n", "\n")
    assert item.detail == "StringList"


def test_keys_are_offered_for_the_payload_alone() -> None:
    assert "Force" in offered(typed("literal", 'events["‸'))
    assert "Force" not in offered(typed("literal", 'client["‸'))


@pytest.mark.parametrize("form", ALL_FORMS)
def test_the_handler_is_one_of_the_functions(form: str) -> None:
    text = runbook(form)
    at = text.index("main", text.index("Handler"))
    found = offered(f"{text[:at]}{CURSOR}{text[at + 4 :]}")
    assert [name for name, item in found.items() if item.detail == "function"] == ["helper", "main"]


@pytest.mark.parametrize("form", ALL_FORMS)
def test_keys_of_what_the_handler_returns(form: str) -> None:
    text = runbook(form)
    at = text.index("$.Payload.Stopped") + len("$.Payload.")
    for rest in ("Stopped", "Sto", ""):
        found = offered(f"{text[:at]}{rest}{CURSOR}{text[at + len('Stopped') :]}")
        keys = {name: item for name, item in found.items() if item.detail == "returned"}
        assert list(keys) == ["Stopped", "Place"]
        assert len(keys["Place"].span) == len(rest)


@pytest.mark.parametrize("form", ALL_FORMS)
def test_names_of_the_script(form: str) -> None:
    found = offered(typed(form, "x = h‸"))
    assert {"helper", "main", "LIMIT", "boto3", "client", "events", "hasattr"} <= found.keys()
    assert found["helper"].rank < found["hasattr"].rank
    for nothing in ("client.‸", "x = 'h‸", "# h‸"):
        assert "helper" not in offered(typed(form, nothing))


# --- rename -------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ALL_FORMS)
@pytest.mark.parametrize(
    ("name", "count"), [("main", 2), ("LIMIT", 2), ("answer", 2), ("helper", 2), ("context", 1)]
)
def test_rename(form: str, name: str, count: int) -> None:
    text = runbook(form)
    edits = rename(
        facts_of(text),
        offset_of(text, f"def {name}" if name in ("main", "helper") else name, name),
        "anew",
    )
    assert len(edits) == count
    assert name not in edited(text, edits).replace("mainSteps", "")


def test_a_key_of_the_payload_is_renamed_in_step_and_script() -> None:
    text = runbook("json")
    at = text.index("Force", text.index("events.get"))
    after = edited(text, rename(facts_of(text), at, "Hard"))
    step = json.loads(after)["mainSteps"][0]["inputs"]
    assert step["InputPayload"] == {"Ids": "{{ Ids }}", "Hard": True}
    assert "events.get('Hard')" in step["Script"]


@pytest.mark.parametrize(
    ("text", "name", "reason"),
    [
        ("import boto3\nboto3.x\n", "boto3", "imported by this very name"),
        ("def f(a):\n    pass\nf(a=1)\n", "a", "a call gives it by its name"),
        ("x = 1\nexec('y')\n", "x", "names by texts"),
        ("class A:\n    x = 1\n", "x", "can not be followed"),
        ("def main(events, context):\n    x = 1\n    for k in events: print(events[k])\n", "Ids", "can not be followed"),
        ("x = 1\ny = 2\n", "x", "there is a name"),
        ("x = 1\n", "x", "Python has it"),
    ],
)  # fmt: skip
def test_what_is_not_renamed(text: str, name: str, reason: str) -> None:
    document = runbook("literal", text)
    start = document.index("Payload: {") if name == "Ids" else document.index("Script: |") + 9
    new = {"there is a name": "y", "Python has it": "len"}.get(reason, "anew")
    with pytest.raises(CannotRename, match=reason):
        rename(facts_of(document), document.index(name, start), new)


# --- outline, folds, selections -------------------------------------------------------------


@pytest.mark.parametrize("form", ALL_FORMS)
def test_outline(form: str) -> None:
    text = runbook(form, f"{PYTHON}\n\nclass Box:\n    def open(self):\n        pass\n")
    (_, steps) = document_symbols(facts_of(text))
    (step,) = steps.children
    (output, made) = step.children
    assert (output.name, made.name) == ("Stopped", "python3.11")
    found = [(s.kind.value, s.name, [inner.name for inner in s.children]) for s in made.children]
    assert found == [
        ("function", "helper", []), ("function", "main", []), ("class", "Box", ["open"]),
    ]  # fmt: skip
    for symbol in (*made.children, *made.children[-1].children):
        assert text[symbol.selection.start : symbol.selection.end] == symbol.name
        assert text[symbol.span.start :].startswith(("def ", "class "))


def test_symbols_of_the_workspace() -> None:
    facts = facts_of(runbook("json"))
    found = workspace_symbols(facts.of(SsmDocument), "hlpr")
    assert [made.symbol.name for made in found] == ["helper"]


FOLDED = """\
def main(events, context):
    if events:
        x = {
            1: 2,
        }
    elif context:
        pass
    else:
        y = 1
        z = 2
    try:
        pass
    except ValueError:
        raise
    finally:
        w = 3
    return f(
        x,
        y)
"""


@pytest.mark.parametrize("form", ["literal", "crlf"])
def test_folds(form: str) -> None:
    text = runbook(form, FOLDED)
    lines = text.splitlines()
    first = next(n for n, line in enumerate(lines) if "def main" in line)
    found = [(fold.first - first, fold.last - first) for fold in folds(facts_of(text))]
    assert [fold for fold in found if fold[0] >= 0] == [
        (0, 18), (1, 4), (2, 3), (5, 6), (7, 9), (10, 11), (12, 13), (14, 15), (16, 17),
    ]  # fmt: skip


def grown(text: str, offset: int) -> list[str]:
    spans = selections(facts_of(text), offset)
    for inner, outer in itertools.pairwise(spans):
        assert outer.covers(inner)
    return [text[span.start : span.end] for span in spans]


@pytest.mark.parametrize("form", ALL_FORMS)
def test_selections(form: str) -> None:
    text = runbook(form)
    found = grown(text, offset_of(text, "boto3.client(", "client"))
    assert found[:2] == ["client", "boto3.client"]
    assert found[2] == written_in(form, 'boto3.client("ec2")')
    assert found[3] == written_in(form, 'client = boto3.client("ec2")')
    assert found[4].startswith("def main(events, context):")
    assert found[-1] == text
