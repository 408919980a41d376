"""Work that nobody wants any more ends, and leaves nothing half done behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssmlint import engine
from ssmlint.interruption import Interrupted, checkpoint, interruptible
from ssmlint.settings import DEFAULTS
from ssmlint.source import Source

TEMPLATE = Path(engine.__file__).parent / "templates" / "empty.yaml"


class After:
    """Says that work is unwanted from the nth question on."""

    def __init__(self, questions: int) -> None:
        self.left = questions

    def __call__(self) -> bool:
        self.left -= 1
        return self.left < 0


def said() -> list[tuple[str, int, str]]:
    source = Source("empty.yaml", TEMPLATE.read_text("utf-8").replace("fsfreeze -u", "true"))
    return [(f.rule.id, f.span.start, f.message) for f in engine.check(source, DEFAULTS)]


def test_nobody_is_interrupted_who_did_not_ask_for_it() -> None:
    checkpoint()
    with interruptible(lambda: True):
        pass
    checkpoint()


def test_a_check_ends_wherever_it_is_and_the_next_one_says_the_same() -> None:
    expected = said()
    assert expected
    counting = After(1_000_000)
    with interruptible(counting):
        assert said() == expected
    asked = 1_000_000 - counting.left
    for questions in range(0, asked, max(1, asked // 12)):
        with pytest.raises(Interrupted), interruptible(After(questions)):
            said()
    assert said() == expected
