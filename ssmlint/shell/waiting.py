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
    if any(len(use.command.words) > 1 for use in waits):
        return
    for use in waits:
        if use.unit is not script.main:
            continue
        jobs = [job for job in _jobs(script, use) if _can_fail(script, job)]
        asker = tested_at(script.index, use.command)
        grave = [job for job in jobs if _is_grave(script, job)]
        if jobs and (asker is not None or grave):
            yield LostJob(use, (grave or jobs)[0], asker)


def _jobs(script: ShellScript, wait: Use) -> list[Background]:
    """The jobs that are started in front of a `wait`, in the same function."""
    index = script.index
    home = index.function_of(wait.command)
    return [
        job
        for job in index.of(Background)
        if job.span.start < wait.command.span.start and index.function_of(job) is home
    ]


def _can_fail(script: ShellScript, job: Background) -> bool:
    """Whether a job does more than sleep, look or print."""
    inside = {id(node) for node in walk(job.command)}
    uses = [use for use in script.uses if id(use.command) in inside]
    return any(
        use.invocation.name not in ("sleep", "exit", "")
        and not is_harmless(use.invocation, script.table)
        for use in uses
    )


def _is_grave(script: ShellScript, job: Background) -> bool:
    """Whether it freezes or releases something, and does nothing about its own failure."""
    commands = {id(node) for node in _reached(script, job) if isinstance(node, Command)}
    for use, effect in script.effects:
        if effect.kind in _GRAVE and id(use.command) in commands:
            return use.unit is script.main and tested_at(script.index, use.command) is None
    return False


def _reached(script: ShellScript, job: Background) -> Iterator[Any]:
    """The nodes of a job, and of the functions that it calls."""
    todo: list[Any] = [job.command]
    seen: set[str] = set()
    while todo:
        for node in walk(todo.pop()):
            yield node
            function = script.functions.get(node.name or "") if isinstance(node, Command) else None
            if function is not None and function.name not in seen:
                seen.add(function.name)
                todo.extend(function.body)
