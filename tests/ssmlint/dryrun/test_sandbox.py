"""Sandboxes side by side."""

from __future__ import annotations

import contextlib
import subprocess
import threading

from ssmlint.dryrun.places import AGENT_FOLDER
from ssmlint.dryrun.sandbox.bubblewrap import STARTING, Furniture, Sandbox
from ssmlint.dryrun.sandbox.toolbox import Toolbox

FURNITURE = Furniture(
    commands=frozenset({"fsfreeze"}),
    absent=frozenset(),
    shell="dash",
    writable=(),
    folders=(),
    hostname="host",
    epoch=0,
)

#: Without the lock, one of so many was refused ("Text file busy") in two runs of three.
SCRIPTS = 400


def test_what_was_just_written_can_be_run(bwrap: str, toolbox: Toolbox) -> None:
    """Also while other sandboxes start, which are forks of this process at first."""
    is_over = threading.Event()

    def start_others() -> None:
        while not is_over.is_set():
            with contextlib.closing(Sandbox(bwrap, toolbox, FURNITURE)) as other:
                other.start()

    others = [threading.Thread(target=start_others) for _ in range(2)]
    for thread in others:
        thread.start()
    try:
        with contextlib.closing(Sandbox(bwrap, toolbox, FURNITURE)) as sandbox:
            for number in range(SCRIPTS):
                sandbox.write_script(f"{AGENT_FOLDER}/{number}", "#!/bin/sh\n")
                with STARTING:
                    started = subprocess.Popen([sandbox.folder / "agent" / str(number)])
                assert started.wait() == 0
    finally:
        is_over.set()
        for thread in others:
            thread.join()
