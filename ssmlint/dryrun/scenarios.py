"""What Data Lifecycle Manager does with the document in one cell.

Sources: EBS user guide, "How it works": a failed pre-script is followed by crash-consistent
snapshots and no post-script; a failed post-script is not followed by anything, unless retries
are configured.
"""

from __future__ import annotations

from collections.abc import Callable

from ssmlint.dryrun.cell import HORIZON, Cell
from ssmlint.errors import UserError
from ssmlint.near import nearest
from ssmlint.records import dataclass

PRE, POST, DRY_RUN = "pre-script", "post-script", "dry-run"
OTHER = "some-other-value"


@dataclass(frozen=True, slots=True)
class Scenario:
    """One way things go."""

    name: str
    title: str
    play: Callable[[Cell], None]


def _snapshot(cell: Cell, *, attempt: int = 1, late: float | None = None) -> bool:
    """Pre-script, snapshots, post-script; whether both stages succeeded."""
    pre = cell.stage(PRE, attempt=attempt)
    taken = cell.snapshot(pre_succeeded=pre.succeeded, attempt=attempt)
    if not pre.succeeded:
        return False
    cell.happen()
    cell.wait(float(cell.settings.get("dlm", "post-after")) if late is None else late)
    post = cell.stage(POST, attempt=attempt)
    taken.claimed = post.succeeded
    return post.succeeded


def _one_run(cell: Cell) -> None:
    _snapshot(cell)


def _late_post(cell: Cell) -> None:
    _snapshot(cell, late=HORIZON)


def _no_post(cell: Cell) -> None:
    pre = cell.stage(PRE)
    cell.snapshot(pre_succeeded=pre.succeeded)


def _retry(cell: Cell) -> None:
    pre = cell.stage(PRE)
    cell.wait(float(cell.settings.get("dlm", "pause-between-runs")))
    if pre.succeeded:
        cell.stage(POST)
    cell.world.faults.active = False
    _snapshot(cell)


def _twice(cell: Cell) -> None:
    cell.stage(PRE)
    cell.wait(float(cell.settings.get("dlm", "pause-between-runs")))
    cell.stage(PRE)
    cell.wait(float(cell.settings.get("dlm", "post-after")))
    cell.stage(POST)


def _second_run(cell: Cell) -> None:
    """Another run, soon after the first: what the first has left must not disturb it."""
    _snapshot(cell)
    cell.wait(float(cell.settings.get("dlm", "pause-between-runs")))
    cell.world.faults.active = False
    pre = cell.stage(PRE)
    # Far enough apart that a watchdog of the first run falls between.
    delay = float(cell.settings.get("dlm", "execution-timeout")) / 3
    taken = cell.snapshot(pre_succeeded=pre.succeeded, delay=delay)
    if pre.succeeded:
        taken.claimed = cell.stage(POST).succeeded


def _alone(command: str) -> Callable[[Cell], None]:
    def play(cell: Cell) -> None:
        cell.stage(command)

    return play


SCENARIOS = {
    scenario.name: scenario
    for scenario in (
        Scenario("snapshot", "pre-script, snapshots, post-script", _one_run),
        Scenario("no-post", "pre-script, and post-script never comes", _no_post),
        Scenario("late-post", "post-script comes after 15 minutes", _late_post),
        Scenario("retry", "pre-script, and again without the fault", _retry),
        Scenario("pre-twice", "pre-script twice, then post-script", _twice),
        Scenario("second-run", "a second run soon after the first", _second_run),
        Scenario("post-alone", "post-script without a pre-script", _alone(POST)),
        Scenario("dry-run", "dry-run", _alone(DRY_RUN)),
        Scenario("unknown-stage", "a command that is no stage", _alone(OTHER)),
    )
}


def scenario_named(name: str) -> Scenario:
    """The scenario of that name; raises `UserError`."""
    if name not in SCENARIOS:
        near = nearest(name, SCENARIOS)
        hint = f"did you mean `{near}`?" if near else f"there are {', '.join(SCENARIOS)}"
        raise UserError(f"no scenario `{name}`", hint=hint)
    return SCENARIOS[name]


def recover(cell: Cell) -> None:
    """Long after everything: a run on the same host, without faults."""
    cell.world.faults.active = False
    cell.between = []
    _snapshot(cell, attempt=2)
