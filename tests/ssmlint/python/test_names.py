"""Names that nothing defines, and the many ways in which something does."""

from __future__ import annotations

import pytest

from tests.ssmlint.python.building import of


def undefined(text: str) -> list[str]:
    return [found.name for found in of(text).undefined_names]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("print(x)", ["x"]),
        ("def f():\n    return y\n", ["y"]),
        ("def f():\n    y = 1\ndef g():\n    return y\n", ["y"]),
        ("class A:\n    n = 1\n    def f(self):\n        return n\n", ["n"]),
        (
            "def f():\n    try:\n        pass\n    except Error as e:\n        pass\n    return e\n",
            ["Error", "e"],
        ),
        ("[i for i in range(3)]\nprint(i)\n", ["i"]),
        ("x: Later = 1\n", ["Later"]),
        ("x = 1\ndef f():\n    del x\n", ["x"]),
        ("def f():\n    json.dumps(1)\n    json.loads('')\n", ["json", "json"]),
    ],
)
def test_names_that_nothing_defines(text: str, names: list[str]) -> None:
    assert undefined(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "def f():\n    return later()\ndef later():\n    return 1\n",
        "from os import *\nprint(getcwd())\n",
        "exec('x = 1')\nprint(x)\n",
        "globals()['x'] = 1\nprint(x)\n",
        "try:\n    import fast as json\nexcept ImportError:\n    import json\njson.dumps(1)\n",
        "try:\n    unicode\nexcept NameError:\n    unicode = str\n",
        "def f():\n    global n\n    n = 1\ndef g():\n    return n\n",
        "def f():\n    n = 0\n    def g():\n        nonlocal n\n        n += 1\n    return g, n\n",
        "if (n := len('x')) > 1:\n    print(n)\n",
        "print([n for a in [[1]] for n in a], {k: v for k, v in {}.items()}, lambda q: q)\n",
        "match {}:\n    case {'a': b, **rest}:\n        print(b, rest)\n    case [c, *d]:\n        print(c, d)\n",
        "def f(a, *b, c=1, **d) -> 'Unknown':\n    return a, b, c, d, __name__, __file__, __doc__\n",
        "class A:\n    x = 1\n    y = [x]\n    def f(self):\n        return __class__, super()\n",
        "with open('x') as f, open('y') as (g):\n    print(f, g)\n",
        "import os.path\nos.path.join('a')\nprint(WindowsError)\n",
        "for i, (a, *b) in enumerate([]):\n    pass\nprint(i, a, b)\n",
        "value = {{ Value }}\nprint(value, {{ Other }})\nprint(prefix_{{ Name }})\n",
        "async def f():\n    async for a in b():\n        await a\nasync def b():\n    yield 1\n",
        "def main(events, context):\n    try:\n        n = 1\n    finally:\n        print(1)\n    return n\n",
    ],
)
def test_names_that_something_defines(text: str) -> None:
    assert undefined(text) == []
