"""Completing names: what goes between braces, steps to jump to, documents that policies call."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ssmlint.automation.actions import SYSTEM_VARIABLES
from ssmlint.automation.runbook import outputs_of
from ssmlint.model.document import DocumentKind, Parameter, SsmDocument
from ssmlint.model.policy import SAP_HANA_HANDLER, VSS_HANDLER
from ssmlint.source import Span
from ssmlint.tree import Mapping
from ssmlint_lsp.completing.keys import Schemas
from ssmlint_lsp.completing.spots import MARK, Spot
from ssmlint_lsp.completing.types import Candidate, CandidateKind, literal
from ssmlint_lsp.names.documents import steps_of

_OPEN_BRACES = re.compile(r"\{\{[ \t]*(?P<name>[\w.:/-]*)\Z")
_REST = re.compile(r"[\w.:/-]*")
_CLOSED = re.compile(r"[ \t]*\}\}")

#: Versions that are written today, the best one first.
_VERSIONS = {
    DocumentKind.COMMAND: ("2.2", "0.3", "1.0", "1.2", "2.0"),
    DocumentKind.AUTOMATION: ("0.3",),
    DocumentKind.SESSION: ("1.0",),
}

_SYSTEM = tuple(f"{prefix}:{name}" for prefix, names in SYSTEM_VARIABLES.items() for name in names)


def references(spot: Spot) -> Iterator[Candidate] | None:
    """What may stand in the braces that the cursor is in; None where it is in none."""
    match = _OPEN_BRACES.search(spot.line_before)
    document = spot.document
    if match is None or document is None:
        return None
    rest = _REST.match(spot.text, spot.offset)
    end = rest.end() if rest is not None else spot.offset
    span = Span(spot.offset - len(match["name"]), end)
    closing = "" if _CLOSED.match(spot.text, end) else " }}"
    return _in_braces(document, span, closing)


def _in_braces(document: SsmDocument, span: Span, closing: str) -> Iterator[Candidate]:
    def made(name: str, kind: CandidateKind, detail: str, rank: int) -> Candidate:
        return Candidate(name, kind, literal(name + closing), span, detail, "", "", rank)

    for parameter in _declared(document):
        yield made(parameter.name, CandidateKind.PARAMETER, parameter.type or "", 1)
    if document.kind is not DocumentKind.AUTOMATION:
        return
    for step, output, kind in _outputs(document):
        yield made(f"{step}.{output}", CandidateKind.OUTPUT, kind, 2)
    variables = document.root.get_mapping("variables")
    for entry in variables.entries if variables is not None else ():
        yield made(f"variable:{entry.key.text}", CandidateKind.VARIABLE, "variable", 3)
    for name in _SYSTEM:
        yield made(name, CandidateKind.VARIABLE, "system variable", 4)


def _declared(document: SsmDocument) -> Iterable[Parameter]:
    return (p for p in document.parameters.values() if MARK not in p.name and p.name)


def _outputs(document: SsmDocument) -> Iterator[tuple[str, str, str]]:
    """Step, output and type of every output there is."""
    for step in document.all_steps:
        for output, kind in outputs_of(step).items() if step.name else ():
            if MARK not in f"{step.name}{output}":
                yield step.name or "", output, kind.replace(MARK, "")


def steps(spot: Spot, schemas: Schemas) -> Iterator[Candidate]:
    """Steps to go to, where one is asked for."""
    place, document = schemas.place, spot.document
    if place is None or document is None or document.kind is not DocumentKind.AUTOMATION:
        return
    key = place.keys[-1] if place.keys else None
    if place.on_key or key not in ("nextStep", "NextStep", "Default", "onFailure", "onCancel"):
        return
    jump = "step:" if key in ("onFailure", "onCancel") else ""
    own = _own_step(place.around)
    for step in steps_of(document):
        name = step.get_scalar("name")
        if name is not None and step is not own and MARK not in name.text:
            action = step.get_scalar("action")
            detail = action.text if action is not None else ""
            yield schemas.value(f"{jump}{name.text}", kind=CandidateKind.STEP, detail=detail)
    for word in {"onFailure": ("Abort", "Continue"), "onCancel": ("Abort",)}.get(str(key), ()):
        yield schemas.value(word, rank=1)


def _own_step(around: Iterable[object]) -> object:
    """The step that the cursor is in."""
    found = [n for n in around if isinstance(n, Mapping) and n.get("action") is not None]
    return found[-1] if found else None


def handlers(schemas: Schemas, documents: Iterable[str]) -> Iterator[Candidate]:
    """The documents of the workspace, where a policy asks for one."""
    place = schemas.place
    if place is None or place.on_key or place.keys[-1:] != ("ExecutionHandler",):
        return
    for name in documents:
        yield schemas.value(name, kind=CandidateKind.DOCUMENT, detail="document", rank=1)
    yield schemas.value(VSS_HANDLER, about="VSS backups of Windows instances.")
    yield schemas.value(SAP_HANA_HANDLER, about="AWS's document for SAP HANA.")


def defaults(spot: Spot, schemas: Schemas) -> Iterator[Candidate]:
    """Versions; values of a parameter that are allowed, for its default; stages of DLM."""
    place, document = schemas.place, spot.document
    if place is None or document is None or place.on_key:
        return
    match place.keys:
        case ("schemaVersion",):
            for rank, version in enumerate(_VERSIONS[document.kind]):
                yield schemas.value(version, rank=rank)
        case ("parameters", str(name), "default"):
            parameter = document.parameters.get(name)
            for scalar in (parameter.allowed_values if parameter is not None else ()) or ():
                yield schemas.value(scalar.text)
        case ("parameters", str(name), "interpolationType"):
            yield schemas.value("ENV_VAR")
        case ("parameters", "command", "allowedValues", int()):
            for stage in ("pre-script", "post-script", "dry-run"):
                yield schemas.value(stage)


def conditions(schemas: Schemas) -> Iterator[Candidate]:
    """Operands of a precondition (agent, `evaluatePreconditions`)."""
    place = schemas.place
    keys = place.keys if place is not None else ()
    if place is None or place.on_key or keys[-3:-1] != ("precondition", "StringEquals"):
        return
    words = ("platformType",) if keys[-1] == 0 else ("Linux", "Windows", "MacOS")
    for word in words:
        yield schemas.value(word)
