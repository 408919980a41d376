"""The steps of a runbook that call an operation of an AWS service."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ssmlint.model.document import DocumentKind, SsmDocument, Step
from ssmlint.records import dataclass
from ssmlint.tree import Entry, Mapping, Scalar

if TYPE_CHECKING:
    from ssmlint.aws.fitting import Flaw, Misfit, MissingMember, UnknownMember
    from ssmlint.aws.selecting import Lost
    from ssmlint.aws.shapes import Operation, Service, Shape

EXECUTE = "aws:executeAwsApi"

#: The inputs of each action that are its own; all others are parameters of the operation.
_OWN = {
    EXECUTE: frozenset({"Service", "Api"}),
    "aws:waitForAwsResourceProperty": frozenset(
        {"Service", "Api", "PropertySelector", "DesiredValues"}
    ),
    "aws:assertAwsResourceProperty": frozenset(
        {"Service", "Api", "PropertySelector", "DesiredValues"}
    ),
}


@dataclass(eq=False)
class ApiCall:
    """One such step, with the models that `folder` holds."""

    document: SsmDocument
    step: Step
    inputs: Mapping
    folder: str

    @property
    def service_node(self) -> Scalar | None:
        """Where the service is named."""
        return _literal(self.inputs.get("Service"))

    @property
    def api_node(self) -> Scalar | None:
        """Where the operation is named."""
        return _literal(self.inputs.get("Api"))

    @property
    def known_services(self) -> tuple[str, ...]:
        """The services that there are."""
        from ssmlint.aws.shapes import service_names

        return service_names(self.folder)

    @functools.cached_property
    def service(self) -> Service | None:
        """The service, None where it is a reference or not known."""
        from ssmlint.aws.shapes import service

        name = self.service_node.text.casefold() if self.service_node is not None else ""
        return service(self.folder, name) if name in self.known_services else None

    @functools.cached_property
    def operation(self) -> Operation | None:
        """The operation, None where it is a reference or not known."""
        if self.service is None or self.api_node is None:
            return None
        return self.service.operation(self.api_node.text)

    @property
    def parameters(self) -> tuple[Entry, ...]:
        """The inputs that go to the operation."""
        own = _OWN[self.step.action or EXECUTE]
        return tuple(entry for entry in self.inputs if entry.key.text not in own)

    @property
    def operation_name(self) -> str:
        """The operation as AWS writes it."""
        return self.operation.name if self.operation is not None else ""

    @functools.cached_property
    def _flaws(self) -> tuple[Flaw, ...]:
        from ssmlint.aws.fitting import flaws

        if self.operation is None:
            return ()
        takes, declared = self.operation.input, self.document.parameters
        return tuple(flaws(self.inputs, self.parameters, takes, declared))

    @property
    def unknown_members(self) -> tuple[UnknownMember, ...]:
        """The keys that the operation does not take."""
        from ssmlint.aws.fitting import UnknownMember

        return tuple(flaw for flaw in self._flaws if isinstance(flaw, UnknownMember))

    @property
    def missing_members(self) -> tuple[MissingMember, ...]:
        """The keys that it must have and that are not given."""
        from ssmlint.aws.fitting import MissingMember

        return tuple(flaw for flaw in self._flaws if isinstance(flaw, MissingMember))

    @property
    def misfits(self) -> tuple[Misfit, ...]:
        """The values that it does not take."""
        from ssmlint.aws.fitting import Misfit

        return tuple(flaw for flaw in self._flaws if isinstance(flaw, Misfit))

    @property
    def lost_selectors(self) -> Iterator[tuple[Scalar, Lost]]:
        """The selectors that lead to nothing in the reply."""
        from ssmlint.aws.selecting import lost_in

        for selector in self.selectors if self.operation is not None else ():
            lost = lost_in(selector.text, self.operation.output) if self.operation else None
            if lost is not None:
                yield selector, lost

    @property
    def awaited(self) -> Shape | None:
        """What `PropertySelector` leads to in the reply, None where that cannot be said."""
        from ssmlint.aws.selecting import shape_at

        selector = _literal(self.inputs.get("PropertySelector"))
        if selector is None or self.operation is None:
            return None
        return shape_at(selector.text, self.operation.output)

    @property
    def selectors(self) -> Iterator[Scalar]:
        """Every JSONPath into the reply: of `PropertySelector` and of the step's outputs."""
        selector = _literal(self.inputs.get("PropertySelector"))
        if selector is not None:
            yield selector
        for output in self.step.node.get_sequence("outputs") or ():
            node = output.get("Selector") if isinstance(output, Mapping) else None
            selector = _literal(node) if self.step.action == EXECUTE else None
            if selector is not None:
                yield selector


def _literal(node: object) -> Scalar | None:
    """A scalar that is written out."""
    if not isinstance(node, Scalar) or "{{" in node.text or not node.is_string:
        return None
    return node


def calls_api(document: SsmDocument) -> bool:
    """Whether any step of a document is of that kind."""
    return any(True for _ in _steps(document))


def api_calls_of(document: SsmDocument) -> tuple[ApiCall, ...]:
    """The steps of that kind; none where botocore is not installed."""
    from ssmlint.aws import data_folder

    steps = tuple(_steps(document))
    folder = data_folder() if steps else None
    return tuple(ApiCall(document, step, inputs, folder) for step, inputs in steps if folder)


def _steps(document: SsmDocument) -> Iterator[tuple[Step, Mapping]]:
    for step in document.all_steps if document.kind is DocumentKind.AUTOMATION else ():
        if step.action in _OWN and step.inputs:
            yield step, step.inputs[0]
