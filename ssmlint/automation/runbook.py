"""A runbook as rules ask about it: steps by name, jumps between them, outputs, variables."""

from __future__ import annotations

import enum
import functools
import re
from collections.abc import Iterator

from ssmlint.automation.actions import COMMON_OUTPUTS, Action, known_actions
from ssmlint.model.document import DocumentKind, SsmDocument, Step
from ssmlint.records import dataclass
from ssmlint.source import Span
from ssmlint.sourcemap import source_map
from ssmlint.tree import Mapping, Scalar, Sequence

_STEP = re.compile(r"step:[ \t]*(?P<name>.*)")


class Way(enum.Enum):
    """By what a step leads to another one."""

    NEXT = "nextStep"
    CHOICE = "NextStep"
    DEFAULT = "Default"
    FAILURE = "onFailure"
    CANCEL = "onCancel"


@dataclass(frozen=True, slots=True)
class Jump:
    """A place where a step names the one to go to."""

    step: Step
    way: Way
    scalar: Scalar
    target: str
    """The name of the other step, without `step:`."""
    span: Span
    """Of that name, in the file."""


@dataclass(eq=False, slots=True)
class Output:
    """An output that a step declares, or a variable that a runbook does."""

    name: str
    node: Scalar
    """Where the name stands."""
    fields: Mapping
    """`Name`, `Selector` and `Type`; of a variable `type` and `default`."""

    def field(self, name: str) -> Scalar | None:
        """One of the fields where it is a scalar."""
        return self.fields.get_scalar(name)


@dataclass(eq=False)
class Runbook:
    """One Automation document."""

    document: SsmDocument

    @functools.cached_property
    def steps(self) -> tuple[Step, ...]:
        """All steps, those inside of loops behind their loop."""
        return self.document.all_steps

    @functools.cached_property
    def by_name(self) -> dict[str, Step]:
        """The steps by name; of equal names the first."""
        found: dict[str, Step] = {}
        for step in self.steps:
            if step.name is not None:
                found.setdefault(step.name, step)
        return found

    @functools.cached_property
    def jumps(self) -> tuple[Jump, ...]:
        """Every place where a step names another one to go to, in file order."""
        return tuple(jump for step in self.steps for jump in self._jumps_of(step))

    def jumps_of(self, step: Step) -> tuple[Jump, ...]:
        """The jumps of one step."""
        return tuple(jump for jump in self.jumps if jump.step is step)

    def _jumps_of(self, step: Step) -> Iterator[Jump]:
        for way in (Way.NEXT, Way.FAILURE, Way.CANCEL):
            node = step.node.get_scalar(way.value)
            if node is not None:
                yield from self._jump(step, way, node)
        if step.action == "aws:branch":
            for choice in choices(step):
                node = choice.get_scalar(Way.CHOICE.value)
                if node is not None:
                    yield from self._jump(step, Way.CHOICE, node)
            default = step.input(Way.DEFAULT.value)
            if default is not None and isinstance(default.value, Scalar):
                yield from self._jump(step, Way.DEFAULT, default.value)

    def _jump(self, step: Step, way: Way, node: Scalar) -> Iterator[Jump]:
        if node.value is None or node.tag is not None or not node.text.strip():
            return
        start, name = 0, node.text.strip()
        if way in (Way.FAILURE, Way.CANCEL):
            match = _STEP.fullmatch(node.text)
            if match is None:
                return
            start, name = match.start("name"), match["name"]
        mapping = source_map(self.document.source, node)
        yield Jump(step, way, node, name, mapping.span(start, len(node.text)))

    @functools.cached_property
    def variables(self) -> dict[str, Output]:
        """The variables that the runbook declares."""
        declared = self.document.root.get_mapping("variables")
        return {
            entry.key.text: Output(entry.key.text, entry.key, entry.value)
            for entry in declared or ()
            if isinstance(entry.value, Mapping)
        }


def runbooks(document: SsmDocument) -> Iterator[Runbook]:
    """The runbook that a document is, if it is one."""
    if document.kind is DocumentKind.AUTOMATION:
        yield Runbook(document)


def action_of(step: Step) -> Action | None:
    """What is known of a step's action, None where it is no known one."""
    return known_actions().get(step.action or "")


def is_true(step: Step, key: str) -> bool:
    """Whether a step has a property that is `true`, as a boolean or in quotes."""
    node = step.node.get_scalar(key)
    return node is not None and node.text.strip().lower() == "true"


def choices(step: Step) -> Iterator[Mapping]:
    """The choices of an `aws:branch`."""
    entry = step.input("Choices")
    if entry is not None and isinstance(entry.value, Sequence):
        yield from (item for item in entry.value.items if isinstance(item, Mapping))


def conditions(node: Mapping) -> Iterator[Mapping]:
    """A choice or condition with all conditions inside of `And`, `Or` and `Not`."""
    left = [node]
    while left:
        condition = left.pop()
        yield condition
        for key in ("And", "Or", "Not"):
            match condition.get(key):
                case Mapping() as one:
                    left.append(one)
                case Sequence(items=items):
                    left.extend(item for item in reversed(items) if isinstance(item, Mapping))


def declared_outputs(step: Step) -> tuple[Output, ...]:
    """The outputs that a step declares, in order."""
    node = step.node.get_sequence("outputs")
    found = []
    for item in node or ():
        name = item.get_scalar("Name") if isinstance(item, Mapping) else None
        if name is not None and isinstance(item, Mapping):
            found.append(Output(name.text, name, item))
    return tuple(found)


def outputs_of(step: Step) -> dict[str, str]:
    """The names of all outputs that a step has, with their types where they are known."""
    action = action_of(step)
    found = {**COMMON_OUTPUTS, **(action.outputs if action else {})}
    for output in declared_outputs(step):
        kind = output.field("Type")
        found[output.name] = kind.text if kind else ""
    return found
