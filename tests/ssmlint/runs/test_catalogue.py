"""A remembered rule is the rule itself, only later."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from ssmlint.packs import all_rules
from ssmlint.rule import Rule
from ssmlint.runs import catalogue
from ssmlint.runs.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(str(tmp_path / "cache"))


def test_nothing_is_remembered_at_first(store: Store) -> None:
    assert catalogue.recall(store) is None


def test_every_member_of_every_rule(store: Store) -> None:
    catalogue.remember(all_rules(), store)
    remembered = catalogue.recall(store)
    assert remembered is not None
    members = [field.name for field in dataclasses.fields(Rule)] + [
        "kind",
        "label",
        "family",
        "summary",
    ]
    for rule, real in zip(remembered, all_rules(), strict=True):
        for member in members:
            assert getattr(rule, member) == getattr(real, member), (real.id, member)


def test_what_nobody_has_written(store: Store) -> None:
    for data in (b"", b"{", b"3", b'[["module"]]'):
        store.put(catalogue._name(store), data)
        assert catalogue.recall(store) is None
