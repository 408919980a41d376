"""The promises of a pre/post document, and where a cell breaks them.

Sources: EBS user guide, "Other use cases" (the exit codes, and that an unknown command has to
fail); the rest is what the word "application-consistent" says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ssmlint.dryrun.model import Breach, CellReport, HoldKind, Snapshot, StageOutcome
from ssmlint.dryrun.scenarios import OTHER, POST, PRE

#: What a document may exit with (EBS user guide); the agent's own come only by killing.
_CODES = frozenset({0, 201, 202, 203, 204, 205, 206})
_KILLED = 137

#: Filesystems without which nothing goes on, the agent and the thaw included.
_NEVER = ("/", "/boot", "/boot/efi", "/usr", "/var", "/run", "/tmp", "/etc", "/var/lib", "/var/log")


def judge(cell: CellReport) -> list[Breach]:
    """Every promise that the cell breaks, each once."""
    found: dict[tuple[str, str], Breach] = {}
    for check in _CHECKS:
        for breach in check(cell):
            found.setdefault((breach.invariant, breach.message), breach)
    return sorted(found.values(), key=lambda breach: breach.time or 0.0)


def _dry_run_touches_nothing(cell: CellReport) -> Iterator[Breach]:
    if cell.scenario == "dry-run":
        for change in cell.touched:
            yield Breach("dry-run-touches-nothing", f"dry-run {change}")


def _unknown_stage_fails(cell: CellReport) -> Iterator[Breach]:
    for stage in cell.stages:
        if stage.command == OTHER and stage.status == "Success":
            yield Breach("unknown-stage-fails", "an unknown command ends with success", stage.end)
    if cell.scenario == "unknown-stage":
        for change in cell.touched:
            yield Breach("unknown-stage-fails", f"an unknown command {change}")


def _success_means_rest(cell: CellReport) -> Iterator[Breach]:
    """A pre-script that ends with success has made everything rest."""
    for snapshot in cell.snapshots:
        if not snapshot.pre_succeeded or snapshot.claimed:
            continue
        for one in snapshot.caught:
            if not one.is_consistent:
                text = f"pre-script succeeds, and {one.application} is {one.level.value}"
                yield Breach("success-means-rest", f"{text}: {one.why}", snapshot.time)


def _tag_is_true(cell: CellReport) -> Iterator[Breach]:
    for snapshot in cell.snapshots:
        if not snapshot.claimed:
            continue
        for one in snapshot.caught:
            if not one.is_consistent:
                text = f"the snapshots are tagged as application-consistent, and {one.application}"
                yield Breach(
                    "tag-is-true", f"{text} is {one.level.value}: {one.why}", snapshot.time
                )


def _locks_last(cell: CellReport) -> Iterator[Breach]:
    """A lock that a successful pre-script has taken is held when it ends."""
    for stage in _stages(cell, PRE):
        if stage.status != "Success":
            continue
        for hold in cell.holds:
            during = stage.start <= hold.start <= stage.end and hold.by == stage.command
            ended = hold.end is not None and hold.end <= stage.end
            if hold.kind is HoldKind.LOCK and during and ended and "session" in hold.ended_by:
                text = f"{hold.what} ends with the client that took it, before pre-script does"
                yield Breach("locks-last", text, hold.end)


def _everything_is_given_back(cell: CellReport) -> Iterator[Breach]:
    for what in cell.held_at_end:
        text = (
            f"{what} is never given back"
            if what.startswith(_LOCK_WORDS)
            else f"{what} stays frozen"
        )
        yield Breach("given-back", text, cell.end)
    for hold in cell.holds:
        if hold.foreign or hold.end is None or hold.start > cell.end:
            continue
        if hold.seconds(cell.end) > cell.longest_hold:
            text = f"{hold.what} is held for {hold.seconds(cell.end):.0f} s"
            yield Breach("given-back", text, hold.end)


_LOCK_WORDS = ("mysql", "postgresql", "mongodb", "iris", "container")


def _vital_ones_stay(cell: CellReport) -> Iterator[Breach]:
    for hold in cell.holds:
        if hold.kind is HoldKind.FREEZE and hold.what in _NEVER and not hold.foreign:
            yield Breach("vital-filesystems-stay", f"{hold.what} is frozen", hold.start)


def _codes_are_documented(cell: CellReport) -> Iterator[Breach]:
    for stage in cell.stages:
        if stage.code is None or stage.killed or stage.code in _CODES:
            continue
        text = f"{stage.command} ends with {stage.code}"
        if stage.code == _KILLED:
            text += ", as if it had run out of time"
        yield Breach("documented-codes", text, stage.end)


def _own_code(cell: CellReport) -> Iterator[Breach]:
    """Each stage has codes of its own."""
    for stage in cell.stages:
        strange = {PRE: (202, 203, 205), POST: (201, 204)}.get(stage.command, ())
        if stage.code in strange and not stage.killed:
            text = f"{stage.command} ends with {stage.code}, which means something else"
            yield Breach("documented-codes", text, stage.end)


def _early_thaw_is_told(cell: CellReport) -> Iterator[Breach]:
    """203 is the only way to learn that the snapshots are not what they should be."""
    if cell.scenario != "late-post":
        return
    own = [hold for hold in cell.holds if not hold.foreign]
    for stage in _stages(cell, POST):
        early = own and all(h.end is not None and h.end < stage.start for h in own)
        if early and stage.code is not None and stage.code != 203:
            text = f"post-script after the watchdog's thaw ends with {stage.code} and not with 203"
            yield Breach("documented-codes", text, stage.end)


def _order_is_checked(cell: CellReport) -> Iterator[Breach]:
    if cell.scenario == "post-alone":
        for stage in _stages(cell, POST):
            if stage.status == "Success":
                text = "post-script without a pre-script ends with success"
                yield Breach("order-is-checked", text, stage.end)
    if cell.scenario == "pre-twice":
        first, *second = _stages(cell, PRE)
        if first.status == "Success" and second and second[0].status == "Success":
            text = "a second pre-script ends with success while the first one's freeze is in place"
            yield Breach("order-is-checked", text, second[0].end)


def _next_run_works(cell: CellReport) -> Iterator[Breach]:
    for stage in cell.stages:
        if stage.attempt > 1 and stage.status != "Success":
            text = f"a run after everything is over fails: {stage.command} ends with {stage.code}"
            yield Breach("next-run-works", text, stage.end)


def _came_to_its_end(cell: CellReport) -> Iterator[Breach]:
    if cell.stopped:
        yield Breach("comes-to-an-end", cell.stopped, cell.end)


def _stages(cell: CellReport, command: str) -> list[StageOutcome]:
    return [s for s in cell.stages if s.command == command and s.attempt == 1]


_CHECKS: tuple[Callable[[CellReport], Iterator[Breach]], ...] = (
    _dry_run_touches_nothing,
    _unknown_stage_fails,
    _success_means_rest,
    _tag_is_true,
    _locks_last,
    _everything_is_given_back,
    _vital_ones_stay,
    _codes_are_documented,
    _own_code,
    _early_thaw_is_told,
    _order_is_checked,
    _next_run_works,
    _came_to_its_end,
)

#: Every promise, in words.
INVARIANTS = {
    "dry-run-touches-nothing": "dry-run changes nothing on the host",
    "unknown-stage-fails": "a command that is no stage fails and changes nothing",
    "success-means-rest": "a pre-script that succeeds has made everything rest",
    "tag-is-true": "snapshots that are tagged as application-consistent are",
    "locks-last": "a lock is held until it is given back, not until its client ends",
    "given-back": "whatever is held is given back in time, on every path",
    "vital-filesystems-stay": "the root, boot and agent's filesystems are never frozen",
    "documented-codes": "exit codes are 0 and 201 to 206, each for its own stage",
    "order-is-checked": "post-script without pre-script, and a second pre-script, fail",
    "next-run-works": "a later run on the same host works",
    "comes-to-an-end": "the script ends, within limits, and leaves the machine alone",
}


def claims(snapshot: Snapshot) -> str:
    """What is said of the snapshots, and whether it is true."""
    said = "application-consistent" if snapshot.claimed else "crash-consistent"
    if snapshot.claimed and not snapshot.is_consistent:
        return f"{said}, wrongly"
    return said
