"""The names of an SSM document: parameters, steps, outputs, and variables of Automation.

Where a name stands follows the agent and the Automation reference: `{{ name }}` for a
parameter, also `$SSM_name` in scripts where its `interpolationType` is `ENV_VAR`;
`{{ step.Output }}`, `nextStep` and the like for steps; `{{ variable:name }}` for variables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ssmlint.model.document import DocumentKind, Parameter, SsmDocument
from ssmlint.model.references import REFERENCE, Reference, ReferenceKind
from ssmlint.source import Source
from ssmlint.sourcemap import source_map
from ssmlint.tree import Entry, Mapping, Scalar, scalars, walk
from ssmlint_lsp.names.types import Name, NameKind, Obstacle, Occurrence, Role, occurrences

#: What Data Lifecycle Manager passes to a document, by these names (EBS user guide,
#: "Automate application-consistent snapshots").
DLM_PARAMETERS = ("command", "executionId")

#: Members whose value is the name of a step (Systems Manager user guide, Automation
#: actions; `NextStep` and `Default` belong to aws:branch).
_STEP_MEMBERS = ("nextStep", "NextStep", "Default")
#: Members whose value may be `step:name`.
_JUMPS = ("onFailure", "onCancel")
_JUMP = "step:"
_VARIABLE = "variable:"


def names_of_document(document: SsmDocument) -> Iterator[Name]:
    """Every name of a document but those of its scripts."""
    found = _Finder(document)
    yield from found.parameters()
    yield from found.steps()
    if document.kind is DocumentKind.AUTOMATION:
        yield from found.outputs()
        yield from found.variables()


def steps_of(document: SsmDocument) -> tuple[Mapping, ...]:
    """The steps of a document, those inside of loops (`inputs.Steps`) included."""
    found: list[Mapping] = []
    todo = [step.node for step in document.steps]
    while todo:
        step = todo.pop(0)
        found.append(step)
        inputs = step.get_mapping("inputs")
        inner = inputs.get_sequence("Steps") if inputs is not None else None
        todo[:0] = [item for item in inner or () if isinstance(item, Mapping)]
    return tuple(found)


def place(source: Source, scalar: Scalar, start: int = 0, end: int | None = None) -> Occurrence:
    """A stretch of a scalar's text as the occurrence of a name that is only read there."""
    mapping = source_map(source, scalar)
    stop = len(scalar.text) if end is None else end
    is_all = start == 0 and stop == len(scalar.text)
    span = mapping.span(start, stop)
    return Occurrence(span, Role.READ, mapping.exact, scalar if is_all else None)


def _declared(occurrence: Occurrence) -> Occurrence:
    return Occurrence(occurrence.span, Role.DECLARATION, occurrence.is_exact, occurrence.scalar)


class _Finder:
    def __init__(self, document: SsmDocument) -> None:
        self.document = document
        self.source = document.source
        self.steps_found = steps_of(document)

    def name(self, kind: NameKind, text: str, found: list[Occurrence], container: str = "") -> Name:
        scope: object = self.document
        return Name(kind, text, self.source, occurrences(found), scope, container)

    # --- parameters -----------------------------------------------------------------------

    def parameters(self) -> Iterator[Name]:
        found: dict[str, list[Occurrence]] = {}
        for entry in self._entries("parameters"):
            found.setdefault(entry.key.text, []).append(_declared(place(self.source, entry.key)))
        for reference in self.document.references:
            if reference.kind is ReferenceKind.PARAMETER:
                found.setdefault(reference.name, []).append(
                    self._in(reference, 0, len(reference.name))
                )
        for parameter in self.document.parameters.values():
            if parameter.is_env_var:
                found[parameter.name] += self._environment(parameter)
        for text, places in found.items():
            made = self.name(NameKind.PARAMETER, text, places)
            obstacle = self._contract(text)
            yield made if obstacle is None else _hindered(made, obstacle)

    def _contract(self, parameter: str) -> Obstacle | None:
        if not self.document.is_dlm or parameter not in DLM_PARAMETERS:
            return None
        return Obstacle(f"Data Lifecycle Manager passes `{parameter}` by this very name")

    def _environment(self, parameter: Parameter) -> Iterator[Occurrence]:
        """Where scripts read the variable that the agent makes of a parameter."""
        pattern = re.compile(rf"(?<![A-Za-z0-9_])SSM_({re.escape(parameter.name)})(?!\w)")
        for scalar in self._texts():
            for match in pattern.finditer(scalar.text):
                yield place(self.source, scalar, *match.span(1))

    def _texts(self) -> Iterator[Scalar]:
        for step in self.steps_found:
            inputs = step.get("inputs") or step.get("properties")
            if inputs is not None:
                yield from scalars(inputs)

    def _in(self, reference: Reference, start: int, end: int) -> Occurrence:
        """A stretch of what stands between the braces."""
        match = REFERENCE.match(reference.scalar.text, reference.start)
        first = match.start("name") if match is not None else reference.start
        return place(self.source, reference.scalar, first + start, first + end)

    def _entries(self, member: str) -> Iterable[Entry]:
        node = self.document.root.get_mapping(member)
        return node.entries if node is not None else ()

    # --- steps, outputs, variables --------------------------------------------------------

    def steps(self) -> Iterator[Name]:
        found: dict[str, list[Occurrence]] = {}
        for step in self.steps_found:
            name = step.get_scalar("name")
            if name is not None and name.text:
                found.setdefault(name.text, []).append(_declared(place(self.source, name)))
        if self.document.kind is DocumentKind.AUTOMATION:
            for text, occurrence in self._mentions():
                if text in found:
                    found[text].append(occurrence)
        for text, places in found.items():
            yield self.name(NameKind.STEP, text, places)

    def _mentions(self) -> Iterator[tuple[str, Occurrence]]:
        """Where steps are named: jumps, outputs in braces, outputs of the document."""
        for scalar in self._members(_STEP_MEMBERS):
            yield scalar.text, place(self.source, scalar)
        for scalar in self._members(_JUMPS):
            if scalar.text.startswith(_JUMP):
                start = len(_JUMP)
                yield scalar.text[start:], place(self.source, scalar, start)
        for reference in self._outputs_in_braces():
            step = reference.name.partition(".")[0]
            yield step, self._in(reference, 0, len(step))
        for scalar in self._listed_outputs():
            step = scalar.text.partition(".")[0]
            yield step, place(self.source, scalar, 0, len(step))

    def _members(self, names: tuple[str, ...]) -> Iterator[Scalar]:
        for step in self.steps_found:
            for node in walk(step):
                for entry in node.entries if isinstance(node, Mapping) else ():
                    if entry.key.text in names and isinstance(entry.value, Scalar):
                        yield entry.value

    def _outputs_in_braces(self) -> Iterator[Reference]:
        for reference in self.document.references:
            if reference.kind is ReferenceKind.STEP_OUTPUT:
                yield reference

    def _listed_outputs(self) -> Iterator[Scalar]:
        """The items of the document's own `outputs`: `step.Output`."""
        listed = self.document.root.get_sequence("outputs")
        for item in listed or ():
            if isinstance(item, Scalar) and "." in item.text and "{" not in item.text:
                yield item

    def outputs(self) -> Iterator[Name]:
        found: dict[tuple[str, str], list[Occurrence]] = {}
        for step, declared in self._declared_outputs():
            key = (step, declared.text)
            found.setdefault(key, []).append(_declared(place(self.source, declared)))
        for reference in self._outputs_in_braces():
            step, _, rest = reference.name.partition(".")
            output = rest.partition(".")[0]
            start = len(step) + 1
            occurrence = self._in(reference, start, start + len(output))
            found.setdefault((step, output), []).append(occurrence)
        for scalar in self._listed_outputs():
            step, _, output = scalar.text.partition(".")
            occurrence = place(self.source, scalar, len(step) + 1)
            found.setdefault((step, output), []).append(occurrence)
        for (step, text), places in found.items():
            made = self.name(NameKind.OUTPUT, text, places, step)
            own = any(item.role is Role.DECLARATION for item in places)
            why = f"`{text}` is an output that the action itself gives"
            yield made if own else _hindered(made, Obstacle(why))

    def _declared_outputs(self) -> Iterator[tuple[str, Scalar]]:
        for step in self.steps_found:
            name, listed = step.get_scalar("name"), step.get_sequence("outputs")
            for item in listed or ():
                declared = item.get_scalar("Name") if isinstance(item, Mapping) else None
                if name is not None and declared is not None:
                    yield name.text, declared

    def variables(self) -> Iterator[Name]:
        found: dict[str, list[Occurrence]] = {}
        for entry in self._entries("variables"):
            found.setdefault(entry.key.text, []).append(_declared(place(self.source, entry.key)))
        start = len(_VARIABLE)
        for reference in self.document.references:
            if reference.kind is ReferenceKind.VARIABLE:
                text = reference.name[start:].partition(".")[0]
                occurrence = self._in(reference, start, start + len(text))
                found.setdefault(text, []).append(occurrence)
        for scalar in self._updated():
            read = place(self.source, scalar, start)
            written = Occurrence(read.span, Role.WRITE, read.is_exact)
            found.setdefault(scalar.text[start:], []).append(written)
        for text, places in found.items():
            yield self.name(NameKind.VARIABLE, text, places)

    def _updated(self) -> Iterator[Scalar]:
        """`variable:name` in the inputs of aws:updateVariable."""
        for step in self.steps_found:
            action, inputs = step.get_scalar("action"), step.get_mapping("inputs")
            if action is not None and action.text == "aws:updateVariable" and inputs is not None:
                name = inputs.get_scalar("Name")
                if name is not None and name.text.startswith(_VARIABLE):
                    yield name


def _hindered(name: Name, obstacle: Obstacle) -> Name:
    return Name(
        name.kind,
        name.text,
        name.source,
        name.occurrences,
        name.scope,
        name.container,
        lambda: obstacle,
    )
