"""In what order the steps of a runbook can run.

A step goes on to the next one of its list, unless `nextStep`, `isEnd`, `onFailure`,
`onCancel` or the choices of an `aws:branch` say otherwise (automation-actions.html and
automation-branchdocs.html in the guide).  The steps of an `aws:loop` come behind it, and the
last of them leads back to the first and to what follows the loop.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator

from ssmlint.automation.runbook import Jump, Runbook, Way, is_true
from ssmlint.model.document import Step
from ssmlint.records import dataclass
from ssmlint.source import Span

#: No runbook that AWS takes (64 KB) has more; beyond, every question would take its time.
MOST_STEPS = 1_000


@dataclass(frozen=True, slots=True)
class Edge:
    """One step may follow another."""

    start: Step
    end: Step | None
    """None where the automation ends."""
    jump: Jump | None = None
    """What leads there; None for the order in which the steps stand."""
    is_turn: bool = False
    """Whether it begins the next turn of an `aws:loop`, which are counted."""

    @property
    def is_of_success(self) -> bool:
        """Whether it leads on from a step that has succeeded."""
        return self.jump is None or self.jump.way not in (Way.FAILURE, Way.CANCEL)

    @property
    def is_cancelling(self) -> bool:
        """Whether only somebody who cancels the automation makes it go that way."""
        return self.jump is not None and self.jump.way is Way.CANCEL


@dataclass(frozen=True, slots=True)
class Circle:
    """Steps that lead to one another."""

    steps: tuple[Step, ...]
    closing: Span
    """The last place in the file where one of them names another."""
    has_way_out: bool
    """Whether one of them leads anywhere else.

    Somebody who cancels, and the failure that ends an automation, do not count; a failure
    that leads to a step does.
    """


@dataclass(eq=False)
class StepGraph:
    """The steps of one runbook, and which may follow which."""

    runbook: Runbook

    @functools.cached_property
    def is_certain(self) -> bool:
        """Whether all names are clear, so that what the graph says can be relied on."""
        names = [step.name for step in self.runbook.steps]
        known = set(names)
        if len(names) > MOST_STEPS:
            return False
        return len(known) == len(names) and all(j.target in known for j in self.runbook.jumps)

    @functools.cached_property
    def edges(self) -> tuple[Edge, ...]:
        """Every way from one step to another or to the end."""
        return tuple(edge for step in self.runbook.steps for edge in self._edges_of(step))

    @functools.cached_property
    def _by_start(self) -> dict[int, list[Edge]]:
        found: dict[int, list[Edge]] = {}
        for edge in self.edges:
            found.setdefault(id(edge.start), []).append(edge)
        return found

    def edges_from(self, step: Step) -> list[Edge]:
        """The ways that lead on from a step."""
        return self._by_start.get(id(step), [])

    def _edges_of(self, step: Step) -> Iterator[Edge]:
        jumps = self.runbook.jumps_of(step)
        by_name = self.runbook.by_name
        for jump in jumps:
            if jump.way is not Way.NEXT and jump.target in by_name:
                yield Edge(step, by_name[jump.target], jump)
        inner = self._inner(step)
        if inner:
            yield Edge(step, inner[0])
        if not any(jump.way is Way.DEFAULT for jump in jumps):
            yield from self._onward(step, step)

    def _onward(self, start: Step, step: Step) -> Iterator[Edge]:
        """The edges from `start` to whatever follows `step` when it has succeeded."""
        if is_true(step, "isEnd"):
            yield Edge(start, None)
            if step.loop is not None:  # what it ends there, no source says
                yield from self._onward(start, step.loop)
            if step.node.get("nextStep") is None:
                return
        for jump in self.runbook.jumps_of(step):
            if jump.way is Way.NEXT:
                target = self.runbook.by_name.get(jump.target)
                if target is not None:
                    yield Edge(start, target, jump)
                return
        siblings = self._inner(step.loop) if step.loop else self.runbook.document.steps
        position = next(i for i, sibling in enumerate(siblings) if sibling is step)
        if position + 1 < len(siblings):
            yield Edge(start, siblings[position + 1])
        elif step.loop is None:
            yield Edge(start, None)
        else:
            yield Edge(start, siblings[0], is_turn=True)
            yield from self._onward(start, step.loop)

    def _inner(self, loop: Step) -> tuple[Step, ...]:
        return self._by_loop.get(id(loop), ())

    @functools.cached_property
    def _by_loop(self) -> dict[int, tuple[Step, ...]]:
        found: dict[int, tuple[Step, ...]] = {}
        for step in self.runbook.steps:
            if step.loop is not None:
                found[id(step.loop)] = (*found.get(id(step.loop), ()), step)
        return found

    @functools.cached_property
    def reachable(self) -> frozenset[int]:
        """The ids (`id`) of the steps that can run at all."""
        first = self.runbook.steps[:1]
        return frozenset(id(step) for step in (*first, *self.behind(first)))

    def behind(self, starts: Iterable[Step]) -> list[Step]:
        """The steps that can run after one of some steps has begun."""
        found: dict[int, Step] = {}
        left = list(starts)
        while left:
            for edge in self.edges_from(left.pop()):
                if edge.end is not None and id(edge.end) not in found:
                    found[id(edge.end)] = edge.end
                    left.append(edge.end)
        return list(found.values())

    def may_follow(self, earlier: Step, later: Step) -> bool:
        """Whether a step can run, or run again, after another has begun."""
        return id(later) in self._behind_of(earlier)

    def follows_failure_only(self, earlier: Step, later: Step) -> bool:
        """Whether a step can follow another one only where that has failed or was cancelled."""
        edges = (edge for edge in self.edges_from(earlier) if edge.is_of_success)
        ends = [edge.end for edge in edges if edge.end is not None]
        is_behind = any(step is later for step in (*ends, *self.behind(ends)))
        return not is_behind and self.may_follow(earlier, later)

    def _behind_of(self, step: Step) -> frozenset[int]:
        known = self._behind.get(id(step))
        if known is None:
            known = frozenset(id(other) for other in self.behind([step]))
            self._behind[id(step)] = known
        return known

    @functools.cached_property
    def _behind(self) -> dict[int, frozenset[int]]:
        return {}

    @functools.cached_property
    def circles(self) -> tuple[Circle, ...]:
        """Groups of steps that lead to one another, in file order; turns of loops are none."""
        groups = (group for group in self._groups() if id(group[0]) in self.reachable)
        return tuple(found for group in groups for found in self._circle(group))

    def _groups(self) -> Iterator[tuple[Step, ...]]:
        """The steps that can reach each other (strongly connected, by Kosaraju)."""
        order = [step for first in self.runbook.steps for step in self._finished(first)]
        self._seen.clear()
        place = {id(step): number for number, step in enumerate(self.runbook.steps)}
        for step in reversed(order):
            group = sorted(self._finished(step, forward=False), key=lambda one: place[id(one)])
            if group:
                yield tuple(group)

    @functools.cached_property
    def _seen(self) -> set[int]:
        return set()

    def _finished(self, first: Step, *, forward: bool = True) -> Iterator[Step]:
        """Steps that are first seen from here, each behind all that it leads to."""
        stack = [(first, False)]
        while stack:
            step, is_done = stack.pop()
            if is_done:
                yield step
            elif id(step) not in self._seen:
                self._seen.add(id(step))
                stack.append((step, True))
                stack.extend((other, False) for other in self._next(step, forward))

    def _next(self, step: Step, forward: bool) -> Iterator[Step]:
        for edge in self.edges_from(step) if forward else self._by_end.get(id(step), ()):
            # Turns of loops are counted, and nobody cancels without end.
            if edge.end is not None and not edge.is_cancelling and not edge.is_turn:
                yield edge.end if forward else edge.start

    @functools.cached_property
    def _by_end(self) -> dict[int, list[Edge]]:
        found: dict[int, list[Edge]] = {}
        for edge in self.edges:
            if edge.end is not None:
                found.setdefault(id(edge.end), []).append(edge)
        return found

    def _circle(self, group: tuple[Step, ...]) -> Iterator[Circle]:
        inside = {id(step) for step in group}
        edges = [e for step in group for e in self.edges_from(step) if not e.is_cancelling]
        back = [e for e in edges if e.end is not None and id(e.end) in inside and not e.is_turn]
        closing = max((e.jump.span for e in back if e.jump is not None), default=None)
        if closing is not None:
            is_left = any(e.is_turn or e.end is None or id(e.end) not in inside for e in edges)
            yield Circle(group, closing, is_left)
