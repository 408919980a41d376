"""A step that a runbook goes to and does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.automation.runbook import Jump, Runbook, Way, is_true
from ssmlint.engine import Facts
from ssmlint.model.document import Step
from ssmlint.restructuring import Value, with_entry, with_item
from ssmlint.rule import Edit, Finding, Fix, Safety
from ssmlint.source import Span
from ssmlint.tree import Mapping, Node, Sequence, walk

_NAME = re.compile(r"[A-Za-z0-9_]{3,128}")


def step_added(facts: Facts, finding: Finding) -> Fix | None:
    """Add the step that a finding misses: it waits for a person until somebody has written it."""
    if finding.problem.fix is not None:
        return None  # it is there, spelled otherwise
    for runbook in facts.of(Runbook):
        for jump in runbook.jumps:
            if jump.span == finding.span and _NAME.fullmatch(jump.target):
                edits = _added(runbook, jump)
                title = f"add the step `{jump.target}`"
                return Fix(title, edits, Safety.UNSAFE) if edits else None
    return None


def _added(runbook: Runbook, jump: Jump) -> tuple[Edit, ...]:
    """Right behind the step that goes on to it; what only some runs go to, at the end."""
    steps = _list_of(runbook, jump.step)
    if steps is None:
        return ()
    step: dict[str, Value] = {"name": jump.target, "action": "aws:pause", "inputs": {}}
    source = runbook.document.source
    behind = jump.step.node if jump.way is Way.NEXT else steps.items[-1]
    edit = with_item(source, steps, step, behind=behind)
    if edit is None:
        return ()
    last = next((one for one in runbook.steps if one.node is behind), None)
    if jump.way is Way.NEXT or last is None or not _goes_on(last):
        return (edit,)
    if last.loop is not None:
        return ()  # what `isEnd` ends in a loop, no source says
    # The one that was the last must not run into it.
    ended = with_entry(source, last.node, "isEnd", True, behind=last.node.entry("action"))
    return _merged(ended, edit) if ended is not None else ()


def _list_of(runbook: Runbook, step: Step) -> Sequence | None:
    """The list that a step stands in: that of the runbook, or that of a loop."""
    found = runbook.document.root.get_sequence("mainSteps")
    lists = _sequences(found) if found is not None else ()
    return next((items for items in lists if any(item is step.node for item in items)), None)


def _sequences(node: Node) -> Iterator[Sequence]:
    return (inner for inner in walk(node) if isinstance(inner, Sequence))


def _goes_on(step: Step) -> bool:
    """Whether the step behind it, if there were one, would run next."""
    node: Mapping = step.node
    has_default = step.action == "aws:branch" and step.input("Default") is not None
    return not (is_true(step, "isEnd") or node.get("nextStep") is not None or has_default)


def _merged(first: Edit, second: Edit) -> tuple[Edit, ...]:
    """Two edits as one where they are of the same place."""
    if first.span == second.span:
        return (Edit(Span(first.span.start, first.span.end), first.text + second.text),)
    return (first, second)
