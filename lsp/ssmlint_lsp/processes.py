"""Other processes of the same program."""

from __future__ import annotations

import sys


def same_program(statements: str) -> tuple[str, ...]:
    """The command of a process that imports from where this one does and runs `statements`.

    `-m` would look in the current directory first, which is whatever folder somebody has
    opened.
    """
    return (sys.executable, "-c", f"import sys; sys.path[:] = {sys.path!r}; {statements}")
