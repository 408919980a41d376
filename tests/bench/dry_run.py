"""What a dry run costs: one cell, and the full matrix of each template.

`make bench` runs it behind the others.
"""

from __future__ import annotations

import os
import statistics
import time
from pathlib import Path

from ssmlint import engine
from ssmlint.dryrun.host.settings import complete
from ssmlint.dryrun.matrix import Laboratory, Plan, run_matrix
from ssmlint.dryrun.sandbox.bubblewrap import find_bubblewrap, workshop
from ssmlint.errors import UserError
from ssmlint.source import decode

TEMPLATES = Path(__file__).parents[2] / "ssmlint" / "templates"
NAMES = ("mysql", "postgresql", "mongodb", "iris")
RUNS = 11


def main() -> None:
    """Print a line for each template."""
    try:
        bwrap = find_bubblewrap()
    except UserError as reason:
        print(f"\ndry run: {reason.message}")
        return
    processors = len(os.sched_getaffinity(0))
    print(f"\nDry run, {processors} processors: median of {RUNS} cells, and the full matrix.\n")
    began = time.monotonic()
    with workshop() as toolbox:
        print(f"{'copying the programs':<24}{time.monotonic() - began:8.2f} s")
        for name in NAMES:
            source = decode((TEMPLATES / f"{name}.yaml").read_bytes(), name)
            document = engine.read(source).documents[0]
            laboratory = Laboratory(document, complete({}, ""), bwrap, toolbox)
            cells = [laboratory.run(Plan("snapshot")).real_seconds for _ in range(RUNS)]
            began = time.monotonic()
            number = len(list(run_matrix(laboratory, [], everything=True)))
            whole = time.monotonic() - began
            print(f"{name:<24}{statistics.median(cells):8.2f} s{whole:8.1f} s for {number} cells")


if __name__ == "__main__":
    main()
