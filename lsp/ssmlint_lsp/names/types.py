"""What has a name in a file, and where the name stands."""

from __future__ import annotations

import enum
from collections.abc import Callable
from typing import Any

from ssmlint.records import dataclass
from ssmlint.source import Source, Span
from ssmlint.tree import Scalar


class NameKind(enum.Enum):
    """What it is that has a name."""

    PARAMETER = "parameter"
    STEP = "step"
    OUTPUT = "output"
    VARIABLE = "variable of the document"
    SHELL_VARIABLE = "variable"
    FUNCTION = "function"
    PYTHON = "name"
    """A variable, function, class or module of a Python script."""
    PAYLOAD_KEY = "key of the payload"
    POWERSHELL_VARIABLE = "variable of PowerShell"
    POWERSHELL_FUNCTION = "function of PowerShell"


class Role(enum.Enum):
    """What happens to a name where it stands."""

    DECLARATION = "declaration"
    WRITE = "write"
    READ = "read"


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place where a name stands."""

    span: Span
    """In the file: the name as it is written, escapes included, and nothing else."""
    role: Role
    is_exact: bool = True
    """Whether the span holds the name and nothing else, for certain."""
    scalar: Scalar | None = None
    """The scalar that consists of the name alone."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why something can not be renamed."""

    message: str
    """Lower case, no full stop."""
    span: Span | None = None
    """Where the reason stands in the file."""


@dataclass(frozen=True, eq=False)
class Name:
    """Something that has a name, with every place where the name stands, in file order."""

    kind: NameKind
    text: str
    source: Source
    occurrences: tuple[Occurrence, ...]
    scope: Any = None
    """What the name belongs to: the document, the script, the step ..."""
    container: str = ""
    """Words for a narrower scope: the function of a local variable, the step of an output."""
    find_obstacle: Callable[[], Obstacle | None] = lambda: None

    @property
    def obstacle(self) -> Obstacle | None:
        """Why it can not be renamed, None where it can; takes a while to find out."""
        return self.find_obstacle()

    @property
    def declaration(self) -> Occurrence | None:
        """Where it is declared; for what is not declared but assigned, the first of these."""
        for role in (Role.DECLARATION, Role.WRITE):
            found = next((item for item in self.occurrences if item.role is role), None)
            if found is not None:
                return found
        return None


def occurrences(found: list[Occurrence]) -> tuple[Occurrence, ...]:
    """In file order, each place once: an alias repeats what stands at its anchor."""
    best: dict[Span, Occurrence] = {}
    order = list(Role)
    for item in found:
        known = best.get(item.span)
        if known is None or order.index(item.role) < order.index(known.role):
            best[item.span] = item
    return tuple(best[span] for span in sorted(best))
