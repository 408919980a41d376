"""All names of a file, and the one that stands at an offset."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from ssmlint.engine import Facts
from ssmlint.model.document import SsmDocument
from ssmlint.powershell.scriptfacts import PowerShellScript
from ssmlint.python.scriptfacts import PythonScript
from ssmlint.records import dataclass
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint_lsp.cursor import touches
from ssmlint_lsp.names.documents import names_of_document
from ssmlint_lsp.names.powershell import names_of_powershell
from ssmlint_lsp.names.python import names_of_python
from ssmlint_lsp.names.scripts import names_of_script
from ssmlint_lsp.names.types import Name, Occurrence


@dataclass(frozen=True, eq=False)
class Named:
    """A name with the place of it that was asked about."""

    name: Name
    occurrence: Occurrence


@functools.lru_cache(maxsize=8)
def names_of(facts: Facts) -> tuple[Name, ...]:
    """Every name of a file.  Several questions come for each text, so that they are kept."""
    return tuple(_names(facts))


def _names(facts: Facts) -> Iterator[Name]:
    for document in facts.of(SsmDocument):
        yield from names_of_document(document)
    for shell in facts.of(ShellScript):
        yield from names_of_script(shell)
    for python in facts.of(PythonScript):
        yield from names_of_python(python)
    for powershell in facts.of(PowerShellScript):
        yield from names_of_powershell(powershell)


def named_at(facts: Facts, offset: int) -> Named | None:
    """The name that an offset of the file touches; of two the one that it is in.

    `$SSM_name` is a parameter's, although a variable of that name is read, too.
    """
    found = [
        Named(name, occurrence)
        for name in names_of(facts)
        for occurrence in name.occurrences
        if touches(occurrence.span, offset)
    ]
    inside = [named for named in found if offset in named.occurrence.span]
    return next(iter(inside or found), None)
