"""A dry run as JSON: everything that the other reports are made from (docs/dry-run.md)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ssmlint.dryrun.model import (
    CellReport,
    Event,
    Hold,
    RunReport,
    Snapshot,
    StageOutcome,
)
from ssmlint.dryrun.verdict import INVARIANTS

#: Goes up when something is taken away or means something else.
VERSION = 1


def render(run: RunReport) -> Iterator[str]:
    """One object, and a line end."""
    yield json.dumps(as_data(run), indent=2) + "\n"


def as_data(run: RunReport) -> dict[str, Any]:
    """The report as plain data; times are virtual seconds since the start of the cell."""
    return {
        "version": VERSION,
        "path": run.path,
        "document": run.document,
        "engine": run.engine,
        "breached": run.breached,
        "real_seconds": round(run.real_seconds, 3),
        "limits": list(run.limits),
        "invariants": dict(INVARIANTS),
        "cells": [_cell(cell) for cell in run.cells],
    }


def _cell(cell: CellReport) -> dict[str, Any]:
    return {
        "scenario": cell.scenario,
        "faults": cell.fault.split(" + ") if cell.fault else [],
        "fault_hit": cell.fault_hit,
        "codes": list(cell.codes),
        "end": _time(cell.end),
        "held_at_end": list(cell.held_at_end),
        "longest_hold": _time(cell.longest),
        "stopped": cell.stopped or None,
        "unshown": cell.unshown or None,
        "breaches": [
            {"invariant": b.invariant, "message": b.message, "time": _time(b.time)}
            for b in cell.breaches
        ],
        "stages": [_stage(stage) for stage in cell.stages],
        "snapshots": [_snapshot(snapshot) for snapshot in cell.snapshots],
        "holds": [_hold(hold) for hold in cell.holds],
        "trace": [_event(event) for event in sorted(cell.trace, key=lambda event: event.time)],
        "notes": cell.notes,
        "real_seconds": round(cell.real_seconds, 3),
    }


def _stage(stage: StageOutcome) -> dict[str, Any]:
    return {
        "command": stage.command,
        "attempt": stage.attempt,
        "start": _time(stage.start),
        "end": _time(stage.end),
        "code": stage.code,
        "status": stage.status,
        "succeeded": stage.succeeded,
        "killed": stage.killed or None,
        "output": stage.output,
    }


def _snapshot(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "time": _time(snapshot.time),
        "seconds": snapshot.seconds,
        "attempt": snapshot.attempt,
        "claimed": snapshot.claimed,
        "consistent": snapshot.is_consistent,
        "held": list(snapshot.held),
        "caught": [
            {
                "application": one.application,
                "level": one.level.name.lower(),
                "consistent": one.is_consistent,
                "why": one.why,
            }
            for one in snapshot.caught
        ],
    }


def _hold(hold: Hold) -> dict[str, Any]:
    return {
        "kind": hold.kind.value,
        "what": hold.what,
        "start": _time(hold.start),
        "end": _time(hold.end),
        "by": hold.by,
        "ended_by": hold.ended_by or None,
        "foreign": hold.foreign,
    }


def _event(event: Event) -> dict[str, Any]:
    return {
        "time": _time(event.time),
        "ended": _time(event.ended),
        "kind": event.kind,
        "source": event.source,
        "what": event.what,
        "command": event.command or None,
        "status": event.status,
        "output": event.output,
        "changes": list(event.changes),
        "held": list(event.held),
    }


def _time(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)
