"""Inlay hints: what a line means that it does not say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from ssmlint.cron import next_fires
from ssmlint.engine import Facts
from ssmlint.model.document import Step
from ssmlint.model.exit_codes import meaning
from ssmlint.model.firing import firing
from ssmlint.model.policy import DEFAULT_TIMEOUT_SECONDS, PolicyScript, Schedule
from ssmlint.model.timeouts import DEFAULT_SECONDS, seconds
from ssmlint.records import dataclass
from ssmlint.shell.exits import exits
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.source import Span
from ssmlint.tree import Scalar
from ssmlint_lsp.hovering.shell import exit_text

#: Actions whose `timeoutSeconds` the agent reads this way (`ValidateExecutionTimeout`).
_WITH_TIMEOUT = ("aws:runShellScript", "aws:runPowerShellScript")


@dataclass(frozen=True, slots=True)
class Hint:
    """A few words that are shown behind a place."""

    span: Span
    """The place, in the file; the words stand at its end."""
    label: str
    about: str = ""
    """Markdown."""


def hints(facts: Facts, now: datetime, within: Span | None = None) -> tuple[Hint, ...]:
    """The hints of a file, or of a part of it, in order."""
    found = [*_exit_codes(facts), *_timeouts(facts), *_patience(facts), *_schedules(facts, now)]
    kept = [
        hint for hint in found if within is None or (within.start <= hint.span.end <= within.end)
    ]
    return tuple(sorted(kept, key=lambda hint: hint.span.end))


def _exit_codes(facts: Facts) -> Iterator[Hint]:
    for shell in facts.of(ShellScript):
        for found in exits(shell):
            said = meaning(found.code, shell.document.is_dlm) if found.code else ""
            if said and found.code is not None:
                about = exit_text(shell, found.code)
                yield Hint(shell.place(found.span), said, about)


def _timeouts(facts: Facts) -> Iterator[Hint]:
    about = (
        f"The agent takes {DEFAULT_SECONDS} seconds where `timeoutSeconds` is none that it takes."
    )
    for step in facts.of(Step):
        entry, action = step.input("timeoutSeconds"), step.action_node
        if step.action not in _WITH_TIMEOUT or action is None:
            continue
        if entry is None and step.inputs:
            yield Hint(action.span, f"timeout {DEFAULT_SECONDS} s", about)
        elif entry is not None and isinstance(entry.value, Scalar):
            value = entry.value
            if "{{" not in value.text and seconds(value.value) is None:
                yield Hint(value.span, f"{DEFAULT_SECONDS} s", about)


def _patience(facts: Facts) -> Iterator[Hint]:
    """How long Data Lifecycle Manager waits where the policy does not say so."""
    for script in facts.of(PolicyScript):
        handler = script.handler
        if handler is None or script.is_vss or script.node.get("ExecutionTimeout") is not None:
            continue
        label = f"timeout {DEFAULT_TIMEOUT_SECONDS} s"
        yield Hint(handler.span, label, "For each of the scripts, without `ExecutionTimeout`.")


def _schedules(facts: Facts, now: datetime) -> Iterator[Hint]:
    for schedule in facts.of(Schedule):
        cron = firing(schedule)
        if schedule.cron_node is not None and cron is not None:
            times = next_fires(cron, now, 1)
            label = f"next {times[0]:%a %Y-%m-%d %H:%M} UTC" if times else "never again"
            yield Hint(schedule.cron_node.span, label)
