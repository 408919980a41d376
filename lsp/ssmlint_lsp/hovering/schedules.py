"""When a schedule of a policy fires next."""

from __future__ import annotations

from datetime import datetime

from ssmlint.cron import next_fires
from ssmlint.engine import Facts
from ssmlint.explain import FIRES
from ssmlint.model.firing import firing
from ssmlint.model.policy import Schedule
from ssmlint.tree import Node
from ssmlint_lsp.cursor import touches
from ssmlint_lsp.hovering.types import Hover, joined

_MEMBERS = ("CronExpression", "Times", "Interval")


def hover(facts: Facts, offset: int, now: datetime) -> Hover | None:
    """The hover over what says when a schedule fires."""
    for schedule in facts.of(Schedule):
        for node in _nodes(schedule):
            if touches(node.span, offset):
                text = fires(schedule, now)
                return Hover(node.span, text) if text else None
    return None


def _nodes(schedule: Schedule) -> list[Node]:
    rule = schedule.create_rule
    found = [rule.get(member) for member in _MEMBERS] if rule is not None else []
    return [node for node in found if node is not None]


def fires(schedule: Schedule, now: datetime) -> str:
    """The next fire times of a schedule, in Markdown; empty where they are not known."""
    cron = firing(schedule)
    if cron is None:
        return ""
    times = [f"- {time:%a %Y-%m-%d %H:%M} UTC" for time in next_fires(cron, now, FIRES)]
    if not times:
        return "This schedule never fires again."
    return joined("Fires next at", "\n".join(times), "Creation begins within an hour after that.")
