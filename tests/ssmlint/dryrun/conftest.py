"""Laboratories in which documents are run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ssmlint import files
from ssmlint.dryrun.host.settings import complete
from ssmlint.dryrun.matrix import Laboratory, Plan
from ssmlint.dryrun.model import CellReport
from ssmlint.dryrun.sandbox.bubblewrap import find_bubblewrap, workshop
from ssmlint.dryrun.sandbox.toolbox import Toolbox
from ssmlint.dryrun.world import Limits
from ssmlint.model.document import SsmDocument
from ssmlint.source import decode
from tests.programs import require_program

ROOT = Path(__file__).parents[3]
FIXTURES = ROOT / "fixtures" / "dry-run"
TEMPLATES = ROOT / "ssmlint" / "templates"
SAMPLES = ROOT.parent / "shared" / "samples"

Run = Callable[..., CellReport]


def document(path: Path, replace: tuple[str, str] | None = None) -> SsmDocument:
    """The document in a file, with one text put for another."""
    text = path.read_text(encoding="utf-8")
    if replace is not None:
        assert replace[0] in text
        text = text.replace(*replace)
    return files.read(decode(text.encode(), path.name)).documents[0]


@pytest.fixture(scope="session")
def bwrap() -> str:
    require_program("bwrap", package="bubblewrap")
    return find_bubblewrap()


@pytest.fixture(scope="session")
def toolbox(bwrap: str) -> Iterator[Toolbox]:
    with workshop() as made:
        yield made


@pytest.fixture(scope="session")
def run(bwrap: str, toolbox: Toolbox) -> Run:
    """Run one cell of a document: `run(path, "snapshot", "swap", host={...})`."""

    def play(
        where: Path | SsmDocument,
        scenario: str,
        *faults: str,
        host: dict[str, Any] | None = None,
        limits: Limits | None = None,
    ) -> CellReport:
        read = where if isinstance(where, SsmDocument) else document(where)
        settings = complete(host or {}, "")
        laboratory = Laboratory(read, settings, bwrap, toolbox, limits or Limits())
        return laboratory.run(Plan(scenario, faults))

    return play


def calls(cell: CellReport, name: str, source: str = "") -> list[str]:
    """The command lines of the calls of a command, those of `source` only."""
    return [
        f"{event.command} {event.arguments}"
        for event in cell.trace
        if event.kind == "call" and event.command == name and source in ("", event.source)
    ]


def promises(cell: CellReport) -> set[str]:
    """The promises that a cell breaks."""
    return {breach.invariant for breach in cell.breaches}
