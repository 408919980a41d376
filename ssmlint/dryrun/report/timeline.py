"""The course of one cell as a drawing: what ran, what was held, when the snapshots were taken.

SVG inside of the HTML report.  Whoever cannot see it gets the same from the tables beside it,
so that the drawing itself is one image with a short description.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, SubElement

from ssmlint.dryrun.model import CellReport, Hold, HoldKind, Snapshot

_WIDTH = 960
_LABELS = 220
"""Left of this stand the names of the rows (user units of the drawing)."""
_ROW = 26
_BAR = 14
_TICKS = 8
_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21600, 86400)
"""Distances between two marks of the time axis, in seconds."""

_CLASSES = {
    HoldKind.FREEZE: "frozen",
    HoldKind.LOCK: "locked",
    HoldKind.STOP: "stopped",
}


def timeline(cell: CellReport, identity: str) -> Element:
    """The drawing of a cell; `identity` is unique within the page."""
    rows = list(_rows(cell))
    height = _ROW * (len(rows) + 2)
    end = _end(cell)
    drawing = Element(
        "svg",
        {
            "class": "timeline",
            "viewBox": f"0 0 {_WIDTH} {height}",
            "role": "img",
            "aria-labelledby": f"{identity}-title {identity}-description",
        },
    )
    _text(drawing, "title", f"Timeline of {cell.scenario}", id=f"{identity}-title")
    _text(drawing, "desc", " ".join(_sentences(cell)), id=f"{identity}-description")
    _axis(drawing, end, height)
    for number, (name, draw) in enumerate(rows):
        top = _ROW * (number + 1)
        _text(drawing, "text", _cut(name), **{"class": "row", "x": "4", "y": str(top + 12)})
        for kind, start, stop, words in draw:
            _bar(drawing, kind, _x(start, end), _x(stop, end), top, words)
    return drawing


#: One bar: its class, from when until when in seconds, and what it says when pointed at.
_Bar = tuple[str, float, float, str]


def _rows(cell: CellReport) -> Iterator[tuple[str, list[_Bar]]]:
    yield (
        "document",
        [
            (
                "done" if stage.succeeded else "failed",
                stage.start,
                stage.end,
                f"{stage.command}: exit {stage.code}" if stage.code is not None else stage.command,
            )
            for stage in cell.stages
        ],
    )
    if cell.snapshots:
        yield "snapshots", [_snapshot(snapshot) for snapshot in cell.snapshots]
    held: dict[str, list[Hold]] = {}
    for hold in cell.holds:
        held.setdefault(hold.what, []).append(hold)
    for what, holds in held.items():
        yield what, [_hold(hold, cell.end) for hold in holds]


def _snapshot(snapshot: Snapshot) -> _Bar:
    kind = "true" if snapshot.is_consistent or not snapshot.claimed else "false"
    words = "application-consistent" if snapshot.claimed else "crash-consistent"
    return kind, snapshot.time, snapshot.time + snapshot.seconds, f"tagged {words}"


def _hold(hold: Hold, horizon: float) -> _Bar:
    words = f"{hold.kind.value} by {hold.by}"
    words += f", ended by {hold.ended_by}" if hold.ended_by else ""
    words += ", never given back" if hold.end is None else ""
    kind = _CLASSES[hold.kind] + (" endless" if hold.end is None else "")
    kind += " watchdog" if hold.ended_by == "watchdog" else ""
    return kind, hold.start, horizon if hold.end is None else hold.end, words


def _sentences(cell: CellReport) -> Iterator[str]:
    for stage in cell.stages:
        code = "no exit code" if stage.code is None else f"exit code {stage.code}"
        yield f"{stage.command} runs from {_seconds(stage.start)} to {_seconds(stage.end)}: {code}."
    for hold in cell.holds:
        end = "to the end" if hold.end is None else f"to {_seconds(hold.end)}"
        yield f"{hold.what} is held from {_seconds(hold.start)} {end}."


def _axis(drawing: Element, end: float, height: int) -> None:
    step = next((step for step in _STEPS if end / step <= _TICKS), _STEPS[-1])
    moment = 0.0
    while moment <= end:
        x = f"{_x(moment, end):.1f}"
        SubElement(
            drawing,
            "line",
            {"class": "axis", "x1": x, "x2": x, "y1": str(_ROW - 6), "y2": str(height - _ROW)},
        )
        _text(drawing, "text", _seconds(moment), **{"class": "tick", "x": x, "y": str(height - 10)})
        moment += step


def _bar(drawing: Element, kind: str, start: float, stop: float, top: int, words: str) -> None:
    bar = SubElement(
        drawing,
        "rect",
        {
            "class": f"bar {kind}",
            "x": f"{start:.1f}",
            "y": str(top),
            # What takes no time at all is seen, too.
            "width": f"{max(stop - start, 3):.1f}",
            "height": str(_BAR),
            "rx": "2",
        },
    )
    _text(bar, "title", words)
    if "watchdog" in kind.split():
        place = {"cx": f"{stop:.1f}", "cy": str(top + _BAR // 2), "r": "5"}
        SubElement(drawing, "circle", {"class": "auto-thaw", **place})


def _end(cell: CellReport) -> float:
    """The horizon; where everything is over long before it, soon after the last happening."""
    moments = [stage.end for stage in cell.stages]
    moments += [snapshot.time + snapshot.seconds for snapshot in cell.snapshots]
    moments += [cell.end if hold.end is None else hold.end for hold in cell.holds]
    return max(min(max(moments, default=0.0) * 1.05, cell.end), 1.0)


def _x(moment: float, end: float) -> float:
    return _LABELS + (_WIDTH - _LABELS - 20) * min(max(moment / end, 0.0), 1.0)


def _seconds(moment: float) -> str:
    return f"{round(moment, 1):g} s"


def _cut(name: str) -> str:
    return name if len(name) <= 32 else f"{name[:31]}…"


def _text(parent: Element, tag: str, text: str, **attributes: str) -> Element:
    child = SubElement(parent, tag, attributes)
    child.text = text
    return child


def legend() -> Iterable[tuple[str, str]]:
    """The classes of bars, and what they mean."""
    return (
        ("done", "the document ran and succeeded"),
        ("failed", "the document ran and failed"),
        ("true", "snapshots, tagged as what they are"),
        ("false", "snapshots that are tagged application-consistent and are not"),
        ("frozen", "a frozen filesystem"),
        ("locked", "a lock"),
        ("stopped", "a stopped service"),
        ("endless", "never given back"),
        ("auto-thaw", "given back by the watchdog"),
    )
