"""Updates of a runbook's variables, and the types of values. No rule."""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.automation.runbook import Output, Runbook, declared_outputs
from ssmlint.model.document import Step
from ssmlint.model.references import REFERENCE
from ssmlint.records import dataclass
from ssmlint.rule import Note, Problem, Severity
from ssmlint.source import Span
from ssmlint.tree import Mapping, Node, Scalar, Sequence
from ssmlint_rules.typewords import type_of
from ssmlint_rules.wording import is_filled_in_later

#: The types of variables and outputs.
KINDS = ("String", "StringList", "StringMap", "MapList", "Integer", "Boolean")


@dataclass(frozen=True, slots=True)
class Update:
    """One `aws:updateVariable`."""

    step: Step
    name: Scalar
    """The node of `Name`."""
    value: Node | None

    @property
    def variable(self) -> str | None:
        """The name of the variable; None where `Name` is not of the form `variable:name`."""
        text = self.name.text.strip()
        return text.removeprefix("variable:") if text.startswith("variable:") else None


def updates(runbook: Runbook) -> Iterator[Update]:
    """Every update of a variable, with its name given."""
    for step in runbook.steps:
        name = step.input("Name") if step.action == "aws:updateVariable" else None
        if name is not None and isinstance(name.value, Scalar) and name.value.value is not None:
            value = step.input("Value")
            yield Update(step, name.value, value.value if value else None)


def is_container(kind: str) -> bool:
    """Whether values of a type are lists or mappings."""
    return kind in ("StringList", "StringMap", "MapList")


def misfits(
    runbook: Runbook, variable: Output, node: Node | None, said: str, note: Note
) -> Iterator[Problem]:
    """That a value (`said` is what it is called) is not of the type of its variable.

    A warning where both are a single value, since of a number in quotes mostly the same digits
    arrive.
    """
    declared = variable.field("type")
    wanted = declared.text if declared is not None else ""
    found = kinds_of(runbook, node) if node is not None else None
    if node is None or found is None or wanted not in KINDS or wanted in found:
        return
    shown = type_of(runbook.document.source, node) if len(found) > 1 else f"a `{min(found)}`"
    mild = not is_container(wanted) and not any(map(is_container, found))
    span = Span(node.span.start, node.span.start + 1) if len(found) > 1 else node.span
    text = f"variable `{variable.name}` is a `{wanted}`, and {said} is {shown}"
    yield Problem(span, text, (note,), severity=Severity.WARNING if mild else None)


def kinds_of(runbook: Runbook, node: Node) -> frozenset[str] | None:
    """The types that a value can be of, None where nothing is known of it."""
    match node:
        case Mapping():
            return frozenset({"StringMap"})
        case Sequence():
            return frozenset({"StringList", "MapList"})
        case Scalar(tag=str()) | Scalar(value=None):
            return None
        case Scalar(value=bool()):
            return frozenset({"Boolean"})
        case Scalar(value=int()):
            return frozenset({"Integer"})
    text = node.text.strip()
    match = REFERENCE.fullmatch(text)
    if match is not None:
        return _kinds_of_reference(runbook, match["name"])
    if is_filled_in_later(text) or text[:1] in ("{", "["):
        return None if "{{" not in text or match is not None else frozenset({"String"})
    return frozenset({"String"})


def _kinds_of_reference(runbook: Runbook, name: str) -> frozenset[str] | None:
    step_name, _, output_name = name.partition(".")
    kind: str | None = None
    if name in runbook.document.parameters:
        kind = runbook.document.parameters[name].type
    elif name.removeprefix("variable:") in runbook.variables and ":" in name:
        declared = runbook.variables[name.removeprefix("variable:")].field("type")
        kind = declared.text if declared else None
    elif step_name in runbook.by_name:
        for output in declared_outputs(runbook.by_name[step_name]):
            field = output.field("Type") if output.name == output_name else None
            kind = field.text if field else kind
    return frozenset({kind}) if kind in KINDS else None
