"""A dry run as text: the matrix, what breaks the contract, and with `--trace` every call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ssmlint.dryrun.model import CellReport, Event, RunReport
from ssmlint.dryrun.verdict import INVARIANTS, claims
from ssmlint.report.cells import safe

#: Columns of a fault's text; longer ones are cut in the middle of the table only.
_FAULT = 44
#: Cells that are named below a broken promise.
_NAMED = 3


def render(run: RunReport, *, trace: bool = False, every: bool = False) -> Iterator[str]:
    """The report, line by line with line ends.

    With `every` the table has all cells; else those that break nothing are counted only if
    there are many.
    """
    for line in _lines(run, trace=trace, every=every):
        yield f"{safe(line)}\n"


def _lines(run: RunReport, *, trace: bool, every: bool) -> Iterator[str]:
    yield f"{run.path}: run in {run.engine} on a simulated host"
    yield ""
    shown = [cell for cell in run.cells if every or cell.breaches or not cell.fault]
    yield from _table(shown)
    hidden = len(run.cells) - len(shown)
    if hidden:
        yield f"... and {_count(hidden, 'more cell')} in which every promise holds"
    if trace:
        for cell in run.cells:
            yield from _trace(cell)
    yield from _broken(run.cells)
    yield from _noted(run)
    yield ""
    yield _summary(run)


def _table(cells: Iterable[CellReport]) -> Iterator[str]:
    heads = ("scenario", "fault", "codes", "held", "snapshots", "verdict")
    rows = [heads, *(_row(cell) for cell in cells)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(heads))]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _row(cell: CellReport) -> tuple[str, ...]:
    fault = cell.fault or "-"
    if len(fault) > _FAULT:
        fault = f"{fault[: _FAULT // 2]}...{fault[-_FAULT // 2 + 3 :]}"
    codes = " ".join("-" if code is None else str(code) for code in cell.codes)
    held = f"{cell.longest:.0f} s" if cell.longest else "-"
    if cell.held_at_end:
        held = f"for ever: {', '.join(cell.held_at_end)}"
    tags = ", ".join(dict.fromkeys(claims(s) for s in cell.snapshots if s.attempt == 1)) or "-"
    verdict = "BROKEN" if cell.breaches else "ok"
    if cell.unshown:
        verdict = "not shown"
    elif not cell.fault_hit:
        verdict += " (no such call)"
    return cell.scenario, fault, codes, held, tags, verdict


def _broken(cells: Iterable[CellReport]) -> Iterator[str]:
    by_promise: dict[str, dict[str, list[CellReport]]] = {}
    for cell in cells:
        for breach in cell.breaches:
            by_message = by_promise.setdefault(breach.invariant, {})
            by_message.setdefault(breach.message, []).append(cell)
    for invariant, by_message in by_promise.items():
        yield ""
        yield f"broken: {INVARIANTS[invariant]} ({invariant})"
        for message, broken in by_message.items():
            yield f"  {message}"
            for cell in broken[:_NAMED]:
                yield f"      {_arguments(cell)}"
            if len(broken) > _NAMED:
                yield f"      and in {_count(len(broken) - _NAMED, 'more cell')}"


def _arguments(cell: CellReport) -> str:
    """What shows this cell alone."""
    faults = "".join(f" --fault '{fault}'" for fault in cell.fault.split(" + ") if fault)
    return f"--scenario {cell.scenario}{faults}"


def _noted(run: RunReport) -> Iterator[str]:
    notes = dict.fromkeys(note for cell in run.cells for note in cell.notes)
    if notes or run.limits:
        yield ""
    for note in notes:
        yield f"note: {note}"
    for limit in run.limits:
        yield f"limit: {limit}"


def _trace(cell: CellReport) -> Iterator[str]:
    yield ""
    yield f"trace of {cell.scenario}{f' under {cell.fault}' if cell.fault else ''}"
    for event in sorted(cell.trace, key=lambda event: event.time):
        yield _event(event)
    for snapshot in cell.snapshots:
        for one in snapshot.caught:
            why = f" ({one.why})" if one.why else ""
            yield f"  snapshots at {snapshot.time:g} s caught {one.application}: {one.level.value}{why}"
    for stage in cell.stages:
        for line in stage.output.splitlines():
            yield f"  {stage.command} printed: {line}"


def _event(event: Event) -> str:
    status = "" if event.kind != "call" else " -> no answer"
    if event.status is not None:
        status = f" -> {event.status}"
    took = (event.ended or event.time) - event.time
    duration = f" after {took:g} s" if took else ""
    changes = f" [{'; '.join(event.changes)}]" if event.changes else ""
    first = event.output.strip().split("\n")[0][:70]
    said = f" {first!r}" if first else ""
    mark = "   " if event.kind == "call" else "** "
    return (
        f"{event.time:9.2f}  {event.source:<12} {mark}{event.what}{status}{duration}{said}{changes}"
    )


def _summary(run: RunReport) -> str:
    broken = sum(bool(cell.breaches) for cell in run.cells)
    cells = _count(len(run.cells), "cell")
    seconds = f"in {run.real_seconds:.1f} s"
    unshown = sum(bool(cell.unshown) for cell in run.cells)
    if unshown:
        cells = f"{cells}, of which {unshown} could not be shown"
    if not broken:
        return f"every promise holds in {cells}, {seconds}"
    return f"{_count(broken, 'cell')} of {len(run.cells)} break the contract, {seconds}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
