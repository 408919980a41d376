"""Which cells there are, and running them, several at a time."""

from __future__ import annotations

import contextlib
import os
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from ssmlint.dryrun.cell import HORIZON, Cell
from ssmlint.dryrun.commands import SIMULATED
from ssmlint.dryrun.faults import Fault, Faults, parse_fault
from ssmlint.dryrun.host.building import build_host
from ssmlint.dryrun.host.settings import HostSettings
from ssmlint.dryrun.host.state import Host
from ssmlint.dryrun.interpreted import InterpretedWorld
from ssmlint.dryrun.model import CellReport
from ssmlint.dryrun.sandbox.bubblewrap import Furniture, Sandbox
from ssmlint.dryrun.sandbox.toolbox import Toolbox
from ssmlint.dryrun.sandboxed.world import SandboxedWorld
from ssmlint.dryrun.scenarios import POST, PRE, SCENARIOS, Scenario, recover
from ssmlint.dryrun.variants import VARIANTS, Variant, apply
from ssmlint.dryrun.verdict import judge
from ssmlint.dryrun.world import EPOCH, Exhausted, Limits, Unshown, World
from ssmlint.embedded import scripts_of
from ssmlint.errors import UserError
from ssmlint.model.document import SsmDocument
from ssmlint.near import nearest
from ssmlint.records import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """One cell to run."""

    scenario: str
    faults: tuple[str, ...] = ()


@dataclass(eq=False, slots=True)
class Laboratory:
    """Everything that the cells of a run share."""

    document: SsmDocument
    settings: HostSettings
    bwrap: str
    """The path of bubblewrap; empty where bashkit runs the scripts."""
    toolbox: Toolbox | None
    limits: Limits = Limits()
    fits: bool = True
    """Whether the document runs on the host at all when nothing goes wrong."""

    def run(self, plan: Plan) -> CellReport:
        """Run one cell and judge it."""
        began = time.monotonic()
        report = CellReport(plan.scenario, " + ".join(plan.faults))
        calls, variants = split_faults(plan.faults)
        host = build_host(self.settings, applications_of(self.document))
        for variant in variants:
            variant.change(host)
        faults = Faults(calls)
        with self._world(host, faults) as world:
            self._play(world, report, SCENARIOS[plan.scenario], variants)
        report.fault_hit = faults.hit
        report.real_seconds = time.monotonic() - began
        report.breaches = [] if report.unshown else judge(report)
        return report

    @contextlib.contextmanager
    def _world(self, host: Host, faults: Faults) -> Iterator[World]:
        if self.toolbox is None:
            yield InterpretedWorld(host, faults, self.limits)
            return
        furniture = self._furniture(host, faults, self.toolbox)
        with contextlib.closing(Sandbox(self.bwrap, self.toolbox, furniture)) as sandbox:
            sandbox.start()
            world = SandboxedWorld(host, sandbox, faults, self.limits)
            with contextlib.closing(world):
                yield world

    def _play(
        self, world: World, report: CellReport, scenario: Scenario, variants: Sequence[Variant]
    ) -> None:
        host = world.host
        report.longest_hold = float(self.settings.get("contract", "longest-hold"))
        cell = Cell(world, self.document, self.settings, report)
        for variant in variants:
            apply(variant, cell)
        try:
            scenario.play(cell)
            report.touched = tuple(host.touched)
            cell.wait(HORIZON)
            self._look(world, report)
            failed = any(stage.status != "Success" for stage in report.stages)
            lasting = variants or world.faults.missing
            may_recover = self.fits and bool(world.faults.all) and not lasting
            if failed and may_recover and not report.held_at_end and _has_both(scenario):
                recover(cell)
        except Unshown as reason:
            report.unshown = str(reason)
            world.note(f"{report.unshown}, which this engine can not show")
            self._look(world, report)
        except Exhausted as reason:
            report.stopped = str(reason)
            self._look(world, report)
            report.touched = tuple(host.touched)
        report.trace = world.trace
        report.notes = list(world.notes)

    def _look(self, world: World, report: CellReport) -> None:
        report.holds = list(world.host.holds)
        report.end = world.host.now
        report.held_at_end = tuple(
            hold.what for hold in world.host.holds if hold.end is None and not hold.foreign
        )

    def _furniture(self, host: Host, faults: Faults, toolbox: Toolbox) -> Furniture:
        paths = {path for f in host.filesystems if not f.is_swap for path in f.paths}
        folders = {folder for a in host.applications for folder in a.folders}
        own = {"/", "/proc", "/dev", "/run", "/tmp", "/var", "/root", "/home", "/etc", "/usr"}
        shell = host.shell or ("dash" if "dash" in toolbox.tools else "bash")
        return Furniture(
            commands=frozenset(SIMULATED),
            absent=frozenset(host.absent | faults.missing),
            shell=shell,
            writable=tuple(path for path in paths - own if path.startswith("/")),
            folders=tuple(sorted(folders)),
            hostname=host.name,
            epoch=EPOCH,
        )


def _has_both(scenario: Scenario) -> bool:
    return scenario.name not in ("dry-run", "unknown-stage", "post-alone")


def split_faults(texts: Iterable[str]) -> tuple[list[Fault], list[Variant]]:
    """Faults of calls and variants of the host; raises `UserError`."""
    calls: list[Fault] = []
    variants: list[Variant] = []
    for text in texts:
        if text in VARIANTS:
            variants.append(VARIANTS[text])
        elif "=" in text:
            calls.append(parse_fault(text))
        else:
            near = nearest(text, VARIANTS)
            hint = f"did you mean `{near}`?" if near else f"there are {', '.join(VARIANTS)}"
            raise UserError(f"no fault `{text}`", hint=hint)
    return calls, variants


# --- what the document is about ----------------------------------------------------------------------

_CLIENTS = {
    "mysql": r"mysql|mariadb|mysqladmin",
    "postgresql": r"psql|pg_isready|postgres",
    "mongodb": r"mongosh|mongo|mongod",
    "iris": r"iris|irissession|csession",
}

_ABSOLUTE = re.compile(r"(?<![\w.$}/-])(/(?:[\w.+-]+/)*s?bin/)([\w.+-]+)")
_USUAL = ("/bin/", "/usr/bin/", "/sbin/", "/usr/sbin/")


def applications_of(document: SsmDocument) -> frozenset[str]:
    """The applications whose clients the scripts name."""
    text = "\n".join(_code(script.text) for script in scripts_of(document))
    return frozenset(
        name
        for name, words in _CLIENTS.items()
        if re.search(rf"(?<![\w-])(?:{words})(?![\w-])", text)
    )


def _code(script: str) -> str:
    return re.sub(r"^\s*#.*$", "", script, flags=re.MULTILINE)


def commands_elsewhere(document: SsmDocument) -> tuple[str, ...]:
    """Absolute paths in the scripts at which a simulated command has to stand."""
    found: set[str] = set()
    for script in scripts_of(document):
        for folder, name in _ABSOLUTE.findall(script.text):
            if name in SIMULATED and folder not in _USUAL:
                found.add(folder + name)
    return tuple(sorted(found))


# --- the full matrix -------------------------------------------------------------------------------------

#: Calls that only read, and which fail as one: what matters is whether their answer comes.
_EFFECTS_OF = {"date": ("fail",), "sleep": (), "logger": ()}

#: Of the same command line in the same stage, this many calls are made to fail.
_OF_EACH = 2


def baseline() -> list[Plan]:
    """Every scenario without a fault."""
    return [Plan(name) for name in SCENARIOS if name != "retry"]


def variants(laboratory: Laboratory) -> list[Plan]:
    """The different hosts."""
    host = build_host(laboratory.settings, applications_of(laboratory.document))
    names = [name for name, variant in VARIANTS.items() if variant.applies(host)]
    return [Plan("snapshot", (name,)) for name in names]


def faults_of(cells: Iterable[CellReport]) -> list[Plan]:
    """A cell for each fault of each call that the recorded cells have made."""
    plans: dict[Plan, None] = {}
    commands: dict[str, None] = {}
    for cell in cells:
        seen: dict[tuple[str, str], int] = {}
        counts: dict[tuple[str, str], int] = {}
        for event in cell.trace:
            if event.kind != "call" or event.source not in (PRE, POST):
                continue
            name = event.command
            commands.setdefault(name)
            commands.setdefault(event.what.split(" ", 1)[0].rpartition("/")[2])
            number = counts[event.source, name] = counts.get((event.source, name), 0) + 1
            seen[event.source, event.what] = seen.get((event.source, event.what), 0) + 1
            if seen[event.source, event.what] > _OF_EACH:
                continue
            for effect in _EFFECTS_OF.get(name, ("fail", "hang", "kill")):
                if effect == "kill" and event.source == POST and not cell.holds:
                    continue
                plans[Plan("snapshot", (f"{event.source}/{name}:{number}={effect}",))] = None
            if event.changes and event.source == PRE:
                plans[Plan("snapshot", (f"{PRE}/{name}:{number}=kill-after",))] = None
                plans[Plan("retry", (f"{PRE}/{name}:{number}=fail",))] = None
            if event.source == POST:
                plans[Plan("second-run", (f"{POST}/{name}:{number}=fail",))] = None
    for name in commands:
        plans[Plan("snapshot", (f"{name}=missing",))] = None
    return list(plans)


def run_matrix(
    laboratory: Laboratory,
    plans: Sequence[Plan],
    *,
    everything: bool = False,
    progress: Callable[[int], None] = lambda total: None,
) -> Iterator[CellReport]:
    """Run planned cells, or the full matrix: what goes wrong in it follows from its first cell."""
    first = list(plans)
    if everything:
        first = list(dict.fromkeys([*baseline(), *variants(laboratory), *plans]))
    sound = Plan("snapshot")
    recorded: list[CellReport] = []
    if sound in first:
        first.remove(sound)
        recorded.append(laboratory.run(sound))
        progress(len(first) + 1)
        laboratory.fits = all(stage.succeeded for stage in recorded[0].stages)
        if not laboratory.fits:
            recorded[0].notes.append(_UNFIT)
        yield recorded[0]
    more = faults_of(recorded) if everything else []
    rest = list(dict.fromkeys([*first, *more]))
    yield from run_all(laboratory, rest, lambda: progress(len(rest) + len(recorded)))


_UNFIT = (
    "the document does not run on the simulated host even if nothing goes wrong: describe its own "
    "host with --host FILE (docs/dry-run.md)"
)


def _processors() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1


def run_all(
    laboratory: Laboratory, plans: Sequence[Plan], done: Callable[[], None] = lambda: None
) -> Iterator[CellReport]:
    """Run cells, as many at a time as there are processors, in the order of the plans."""
    workers = min(len(plans), _processors()) or 1

    def run(plan: Plan) -> CellReport:
        report = laboratory.run(plan)
        done()
        return report

    with ThreadPoolExecutor(workers) as pool:
        yield from pool.map(run, plans)
