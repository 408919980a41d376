"""Facts of files: what is remembered of them, and that it can be let go."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

from ssmlint import engine
from ssmlint.facts import let_go
from ssmlint.packs import all_rules
from ssmlint.settings import DEFAULTS, enabled_rules
from ssmlint.source import decode

TEMPLATE = Path(engine.__file__).parent / "templates" / "mysql.yaml"


@pytest.fixture
def no_collector() -> Iterator[None]:
    """Nothing is freed but by its last owner."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def _checked(path: Path) -> engine.File:
    file = engine.read(decode(path.read_bytes(), str(path)))
    engine.check_files([file], enabled_rules(all_rules(), DEFAULTS), DEFAULTS)
    return file


@pytest.mark.usefixtures("no_collector")
def test_a_document_that_was_let_go_is_gone_with_its_file() -> None:
    file = _checked(TEMPLATE)
    (document,) = file.documents
    gone = weakref.ref(document)

    let_go(file)
    del file, document

    assert gone() is None


def test_a_file_that_was_let_go_can_still_be_asked() -> None:
    file = _checked(TEMPLATE)
    rules = enabled_rules(all_rules(), DEFAULTS)
    before = engine.check_file(file, rules)

    let_go(file)

    assert engine.check_file(file, rules) == before
