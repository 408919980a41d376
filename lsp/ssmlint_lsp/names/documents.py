"""The names of an SSM document: parameters, steps, outputs, and variables of Automation.

Where a name stands follows the agent and the Automation reference: `{{ name }}` for a
parameter, also `$SSM_name` in scripts where its `interpolationType` is `ENV_VAR`;
`{{ step.Output }}`, `nextStep` and the like for steps; `{{ variable:name }}` for variables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ssmlint.automation.runbook import Runbook
from ssmlint.model.document import DocumentKind, Parameter, SsmDocument
from ssmlint.model.references import REFERENCE, Reference, ReferenceKind
from ssmlint.source import Source
from ssmlint.sourcemap import source_map
from ssmlint.tree import Entry, Mapping, Scalar, scalars
from ssmlint_lsp.names.types import Name, NameKind, Obstacle, Occurrence, Role, occurrences

#: What Data Lifecycle Manager passes to a document, by these names (EBS user guide,
#: "Automate application-consistent snapshots").
DLM_PARAMETERS = ("command", "executionId")

#: An output in braces, perhaps with more behind its name than a reference can have.
_OUTPUT = re.compile(r"\{\{[ \t]*(?P<step>[A-Za-z_]\w*)\.(?P<output>\w+)")
#: The same among the outputs of a runbook, where braces are not needed.
_LISTED = re.compile(r"\s*(?:\{\{)?\s*(?P<step>\w+)\.(?P<output>\w+)")
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
    """The steps of a document, those inside of loops included."""
    return tuple(step.node for step in document.all_steps)


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
        """Where steps are named: in jumps, and before their outputs."""
        for jump in Runbook(self.document).jumps:
            start = jump.scalar.text.rindex(jump.target)
            end = start + len(jump.target)
            yield jump.target, place(self.source, jump.scalar, start, end)
        for scalar, match in self._outputs_named():
            yield match["step"], place(self.source, scalar, *match.span("step"))

    def _outputs_named(self) -> Iterator[tuple[Scalar, re.Match[str]]]:
        """Every `step.Output`, in braces or among the outputs of the document."""
        texts = {id(scalar): scalar for step in self.steps_found for scalar in _values(step)}
        for scalar in texts.values():
            for match in _OUTPUT.finditer(scalar.text) if "{{" in scalar.text else ():
                yield scalar, match
        for item in self.document.root.get_sequence("outputs") or ():
            listed = _LISTED.match(item.text) if isinstance(item, Scalar) else None
            if listed is not None and isinstance(item, Scalar):
                yield item, listed

    def outputs(self) -> Iterator[Name]:
        found: dict[tuple[str, str], list[Occurrence]] = {}
        for step, declared in self._declared_outputs():
            key = (step, declared.text)
            found.setdefault(key, []).append(_declared(place(self.source, declared)))
        steps = {name.text for step in self.steps_found if (name := step.get_scalar("name"))}
        for scalar, match in self._outputs_named():
            if match["step"] in steps:
                occurrence = place(self.source, scalar, *match.span("output"))
                found.setdefault((match["step"], match["output"]), []).append(occurrence)
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


def _values(step: Mapping) -> Iterator[Scalar]:
    """The scalars of a step in which references are replaced."""
    for entry in step.entries:
        if entry.key.text not in ("description", "name", "action"):
            yield from scalars(entry.value)


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
