"""Parameters that are written into a script, and the values by which they break out of it. No rule.

One idea for every language: a text parameter stands in a script in some way (unquoted, in
double quotes ...), each way has texts that end the value and begin code, and the
parameter's declaration keeps them out or does not.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from collections.abc import Sequence as SequenceABC

from ssmlint.embedded import Script
from ssmlint.model.document import Parameter
from ssmlint.records import dataclass
from ssmlint.rule import Note, Problem
from ssmlint.source import Span
from ssmlint.tree import Scalar, Sequence, scalars
from ssmlint_rules.interpolation import Reading, fix_for
from ssmlint_rules.patterns import matches

_TEXTS = ("String", "StringList", None)

#: Values that some pattern or other may be about.
_SEEDS = ("", "a", "1", "abc", "10.0.0.1", "/tmp/a", "a.b", "a-b", "a_b", "true", "a@b.c", "a:1")


@dataclass(frozen=True, slots=True)
class Standing:
    """A way in which a value may stand in a script."""

    openness: int
    """The smaller, the less it takes to break out."""
    words: str
    """How it stands there."""
    attacks: tuple[str, ...]
    """Texts that end the value and run something."""
    is_word: bool = False
    """Whether it stands without quotes, so that a value with blanks falls apart."""


@dataclass(frozen=True, slots=True)
class Place:
    """A `{{ parameter }}` in a script; `span` is in the script (code points)."""

    parameter: Parameter
    span: Span
    standing: Standing
    reading: Reading | None
    """What reads the value there from the environment instead; None where that is not known."""


def is_text(parameter: Parameter) -> bool:
    """Whether the parameter's value is a text that is written into scripts as it is."""
    return parameter.type in _TEXTS and not parameter.is_env_var


def injections(script: Script, places: Iterable[Place]) -> Iterator[Problem]:
    """For each parameter the first place of the most open kind that lets something out."""
    by_name: dict[str, list[Place]] = {}
    for place in places:
        by_name.setdefault(place.parameter.name, []).append(place)
    for name, mine in by_name.items():
        for place in sorted(mine, key=lambda place: place.standing.openness):
            value = breaking_value(place.parameter, place.standing)
            if value is not None:
                yield _problem(script, place, value, by_name[name])
                break


def _problem(script: Script, place: Place, value: str, places: SequenceABC[Place]) -> Problem:
    shown = value.replace("\n", "\\n")
    parameter = place.parameter
    why = "nothing restricts it"
    if parameter.allowed_pattern is not None and parameter.allowed_pattern.text:
        why = "its `allowedPattern` does not keep that out"
    node = parameter.field("allowedPattern") or parameter.key
    readings = {script.place(p.span).start: p.reading for p in places}
    return Problem(
        script.place(place.span),
        f"a value such as `{shown}` of `{parameter.name}` is run as a command here: it stands"
        f" {place.standing.words}, and {why}",
        related=(Note(node.span, f"`{parameter.name}` is declared here"),),
        fix=fix_for(script, parameter, readings, is_word=any(p.standing.is_word for p in places)),
    )


@functools.lru_cache(maxsize=64)
def breaking_value(parameter: Parameter, standing: Standing) -> str | None:
    """A value that passes and makes the script run code of its own, None without one."""
    # Two rules ask for every use, and each answer takes some hundred matches.
    return lets_through(parameter, _variants(parameter, standing.attacks))


def _variants(parameter: Parameter, attacks: Iterable[str]) -> Iterator[str]:
    seeds = (*_defaults(parameter), *_SEEDS)
    for attack in attacks:
        for seed in seeds:
            middle = len(seed) // 2
            yield seed + attack
            yield attack + seed
            yield seed[:middle] + attack + seed[middle:]
            yield seed + attack + seed


def _defaults(parameter: Parameter) -> tuple[str, ...]:
    node = parameter.default
    return tuple(scalar.text for scalar in scalars(node))[:3] if node is not None else ()


def lets_through(parameter: Parameter, values: Iterable[str]) -> str | None:
    """The first of `values` that the parameter's declaration allows.

    None too where that can not be told, because the declaration is not well formed.
    """
    allowed = parameter.field("allowedValues")
    if isinstance(allowed, Sequence):
        texts = {item.text for item in allowed.items if isinstance(item, Scalar)}
        return next((value for value in values if value in texts), None)
    if allowed is not None:
        return None
    pattern = parameter.allowed_pattern
    if parameter.field("allowedPattern") is None or (pattern and not pattern.text):
        return next(iter(values), None)
    if pattern is None:
        return None
    return next((value for value in values if matches(pattern.text, value)), None)
