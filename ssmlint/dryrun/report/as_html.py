"""A dry run as one HTML file: for each cell a timeline, what it breaks, and every call.

The file needs nothing but itself: no network, no script.  What folds is `<details>`, which
every browser opens by keyboard and every screen reader announces.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from importlib.resources import files
from xml.etree.ElementTree import Element, SubElement, tostring

from ssmlint.dryrun.model import CellReport, Event, Hold, RunReport, StageOutcome
from ssmlint.dryrun.report.timeline import legend, timeline
from ssmlint.dryrun.verdict import INVARIANTS, claims
from ssmlint.report.cells import safe

#: Characters of a command's output that the table of calls shows.
_OUTPUT = 200


def render(run: RunReport) -> Iterator[str]:
    """The page."""
    yield "<!DOCTYPE html>\n"
    yield tostring(_page(run), encoding="unicode", method="html")
    yield "\n"


def _page(run: RunReport) -> Element:
    page = Element("html", {"lang": "en"})
    head = SubElement(page, "head")
    SubElement(head, "meta", {"charset": "utf-8"})
    SubElement(head, "meta", {"name": "viewport", "content": "width=device-width"})
    # Whatever a document prints, nothing of it is run or fetched.
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    SubElement(head, "meta", {"http-equiv": "Content-Security-Policy", "content": policy})
    _add(head, "title", f"Dry run of {run.document or run.path}")
    _add(head, "style", _style())
    body = SubElement(page, "body")
    _add(SubElement(body, "header"), "h1", f"Dry run of {run.document or run.path}")
    main = SubElement(body, "main")
    _summary(main, run)
    broken = [cell for cell in run.cells if cell.breaches]
    whole = [cell for cell in run.cells if not cell.breaches]
    number = 0
    for title, cells in (
        ("Cells that break the contract", broken),
        ("Cells in which every promise holds", whole),
    ):
        if cells:
            section = SubElement(main, "section")
            _add(section, "h2", f"{title} ({len(cells)})")
            for cell in cells:
                number += 1
                _cell(section, cell, f"cell-{number}", is_open=number == 1)
    _notes(main, run)
    return page


def _summary(main: Element, run: RunReport) -> None:
    section = SubElement(main, "section")
    _add(section, "h2", "Summary")
    broken = sum(bool(cell.breaches) for cell in run.cells)
    verdict = f"{broken} of {len(run.cells)} cells break the contract."
    if not broken:
        verdict = f"Every promise holds in all {len(run.cells)} cells."
    _add(section, "p", verdict, **{"class": "bad" if broken else "good"})
    _add(section, "p", f"{run.path}, run in {run.engine} on a simulated host.")
    rows = []
    for invariant, promise in INVARIANTS.items():
        count = sum(any(b.invariant == invariant for b in cell.breaches) for cell in run.cells)
        rows.append((promise, f"broken in {count}" if count else "holds"))
    _table(
        section, "What is promised, and in how many cells it is broken", ("promise", "found"), rows
    )
    keys = SubElement(section, "ul", {"class": "legend"})
    for kind, words in legend():
        item = SubElement(keys, "li")
        swatch = SubElement(
            item, "svg", {"viewBox": "0 0 28 14", "class": "swatch", "aria-hidden": "true"}
        )
        if kind == "auto-thaw":
            SubElement(swatch, "circle", {"class": kind, "cx": "14", "cy": "7", "r": "5"})
        else:
            SubElement(swatch, "rect", {"class": f"bar {kind}", "width": "28", "height": "14"})
        _add(item, "span", words)


def _cell(section: Element, cell: CellReport, identity: str, *, is_open: bool) -> None:
    details = SubElement(section, "details", {"id": identity})
    if is_open:
        details.set("open", "open")
    codes = " ".join("-" if code is None else str(code) for code in cell.codes)
    summary = SubElement(details, "summary")
    _add(summary, "h3", f"{cell.scenario}{f', {cell.fault}' if cell.fault else ''}")
    _add(summary, "span", f"codes {codes or '-'}; longest hold {cell.longest:.0f} s")
    for breach in cell.breaches:
        when = "" if breach.time is None else f" (at {breach.time:.1f} s)"
        text = f"{INVARIANTS[breach.invariant]}: {breach.message}{when}"
        _add(details, "p", text, **{"class": "bad"})
    if cell.stopped:
        _add(details, "p", cell.stopped, **{"class": "bad"})
    # Wide drawings are scrolled, which the keyboard can do where the box takes the focus.
    frame = SubElement(
        details,
        "div",
        {"class": "frame", "tabindex": "0", "role": "group", "aria-label": "timeline"},
    )
    frame.append(timeline(cell, identity))
    _table(details, "Runs of the document", _STAGE_HEADS, map(_stage, cell.stages))
    if cell.holds:
        _table(details, "What was held", _HOLD_HEADS, map(_hold, cell.holds))
    if cell.snapshots:
        rows = [
            (
                _time(snapshot.time),
                claims(snapshot),
                "; ".join(
                    f"{caught.application}: {caught.level.value}{f' ({caught.why})' if caught.why else ''}"
                    for caught in snapshot.caught
                ),
            )
            for snapshot in cell.snapshots
        ]
        _table(details, "Snapshots", ("at", "tag", "what they caught"), rows)
    calls = SubElement(details, "details")
    _add(calls, "summary", f"All {len(cell.trace)} calls and happenings")
    events = sorted(cell.trace, key=lambda event: event.time)
    _table(calls, "Calls and happenings", _EVENT_HEADS, map(_event, events))


_STAGE_HEADS = ("command", "from", "to", "exit code", "status")
_HOLD_HEADS = ("what", "kind", "from", "to", "taken by", "ended by")
_EVENT_HEADS = ("at", "by", "what", "status", "output", "changes")


def _stage(stage: StageOutcome) -> tuple[str, ...]:
    code = "-" if stage.code is None else str(stage.code)
    status = f"{stage.status} ({stage.killed})" if stage.killed else stage.status
    return stage.command, _time(stage.start), _time(stage.end), code, status


def _hold(hold: Hold) -> tuple[str, ...]:
    end = "never" if hold.end is None else _time(hold.end)
    by = f"{hold.by} (before the document ran)" if hold.foreign else hold.by
    return hold.what, hold.kind.value, _time(hold.start), end, by, hold.ended_by or "-"


def _event(event: Event) -> tuple[str, ...]:
    status = "" if event.status is None else str(event.status)
    return (
        _time(event.time),
        event.source,
        event.what,
        status,
        event.output.strip()[:_OUTPUT],
        "; ".join(event.changes),
    )


def _notes(main: Element, run: RunReport) -> None:
    notes = list(dict.fromkeys(note for cell in run.cells for note in cell.notes))
    if not notes and not run.limits:
        return
    section = SubElement(main, "section")
    _add(section, "h2", "What this run could not show")
    items = SubElement(section, "ul")
    for text in (*notes, *run.limits):
        _add(items, "li", text)


def _table(
    parent: Element, caption: str, heads: Iterable[str], rows: Iterable[Iterable[str]]
) -> None:
    frame = SubElement(
        parent, "div", {"class": "frame", "tabindex": "0", "role": "group", "aria-label": caption}
    )
    table = SubElement(frame, "table")
    _add(table, "caption", caption)
    head = SubElement(SubElement(table, "thead"), "tr")
    for text in heads:
        _add(head, "th", text, scope="col")
    body = SubElement(table, "tbody")
    for row in rows:
        line = SubElement(body, "tr")
        for column, text in enumerate(row):
            _add(line, "td" if column else "th", text, **({} if column else {"scope": "row"}))


def _time(seconds: float) -> str:
    return f"{seconds:.1f} s"


def _add(parent: Element, tag: str, text: str, **attributes: str) -> Element:
    child = SubElement(parent, tag, attributes)
    child.text = text if tag == "style" else safe(text)
    return child


@functools.cache
def _style() -> str:
    return files("ssmlint.dryrun.report").joinpath("page.css").read_text(encoding="utf-8")
