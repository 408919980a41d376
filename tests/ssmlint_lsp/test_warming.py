"""What a start loads, and what is loaded behind it."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).parents[2]

SERVER = """
import sys
from ssmlint_lsp.features import create_server
from ssmlint_lsp.warming import LATER, Warming

class NoChecker:
    pass

create_server(NoChecker())
"""


def printed(program: str) -> str:
    """What a program prints that begins with a server that has been made."""
    command = [sys.executable, "-c", SERVER + textwrap.dedent(program)]
    ended = subprocess.run(
        command, capture_output=True, text=True, cwd=ROOT, timeout=120, check=False
    )
    assert ended.returncode == 0, ended.stderr[-2000:]
    return ended.stdout.strip()


def test_a_start_waits_for_nothing_that_only_questions_need() -> None:
    heavy = ("ruamel", "tree_sitter", "ssmlint_rules", "ssmlint.shell", "jsonschema")
    found = printed(
        f"""
        names = set(sys.modules)
        heavy = {{n for n in names if n.startswith({heavy!r})}}
        print(sorted(heavy | names & set(LATER)))
        """
    )
    assert found == "[]"


def test_no_question_has_to_load_a_feature_when_it_is_warm() -> None:
    found = printed(
        """
        warming = Warming()
        assert not warming.is_over
        warming.start()
        warming._thread.join()
        assert warming.is_over
        before = set(sys.modules)
        assert set(LATER) <= before
        assert "ssmlint_rules" in before
        from datetime import datetime, timezone
        from tests.ssmlint_lsp.test_everywhere import ask_at, ask_of_file
        from tests.ssmlint_lsp.writing import facts_of, literal
        from ssmlint_lsp.hinting import hints
        from ssmlint_lsp.lensing import lenses
        from ssmlint_lsp.renaming import prepare
        facts = facts_of(literal())
        ask_of_file(facts)
        ask_at(facts, 400)
        hints(facts, datetime(2024, 1, 1, tzinfo=timezone.utc))
        lenses(facts)
        print(sorted(n for n in set(sys.modules) - before if n.startswith("ssmlint_lsp")))
        """
    )
    assert found == "[]"
