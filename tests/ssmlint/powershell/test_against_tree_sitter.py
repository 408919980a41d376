"""Our reader beside tree-sitter-powershell, which was written without it.

tree-sitter-powershell refuses about one in five correct scripts (`1MB`, `Get-Service a,b`),
and takes strings that are never closed, so that it is no judge of scripts.  Of brackets it
is, where it has taken the whole script: then one bracket less must be wrong for both.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tree_sitter import Language, Parser
from tree_sitter_powershell import language

from tests.ssmlint.powershell.test_reader import VALID, flaws

PARSER = Parser(Language(language()))


def refuses(text: str) -> bool:
    return PARSER.parse(text.encode()).root_node.has_error


READABLE = [text for text in VALID if not refuses(text)]

#: What only tree-sitter refuses: a `$(` in a here-string that is never closed (ours gives up
#: there and says nothing), and a word right behind a string.
ONLY_THEIRS = ('"@ -replace', '"$if (')


def without_a_bracket(text: str) -> Iterator[str]:
    for index, char in enumerate(text):
        if char in "(){}":
            yield text[:index] + text[index + 1 :]


def test_it_reads_most_of_them() -> None:
    assert len(READABLE) > len(VALID) * 3 // 4


@pytest.mark.parametrize("text", READABLE, ids=lambda text: text[:40].replace("\n", " "))
def test_a_missing_bracket_is_wrong_for_both(text: str) -> None:
    for broken in without_a_bracket(text):
        if refuses(broken) and not any(known in broken for known in ONLY_THEIRS):
            assert flaws(broken), broken
        if flaws(broken):
            assert refuses(broken), broken
