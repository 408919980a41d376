"""A whole dry run: the engine, the cells, the report."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from ssmlint.dryrun.host.settings import HostSettings
from ssmlint.dryrun.matrix import Laboratory, Plan, commands_elsewhere, run_matrix
from ssmlint.dryrun.model import RunReport
from ssmlint.dryrun.sandbox.bubblewrap import find_bubblewrap, workshop
from ssmlint.dryrun.world import Limits
from ssmlint.model.document import SsmDocument

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
    bwrap = find_bubblewrap()
    with workshop(commands_elsewhere(document)) as toolbox:
        laboratory = Laboratory(document, settings, bwrap, toolbox, limits or Limits())
        cells = run_matrix(laboratory, plans, everything=everything, progress=progress)
        report.cells.extend(cells)
    report.real_seconds = time.monotonic() - began
    return report
