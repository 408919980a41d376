"""What values a parameter lets through into a script. No rule."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator

from ssmlint.model.document import Parameter
from ssmlint.records import dataclass
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.spans import Spans
from ssmlint.shell.statements import ArithmeticCommand, Command, Literal, Placeholder, Word
from ssmlint.shell.syntax import PlaceholderSpan, Quoting
from ssmlint.source import Span
from ssmlint.tree import Scalar, Sequence, scalars
from ssmlint_rules.patterns import matches

_TEXTS = ("String", "StringList", None)

#: What makes a shell run something, by how the value stands in the script.
_BREAKS_OUT = {
    Quoting.BARE: ("$(id)", "`id`", ";id", "|id", "&id", "\nid"),
    Quoting.DOUBLE: ("$(id)", "`id`", '";id;"'),
    Quoting.SINGLE: ("';id;'",),
    Quoting.HEREDOC: ("$(id)", "`id`"),
    Quoting.ARITHMETIC: ("$(id)", "`id`", "a[$(id)]"),
}
#: Values that some pattern or other may be about.
_SEEDS = ("", "a", "1", "abc", "10.0.0.1", "/tmp/a", "a.b", "a-b", "a_b", "true", "a@b.c", "a:1")


@dataclass(frozen=True, slots=True)
class Use:
    """A `{{ parameter }}` in a script; `span` is in the script (code points)."""

    parameter: Parameter
    span: Span
    quoting: Quoting
    place: Placeholder | None
    """Its node in the syntax tree; None in a text that is for another shell."""


@functools.lru_cache(maxsize=32)
def parameter_uses(script: ShellScript) -> tuple[Use, ...]:
    """The places where a script holds a text parameter that the agent writes into it."""
    nodes = {node.span.start: node for node in script.index.of(Placeholder)}
    for_shells = Spans(unit.span for unit in script.units[1:])
    found = []
    for placeholder, quoting in _quoted(script):
        parameter = script.document.parameters.get(placeholder.name)
        if parameter is None or parameter.is_env_var or parameter.type not in _TEXTS:
            continue
        if quoting in (Quoting.SINGLE, Quoting.DOUBLE) and for_shells.holds(placeholder.start):
            quoting = Quoting.BARE  # code for another shell: `bash -c '...'`
        span = Span(placeholder.start, placeholder.end)
        found.append(Use(parameter, span, quoting, nodes.get(span.start)))
    return tuple(found)


def _quoted(script: ShellScript) -> Iterator[tuple[PlaceholderSpan, Quoting]]:
    """Each placeholder with the quoting of the innermost stretch that it stands in."""
    regions = sorted(script.syntax.regions, key=lambda region: (region[0], -region[1]))
    around: list[tuple[int, Quoting]] = []
    at = 0
    for placeholder in script.script.placeholders:
        while at < len(regions) and regions[at][0] <= placeholder.start:
            start, end, quoting = regions[at]
            around = [item for item in around if item[0] > start]
            around.append((end, quoting))
            at += 1
        around = [item for item in around if item[0] > placeholder.start]
        yield placeholder, around[-1][1] if around else Quoting.BARE


def breaks_out(use: Use) -> str | None:
    """A value that passes and makes the shell run a command of its own, None without one."""
    return _breaks_out(use.parameter, use.quoting)


@functools.lru_cache(maxsize=64)
def _breaks_out(parameter: Parameter, quoting: Quoting) -> str | None:
    # Two rules ask for every use, and each answer takes some hundred matches.
    return lets_through(parameter, _variants(parameter, _BREAKS_OUT.get(quoting, ())))


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


def is_the_command(script: ShellScript, use: Use) -> bool:
    """Whether the parameter *is* the command, so that running it is what it is for."""
    text = script.script.text
    start = text.rfind("\n", 0, use.span.start) + 1
    end = text.find("\n", use.span.end)
    line = text[start : use.span.start] + text[use.span.end : end if end >= 0 else len(text)]
    if not line.strip(" \t'\";") or _whole_scripts(script).holds(use.span.start):
        return True
    word = script.index.parent(use.place) if use.place is not None else None
    command = script.index.parent(word) if isinstance(word, Word) else None
    if not isinstance(command, Command) or word is None:
        return False
    alone = all(isinstance(p, Placeholder) or _is_empty(p) for p in word.parts)
    first = command.words[0]
    runs = first.literal in ("eval", "sh", "bash") and word in command.words[1:3]
    return alone and (word is first or runs)


@functools.lru_cache(maxsize=32)
def _whole_scripts(script: ShellScript) -> Spans:
    """The texts for other shells that consist of nothing but one unknown."""
    return Spans(unit.span for unit in script.units[1:] if _is_hole(unit.text))


def _is_hole(text: str) -> bool:
    return len(text.strip()) == 1 and not text.strip().isascii()


def _is_empty(part: object) -> bool:
    return isinstance(part, Literal) and not part.text.strip()


def in_test(script: ShellScript, use: Use) -> bool:
    """Whether the value is an operand of `[ ... ]`, where an empty one is a syntax error."""
    from ssmlint.shell.statements import Test

    if use.place is None:
        return False
    test = script.index.enclosing(use.place, Test)
    return test is not None and not isinstance(test, ArithmeticCommand) and test.bracket != "[["
