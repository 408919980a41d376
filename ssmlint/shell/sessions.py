"""Locks that a session of a database client holds, and what ends with it."""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.records import dataclass
from ssmlint.shell.effects import Effect, EffectKind
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.units import Use


@dataclass(frozen=True, slots=True, eq=False)
class Begun:
    """Something that a client's session holds, and that ends with the client."""

    use: Use
    effect: Effect


def lost_locks(script: ShellScript) -> Iterator[Begun]:
    """The locks that are gone before the next command runs, in order."""
    for use, effect in script.effects:
        if effect.kind is not EffectKind.ACQUIRE or not effect.row.session:
            continue
        made = use.invocation
        if made.one_shot and not made.interactive_hold and not _ended_there(script, use, effect):
            yield Begun(use, effect)


def _ended_there(script: ShellScript, use: Use, effect: Effect) -> bool:
    """Whether the same client gives the lock back, so that it was for its own text only."""
    return any(
        other.kind is EffectKind.RELEASE
        and other.resource == effect.resource
        and other.span.start >= effect.span.start
        for same, other in script.effects
        if same.command is use.command
    )


def late_releases(script: ShellScript) -> Iterator[tuple[Use, Effect, Begun]]:
    """Releases in a session of their own of what another session held."""
    lost = list(lost_locks(script))
    for use, effect in script.effects:
        if effect.kind is not EffectKind.RELEASE or not use.invocation.one_shot:
            continue
        for begun in lost:
            same = begun.effect.resource == effect.resource
            if same and begun.use.command is not use.command:
                yield use, effect, begun
                break
