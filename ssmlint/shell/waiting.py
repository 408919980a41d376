"""`wait` without a job: the status of what ran in the background is lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ssmlint.records import dataclass
from ssmlint.shell.effects import EffectKind, is_harmless
from ssmlint.shell.outcomes import tested_at
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import Background, Command, walk
from ssmlint.shell.units import Use

_GRAVE = (EffectKind.ACQUIRE, EffectKind.RELEASE)


@dataclass(frozen=True, slots=True, eq=False)
class LostJob:
    """A `wait`, and the job in front of it whose status it does not give."""

    wait: Use
    job: Background
    asker: Any | None
    """What looks at the status of the `wait`, which is always 0."""


def lost_jobs(script: ShellScript) -> Iterator[LostJob]:
    """The `wait`s without operands that hide a failure, in order."""
    waits = [use for use in script.uses if use.command.name == "wait"]
    if not waits or any(len(use.command.words) > 1 for use in waits):
        return
    jobs = _Jobs(script)
    for use in waits:
        if use.unit is not script.main:
            continue
        before = jobs.before(use.command)
        asker = tested_at(script.index, use.command)
        grave = [job for job in before if id(job) in jobs.grave]
        if before and (asker is not None or grave):
            yield LostJob(use, (grave or before)[0], asker)


class _Jobs:
    """The background jobs of a script that may fail without a word."""

    def __init__(self, script: ShellScript) -> None:
        self.script = script
        index = script.index
        self.uses = {id(use.command): use for use in script.uses if use.unit is script.main}
        self.effects = {id(use.command) for use, e in script.effects if e.kind in _GRAVE}
        self.failing = [
            (job, index.function_of(job)) for job in index.of(Background) if self._can_fail(job)
        ]
        self.grave = {id(job) for job, _ in self.failing if self._is_grave(job)}

    def before(self, wait: Command) -> list[Background]:
        """Those that are started in front of a `wait`, in the same function."""
        home = self.script.index.function_of(wait)
        start = wait.span.start
        return [job for job, at in self.failing if at is home and job.span.start < start]

    def _can_fail(self, job: Background) -> bool:
        """Whether a job does more than sleep, look or print."""
        uses = [self.uses[id(node)] for node in walk(job.command) if id(node) in self.uses]
        return any(
            use.invocation.name not in ("sleep", "exit", "")
            and not is_harmless(use.invocation, self.script.table)
            for use in uses
        )

    def _is_grave(self, job: Background) -> bool:
        """Whether it freezes or releases something, and does nothing about its own failure."""
        index = self.script.index
        return any(
            id(node) in self.effects and tested_at(index, node) is None
            for node in self._reached(job)
        )

    def _reached(self, job: Background) -> Iterator[Any]:
        """The nodes of a job, and of the functions that it calls."""
        todo: list[Any] = [job.command]
        seen: set[str] = set()
        while todo:
            for node in walk(todo.pop()):
                yield node
                name = node.name if isinstance(node, Command) else None
                function = self.script.functions.get(name or "")
                if function is not None and function.name not in seen:
                    seen.add(function.name)
                    todo.extend(function.body)
