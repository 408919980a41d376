"""What the first questions need is loaded when the client has its answer to `initialize`.

Loading the analysis, the readers and the features takes half a second of computing that the
start need not wait for.  It is done in a thread, so that what an editor says meanwhile is heard;
who asks before it is done waits for the module that it needs, as importing always does.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import threading

from ssmlint.packs import all_rules

#: In the order in which editors ask.
LATER = (
    "ssmlint.engine",
    "ssmlint.yaml_tree",
    "ssmlint.json_tree",
    "ssmlint_lsp.tokenizing",
    "ssmlint_lsp.outlining",
    "ssmlint_lsp.folding",
    "ssmlint_lsp.linking",
    "ssmlint_lsp.hinting",
    "ssmlint_lsp.lensing",
    "ssmlint_lsp.navigating",
    "ssmlint_lsp.hovering",
    "ssmlint_lsp.completing",
    "ssmlint_lsp.selecting",
    "ssmlint_lsp.renaming",
)


class Warming:
    """The loading of all that; nothing of it is begun before `start`."""

    def __init__(self) -> None:
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin; the thread ends with the program if it is not done by then."""
        self._thread = threading.Thread(target=_load, name="warming up", daemon=True)
        self._thread.start()

    @property
    def is_over(self) -> bool:
        """Whether everything has been loaded."""
        return self._thread is not None and not self._thread.is_alive()


def _load() -> None:
    for name in LATER:
        importlib.import_module(name)
    with contextlib.suppress(Exception):  # what is wrong with a pack is said by the check
        all_rules()
    # All of that stays; a collection that goes over it takes longer than a keystroke may.
    gc.freeze()
