"""How each place of a script is quoted, and which places are comments.

A case is a script in which `^` stands in front of the character that is asked about.
"""

from __future__ import annotations

import pytest

from ssmlint.shell.syntax import Quoting, parse
from tests.ssmlint.shell.corpus import placeholders_of

PLACES = [
    ("echo ^a", Quoting.BARE),
    ('echo "^a"', Quoting.DOUBLE),
    ("echo '^a'", Quoting.SINGLE),
    ('echo "a"^b', Quoting.BARE),
    ("echo $'^a'", Quoting.SINGLE),
    ('echo $"^a"', Quoting.DOUBLE),
    ('echo "it\'s ^a"', Quoting.DOUBLE),
    ("echo 'say \"^a\"'", Quoting.SINGLE),
    ('echo "a $(b ^c) d"', Quoting.BARE),
    ('echo "a $(b "^c") d"', Quoting.DOUBLE),
    ('echo "a $(b) ^d"', Quoting.DOUBLE),
    ('echo "a `b ^c` d"', Quoting.BARE),
    ("echo \"a `b '^c'`\"", Quoting.SINGLE),
    ('echo "${x:-^a}"', Quoting.DOUBLE),
    ("echo $((^x + 1))", Quoting.ARITHMETIC),
    ("((^x))", Quoting.ARITHMETIC),
    ("for ((^i = 0;;)); do a; done", Quoting.ARITHMETIC),
    ("echo $((1 + $(a ^b)))", Quoting.ARITHMETIC),
    ("cat <<E\n^a\nE", Quoting.HEREDOC),
    ("cat <<'E'\n^a\nE", Quoting.HEREDOC_QUOTED),
    ("cat <<E\n$(b ^c)\nE", Quoting.BARE),
    ("cat <<E\na\nE\n^b", Quoting.BARE),
    ("a # ^b", Quoting.COMMENT),
    ("a#^b", Quoting.BARE),
    ("echo '# ^b'", Quoting.SINGLE),
    ("x={{ ^a }}", Quoting.BARE),
    ('x="{{ ^a }}"', Quoting.DOUBLE),
    ("x='{{ ^a }}'", Quoting.SINGLE),
    ("# {{ ^a }}", Quoting.COMMENT),
    ("cat <<E\n{{ ^a }}\nE", Quoting.HEREDOC),
    ("mysql -e \"SELECT '^{{ a }}'\"", Quoting.DOUBLE),
]


@pytest.mark.parametrize(("marked", "expected"), PLACES)
def test_quoting(marked: str, expected: Quoting) -> None:
    offset = marked.index("^")
    script = marked.replace("^", "")
    syntax = parse(script, placeholders_of(script))
    assert syntax.quoting_at(offset) is expected


def test_comments() -> None:
    script = "#!/bin/sh\na # b\necho '# c' $# x#y ${#x} # d\ncat <<E\n# e\nE\n$(\n# f\n)"
    comments = [script[span.start : span.end] for span in parse(script).comments]
    assert comments == ["#!/bin/sh", "# b", "# d", "# f"]
