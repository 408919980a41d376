"""Conditions of `aws:branch` and `aws:loop`. No rule."""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.automation.runbook import choices
from ssmlint.model.document import Step
from ssmlint.tree import Mapping

#: What puts conditions together.
JOINTS = ("And", "Or", "Not")

#: What compares a variable with a value (automation-action-branch.html).
OPERATIONS = (
    "StringEquals",
    "EqualsIgnoreCase",
    "StartsWith",
    "EndsWith",
    "Contains",
    "NumericEquals",
    "NumericGreater",
    "NumericLesser",
    "NumericGreaterOrEquals",
    "NumericLesserOrEquals",
    "BooleanEquals",
)


def roots(step: Step) -> Iterator[Mapping]:
    """The choices of a branch, and the condition of a loop."""
    if step.action == "aws:branch":
        yield from choices(step)
    entry = step.input("LoopCondition") if step.action == "aws:loop" else None
    if entry is not None and isinstance(entry.value, Mapping):
        yield entry.value
