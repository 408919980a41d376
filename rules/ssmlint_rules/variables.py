"""Updates of a runbook's variables. No rule."""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.automation.runbook import Runbook
from ssmlint.model.document import Step
from ssmlint.records import dataclass
from ssmlint.tree import Node, Scalar


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
