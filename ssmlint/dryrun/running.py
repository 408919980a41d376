"""A whole dry run: the engine, the cells, the report."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Sequence

from ssmlint.dryrun import interpreted
from ssmlint.dryrun.host.settings import HostSettings
from ssmlint.dryrun.matrix import Laboratory, Plan, commands_elsewhere, run_matrix
from ssmlint.dryrun.model import RunReport
from ssmlint.dryrun.sandbox.bubblewrap import find_bubblewrap, workshop
from ssmlint.dryrun.world import Limits
from ssmlint.errors import UserError
from ssmlint.model.document import SsmDocument
from ssmlint.shell.scriptfacts import shell_scripts_of
from ssmlint.shell.statements import Background

#: What no run in a sandbox can show.
LIMITS = (
    "writes of the shell itself (`> /data/file`) do not wait for a thaw here; those of commands do",
    "`/proc/mounts` and the files of `/proc` are the sandbox's, not the simulated host's",
)


def run(
    document: SsmDocument,
    settings: HostSettings,
    plans: Sequence[Plan],
    *,
    everything: bool = False,
    limits: Limits | None = None,
    progress: Callable[[int], None] = lambda total: None,
) -> RunReport:
    """Run the planned cells, or the full matrix; raises `UserError` where there is no engine.

    `progress` is called with the number of cells that are known by then, once for each that
    is done.
    """
    began = time.monotonic()
    report = RunReport(document.source.path, document.name, "bubblewrap", [], LIMITS)
    limits = limits or Limits()
    with _laboratory(document, settings, limits, report) as laboratory:
        cells = run_matrix(laboratory, plans, everything=everything, progress=progress)
        report.cells.extend(cells)
    report.real_seconds = time.monotonic() - began
    return report


@contextlib.contextmanager
def _laboratory(
    document: SsmDocument, settings: HostSettings, limits: Limits, report: RunReport
) -> Iterator[Laboratory]:
    """The best engine that there is; raises `UserError` where there is none."""
    try:
        bwrap = find_bubblewrap()
    except UserError as reason:
        if not _can_be_interpreted(document):
            text = f"{reason.message}, and the script starts jobs that run beside it"
            raise UserError(text, hint=reason.hint) from None
        try:
            interpreted.require_bashkit()
        except UserError as neither:
            raise UserError(reason.message, hint=neither.hint) from None
        report.engine = "bashkit"
        report.limits = (f"{reason.message}: {_HINT}", *interpreted.LIMITS, LIMITS[0])
        yield Laboratory(document, settings, "", None, limits)
        return
    with workshop(commands_elsewhere(document)) as toolbox:
        yield Laboratory(document, settings, bwrap, toolbox, limits)


_HINT = "install it to see the rest"


def _can_be_interpreted(document: SsmDocument) -> bool:
    """Whether no script starts anything that has to run beside it."""
    for script in shell_scripts_of(document):
        jobs = any(script.index.of(Background))
        if jobs or script.syntax.errors:
            return False
    return True
