"""What the `{{ references }}` of a runbook lead to."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from ssmlint.automation.graph import StepGraph
from ssmlint.automation.runbook import Runbook
from ssmlint.model.document import Step
from ssmlint.model.references import REFERENCE, Reference, ReferenceKind
from ssmlint.records import dataclass
from ssmlint.source import Span
from ssmlint.sourcemap import source_map
from ssmlint.tree import Scalar, Sequence, scalars

#: `{{ step.output }}` with more behind it: brackets, quotes, white space.
_ODD = re.compile(
    r"\{\{[ \t]*(?P<step>[A-Za-z_]\w*)\.(?P<output>\w+)(?P<rest>[\[.(|'\"][^{}]*?)[ \t]*\}\}"
)


@dataclass(frozen=True, slots=True)
class OutputReference:
    """A place that names an output of a step."""

    step_name: str
    output_name: str
    rest: str
    """What else stands behind the name of the output, such as `.InstanceId` or `[0]`."""
    span: Span
    """Of `step.output`, with the rest, in the file."""
    user: Step | None
    """The step in which it stands; None for the outputs of the runbook."""
    scalar: Scalar
    is_whole: bool = False
    """Whether it is the entire scalar."""


@dataclass(eq=False)
class RunbookReferences:
    """The references of a runbook by what they name."""

    graph: StepGraph

    @property
    def runbook(self) -> Runbook:
        """The runbook they stand in."""
        return self.graph.runbook

    @functools.cached_property
    def outputs(self) -> tuple[OutputReference, ...]:
        """Every place that names an output of a step, outputs of the runbook included."""
        return (*self._in_steps(), *self.own_outputs)

    @functools.cached_property
    def own_outputs(self) -> tuple[OutputReference, ...]:
        """The items of the runbook's `outputs`, braces around them or not."""
        node = self.runbook.document.root.get("outputs")
        items = node.items if isinstance(node, Sequence) else ()
        return tuple(
            found
            for item in items
            if isinstance(item, Scalar) and item.tag is None
            for found in self._own_output(item)
        )

    def _own_output(self, item: Scalar) -> Iterator[OutputReference]:
        match = re.fullmatch(r"\s*(?:\{\{)?\s*(\w+)\.(\w+)(.*?)\s*(?:\}\})?\s*", item.text)
        if match is not None:
            mapping = source_map(self.runbook.document.source, item)
            span = mapping.span(match.start(1), match.end(3))
            yield OutputReference(match[1], match[2], match[3], span, None, item, True)

    def _in_steps(self) -> Iterator[OutputReference]:
        own = {id(output.scalar) for output in self.own_outputs}
        for reference in self.runbook.document.references:
            if reference.kind is ReferenceKind.STEP_OUTPUT and id(reference.scalar) not in own:
                yield self._regular(reference)
        for step in self.runbook.steps:
            for scalar in self._own_scalars(step):
                yield from self._odd(step, scalar)

    def _regular(self, reference: Reference) -> OutputReference:
        step_name, _, path = reference.name.partition(".")
        output, dot, rest = path.partition(".")
        return OutputReference(
            step_name,
            output,
            dot + rest,
            reference.name_span,
            self.user_of(reference),
            reference.scalar,
            reference.whole,
        )

    def _odd(self, step: Step, scalar: Scalar) -> Iterator[OutputReference]:
        """References with more behind the name than a reference can have, to known steps."""
        if "{{" not in scalar.text:
            return
        for match in _ODD.finditer(scalar.text):
            if match["step"] in self.runbook.by_name and not REFERENCE.fullmatch(match[0]):
                mapping = source_map(self.runbook.document.source, scalar)
                span = mapping.span(match.start("step"), match.end("rest"))
                yield OutputReference(
                    match["step"], match["output"], match["rest"], span, step, scalar
                )

    def user_of(self, reference: Reference) -> Step | None:
        """The step in which a reference stands, the innermost one of a loop's."""
        return self._users.get(id(reference.scalar))

    @functools.cached_property
    def _users(self) -> dict[int, Step]:
        # Loops stand before their steps, which therefore have the last word.
        return {id(scalar): step for step in self.runbook.steps for scalar in scalars(step.node)}

    def _own_scalars(self, step: Step) -> Iterator[Scalar]:
        return (scalar for scalar in scalars(step.node) if self._users[id(scalar)] is step)
