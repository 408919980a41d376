"""Every planted defect is reported, by its rule and where it was planted."""

from __future__ import annotations

import pytest

from ssmlint.engine import check
from ssmlint.rule import Finding
from ssmlint.settings import DEFAULTS
from ssmlint.source import Source
from tests.compare.planted import GOOD, PLANTED, Plant


def found_in(name: str, text: str) -> list[Finding]:
    return check(Source(name, text), DEFAULTS)


@pytest.mark.parametrize("path", sorted(GOOD.iterdir()), ids=lambda path: path.name)
def test_nothing_is_said_before(path: object) -> None:
    text = (GOOD / str(path)).read_text(encoding="utf-8")
    assert found_in(str(path), text) == []


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.name)
def test_it_is_reported(plant: Plant) -> None:
    every = found_in(plant.file, plant.text)
    found = [finding for finding in every if finding.rule.name == plant.rule]
    assert found, [f"{finding.rule.name}: {finding.message}" for finding in every]
    assert "internal-error" not in {finding.rule.name for finding in every}
    lines = {f.source.lines.line_of(f.span.start) for f in found}
    start = plant.good[: plant.good.index(plant.old)].count("\n")
    about = range(start - 3, start + max(plant.old.count("\n"), plant.new.count("\n")) + 2)
    elsewhere = {"unreachable-step", "unused-parameter", "unused-variable", "missing-assume-role"}
    elsewhere |= {"output-of-failed-step"}
    assert lines & set(about) or plant.rule in elsewhere, (lines, about)


def test_names_are_told_apart() -> None:
    names = [plant.name for plant in PLANTED]
    assert len(set(names)) == len(names)
