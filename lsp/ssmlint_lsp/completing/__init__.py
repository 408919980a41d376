"""What may be typed next: keys, values, names, whole steps and documents.

Everything is told from the text alone, by a sketch that needs no correct syntax
(`ssmlint_lsp.completing.sketch`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ssmlint_lsp.completing import names
from ssmlint_lsp.completing.keys import Schemas
from ssmlint_lsp.completing.powershell import in_powershell
from ssmlint_lsp.completing.python import handlers_of_script, in_python, keys_of_answer
from ssmlint_lsp.completing.shell import in_shell
from ssmlint_lsp.completing.snippets import snippets
from ssmlint_lsp.completing.spots import Spot
from ssmlint_lsp.completing.suppressions import suppressions
from ssmlint_lsp.completing.types import Candidate, CandidateKind, without_places

__all__ = ["Candidate", "CandidateKind", "completions", "without_places"]


def completions(
    path: str, text: str, offset: int, documents: Iterable[str] = ()
) -> tuple[Candidate, ...]:
    """What may stand at an offset of a text (code points), each label once.

    `documents` are the names by which policies call the documents of the workspace.
    """
    spot = Spot(path, text, offset)
    found: dict[str, Candidate] = {}
    for candidate in _completions(spot, documents):
        found.setdefault(candidate.label, candidate)
    return tuple(found.values())


def _completions(spot: Spot, documents: Iterable[str]) -> Iterator[Candidate]:
    particular = suppressions(spot) or names.references(spot)
    if particular is not None:
        yield from particular
        return
    schemas = Schemas(spot)
    yield from in_shell(spot)
    yield from in_python(spot)
    yield from in_powershell(spot)
    yield from handlers_of_script(spot, schemas)
    yield from keys_of_answer(spot)
    yield from names.steps(spot, schemas)
    yield from names.handlers(schemas, documents)
    yield from names.defaults(spot, schemas)
    yield from names.conditions(schemas)
    yield from schemas.candidates()
    yield from snippets(spot, schemas)
