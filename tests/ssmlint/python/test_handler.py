"""What a handler takes, reads and returns."""

from __future__ import annotations

import pytest

from ssmlint.python.payload import How, PayloadUse
from ssmlint.python.returns import Shape
from tests.ssmlint.python.building import of


def payload(body: str, others: str = "") -> PayloadUse:
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    handler = of(f"import json\n{others}\ndef main(events, context):\n{lines}").handler
    assert handler is not None
    assert handler.payload is not None
    return handler.payload


@pytest.mark.parametrize(
    ("body", "reads"),
    [
        ("events['a']", {"a": How.NEEDED}),
        ("events.get('a')", {"a": How.ASKED}),
        ("events.get('a', 1)", {"a": How.OPTIONAL}),
        ("if 'a' in events: events['a']", {"a": How.OPTIONAL}),
        ("try:\n    events['a']\nexcept KeyError:\n    pass", {"a": How.OPTIONAL}),
        ("try:\n    events['a']\nexcept Exception:\n    pass", {"a": How.NEEDED}),
        ("try:\n    pass\nexcept KeyError:\n    events['a']", {"a": How.NEEDED}),
        ("[events['a'] for x in 'y']", {"a": How.NEEDED}),
        ("def inner():\n    return events['a']\ninner()", {"a": How.NEEDED}),
        ("if not events: return\nevents['a']['b']", {"a": How.NEEDED}),
        ("events.pop('a'); events.pop('b', None)", {"a": How.NEEDED, "b": How.OPTIONAL}),
    ],
)
def test_keys_that_are_read(body: str, reads: dict[str, How]) -> None:
    use = payload(body)
    assert {read.key: read.how for read in use.reads} == reads
    assert not use.reads_any
    assert not use.is_changed


def test_functions_that_get_the_payload_are_followed() -> None:
    others = "def first(e, n):\n    return second(e)\ndef second(event):\n    return event['a']\n"
    use = payload("first(events, 1)", others)
    assert use.keys == {"a"}
    assert not use.reads_any


def test_functions_that_call_themselves_end() -> None:
    use = payload("again(events)", "def again(e):\n    return again(e) or e['a']\n")
    assert use.keys == {"a"}


@pytest.mark.parametrize(
    ("body", "is_changed"),
    [
        ("print(events)", False),
        ("json.dumps(events)", False),
        ("for key in events: pass", False),
        ("f'{events}'", False),
        ("events[context]", False),
        ("events.items()", False),
        ("events.update(a=1)", True),
        ("events.setdefault('a', 1)", True),
        ("events = json.loads(events)", True),
        ("unknown(events)", True),
        ("other = events", True),
        ("dict(**events)", True),
        ("def inner(events): return events['a']", True),
    ],
)
def test_uses_that_may_read_any_key(body: str, is_changed: bool) -> None:
    use = payload(body)
    assert use.reads_any
    assert use.is_changed is is_changed


def returned(body: str, others: str = "") -> object:
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    handler = of(f"import json\n{others}\ndef main(events, context):\n{lines}").handler
    assert handler is not None
    return None if handler.returned is None else plain(handler.returned)


def plain(shape: Shape) -> dict[str, object]:
    return {key: None if s is None else plain(s) for key, s in shape.keys.items()}


@pytest.mark.parametrize(
    ("body", "keys"),
    [
        ("return {'a': 1, 'b': {'c': 2}}", {"a": None, "b": {"c": None}}),
        ("if events: return {'a': 1}\nreturn {'b': 2}", {"a": None, "b": None}),
        ("return {'a': 1} if events else {'b': {'c': 1}}", {"a": None, "b": {"c": None}}),
        ("pass", {}),
        ("return", {}),
        ("return 'text'", {}),
        ("x = {'a': 1}\nx['b'] = 2\nreturn x", {"a": None, "b": None}),
        ("x = {}\nx.update({'a': 1})\nprint(x)\nreturn x", {"a": None}),
        ("x = {'l': []}\nx['l'].append(1)\nreturn x", {"l": None}),
        ("x = dict(a=1)\nreturn x", {"a": None}),
        ("return made()", {"a": None}),
        ("def inner(): return {'z': 1}\nreturn {'a': 1}", {"a": None}),
        ("return {'a': {'b': 1}} if events else {'a': events}", {"a": None}),
    ],
)
def test_keys_that_are_returned(body: str, keys: object) -> None:
    assert returned(body, "def made():\n    return {'a': 1}\n") == keys


@pytest.mark.parametrize(
    "body",
    [
        "return events",
        "return {**events}",
        "return {context: 1}",
        "return json.loads('{}')",
        "x = {}\nfill(x)\nreturn x",
        "x = {}\nx |= events\nreturn x",
        "x = {}\ny = x\ny['a'] = 1\nreturn x",
        "x = {}\nfor k in events: x[k] = 1\nreturn x",
        "x = json.loads('{}')\nreturn x",
        "x = {}\ndef inner(): x['a'] = 1\ninner()\nreturn x",
        "yield {'a': 1}",
        "return dict(events)",
        "return dict(a=1, **events)",
        "return main(events, context)",
        "with open('x') as x: return x",
        "return events or {'a': 1}",
    ],
)
def test_returns_that_can_not_be_followed(body: str) -> None:
    assert returned(body) is None


@pytest.mark.parametrize(
    ("arguments", "fits"),
    [
        ("events, context", True),
        ("events", False),
        ("", False),
        ("a, b, c", False),
        ("a, b, c=1", True),
        ("*args", True),
        ("a, *args", True),
        ("a, b=1", True),
        ("a=1", False),
        ("a, /, b", True),
        ("a, b, *, c", False),
        ("a, b, *, c=1, **d", True),
        ("a, b, c, *d", False),
    ],
)
def test_handlers_are_called_with_two_arguments(arguments: str, fits: bool) -> None:
    handler = of(f"def main({arguments}):\n    pass\n").handler
    assert handler is not None
    assert handler.takes_two is fits


@pytest.mark.parametrize(
    "text",
    [
        "from helpers import main",
        "import main",
        "main = lambda events, context: 1",
        "if True:\n    def main(e, c): pass\nelse:\n    def main(e, c): pass",
        "try:\n    def main(e, c): pass\nexcept Exception:\n    pass",
        "class main:\n    def __init__(self, e, c): pass",
        "for main in []: pass",
        "main: object = None",
    ],
)
def test_handlers_may_be_bound_in_many_ways(text: str) -> None:
    handler = of(text).handler
    assert handler is not None
    assert handler.is_bound


def test_a_name_inside_of_a_function_is_no_handler() -> None:
    handler = of("def other(e, c):\n    def main(e, c): pass\n").handler
    assert handler is not None
    assert not handler.is_bound
