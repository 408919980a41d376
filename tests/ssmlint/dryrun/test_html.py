"""The report as a page: what is on it, and that it is nothing but itself."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

import pytest

from ssmlint.dryrun.model import (
    Breach,
    Caught,
    CellReport,
    Event,
    Hold,
    HoldKind,
    Level,
    RunReport,
    Snapshot,
    StageOutcome,
)
from ssmlint.dryrun.report import as_html
from ssmlint.dryrun.report.timeline import timeline


def run_report(*, fault: str = "", output: str = "") -> RunReport:
    """A frozen filesystem that the watchdog thaws, and a lock that nobody gives back."""
    cell = CellReport(
        "auto-thaw",
        fault,
        stages=[StageOutcome("pre-script", 0.0, 2.0, 0, "Success", succeeded=True)],
        snapshots=[
            Snapshot(3.0, 5.0, (Caught("mysql", Level.RUNNING),), claimed=True, pre_succeeded=True)
        ],
        holds=[
            Hold(HoldKind.FREEZE, "/data", 1.0, "pre-script", end=61.0, ended_by="watchdog"),
            Hold(HoldKind.LOCK, "mysql read lock", 0.5, "pre-script"),
        ],
        trace=[Event(1.0, "pre-script", "fsfreeze -f /data", status=0, output=output)],
        breaches=[Breach("given-back", "mysql read lock is never given back", 0.5)],
        end=600.0,
    )
    return RunReport("document.yaml", "freeze", "bubblewrap", [cell], limits=("no real disk",))


def page(run: RunReport) -> str:
    return "".join(as_html.render(run))


def bars(drawing: Element) -> list[str]:
    return [bar.get("class", "") for bar in drawing.iter("rect")]


def test_the_timeline_shows_what_ran_what_was_held_and_the_snapshots() -> None:
    drawing = timeline(run_report().cells[0], "one")
    assert bars(drawing) == [
        "bar done",
        "bar false",
        "bar frozen watchdog",
        "bar locked endless",
    ]
    names = [text.text for text in drawing.iter("text") if text.get("class") == "row"]
    assert names == ["document", "snapshots", "/data", "mysql read lock"]
    assert [mark.get("class") for mark in drawing.iter("circle")] == ["auto-thaw"]


def test_a_bar_stands_where_its_time_is() -> None:
    drawing = timeline(run_report().cells[0], "one")
    frozen = next(bar for bar in drawing.iter("rect") if "frozen" in bar.get("class", ""))
    endless = next(bar for bar in drawing.iter("rect") if "endless" in bar.get("class", ""))
    assert float(frozen.get("x", "")) > float(endless.get("x", ""))
    assert float(endless.get("width", "")) > 5 * float(frozen.get("width", ""))


def test_whoever_cannot_see_the_drawing_is_told_the_same() -> None:
    text = page(run_report())
    assert "/data is held from 1 s to 61 s." in text
    assert "mysql read lock is held from 0.5 s to the end." in text
    identity = re.search(r'aria-labelledby="([\w-]+) ([\w-]+)"', text)
    assert identity is not None
    assert all(f'id="{name}"' in text for name in identity.groups())


def test_what_is_broken_is_said_with_its_promise() -> None:
    text = page(run_report())
    assert "1 of 1 cells break the contract." in text
    assert "mysql read lock is never given back (at 0.5 s)" in text
    assert "no real disk" in text


def test_a_run_that_breaks_nothing_says_so() -> None:
    run = run_report()
    run.cells[0].breaches.clear()
    text = page(run)
    assert "Every promise holds in all 1 cells." in text
    assert "Cells that break" not in text


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", '"><img src=x onerror=y>', "]]>&amp;", "\x1b[31m\x00"]
)
def test_what_a_document_prints_stays_text(hostile: str) -> None:
    text = page(run_report(fault=hostile, output=hostile))
    assert "<script" not in text
    assert "<img" not in text
    assert "\x1b" not in text
    assert "\x00" not in text


def test_the_page_asks_for_nothing_else() -> None:
    text = page(run_report())
    assert "default-src 'none'" in text
    assert not re.search(r"\b(?:src|href)=|url\(|@import", text)
