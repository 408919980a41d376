"""Completing inside scripts: variables behind a dollar sign, functions where a command begins."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.shell.environment import AGENT_VARIABLES
from ssmlint.source import Span
from ssmlint_lsp.completing.spots import MARK, Spot
from ssmlint_lsp.completing.types import Candidate, CandidateKind, literal

_DOLLAR = re.compile(r"\$(?P<brace>\{[!#]?)?(?P<name>\w*)\Z")
_COMMAND = re.compile(
    r"(?:\A|[;&|({`]|\b(?:then|else|elif|do|if|while|until|trap|!|time)\b|\\n)[ \t]*(?P<name>\w*)\Z"
)
_REST = re.compile(r"\w*")
#: How scripts give variables a value, as far as a look at the text can tell.
_ASSIGNED = re.compile(
    r"(?<![\w$])(?:(?P<plain>[A-Za-z_]\w*)(?:\[[^]\n]*\])?\+?=|for[ \t]+(?P<loop>[A-Za-z_]\w*)"
    r"|(?:read|local|declare|export|readonly)(?:[ \t]+-\w+)*(?P<list>(?:[ \t]+[A-Za-z_]\w*)+))"
)
_FUNCTION = re.compile(r"(?<![\w$.-])(?:function[ \t]+)?(?P<name>[A-Za-z_][\w-]*)[ \t]*\(\)")


def in_script(spot: Spot) -> Iterator[Candidate]:
    """What may stand at the cursor in the text of a script."""
    script = _script(spot)
    if script is None:
        return
    dollar = _DOLLAR.search(spot.line_before)
    if dollar is not None:
        yield from _variables(spot, script, dollar)
        return
    command = _COMMAND.search(spot.line_before)
    if command is not None and spot.is_alone is False:
        for name in dict.fromkeys(match["name"] for match in _FUNCTION.finditer(script)):
            if MARK not in name:
                span = _span(spot, command["name"])
                yield Candidate(name, CandidateKind.FUNCTION, literal(name), span, "function")


def _script(spot: Spot) -> str | None:
    """The text of the script that the cursor is in, as it is written."""
    place = spot.place
    if place is None or place.on_key or "runCommand" not in place.keys[-2:]:
        return None
    if place.keys[-1] == "runCommand":
        return place.scalar.text if place.scalar is not None else None
    whole = place.around[-2]
    return spot.marked[whole.span.start : whole.span.end]


def _span(spot: Spot, typed: str) -> Span:
    rest = _REST.match(spot.text, spot.offset)
    return Span(spot.offset - len(typed), rest.end() if rest is not None else spot.offset)


def _variables(spot: Spot, script: str, dollar: re.Match[str]) -> Iterator[Candidate]:
    span = _span(spot, dollar["name"])
    brace = "}" if dollar["brace"] and not spot.text.startswith("}", span.end) else ""
    names = [name for match in _ASSIGNED.finditer(script) for name in _names(match)]
    document = spot.document
    handed = [
        f"SSM_{parameter.name}"
        for parameter in (document.parameters.values() if document is not None else ())
        if parameter.is_env_var
    ]
    for name in dict.fromkeys([*names, *handed, *sorted(AGENT_VARIABLES)]):
        detail = "parameter" if name in handed else "set by the agent"
        is_own = name in names
        yield Candidate(
            name,
            CandidateKind.VARIABLE,
            literal(name + brace),
            span,
            "" if is_own else detail,
            rank=1 if is_own else 2 if name in handed else 6,
        )


def _names(match: re.Match[str]) -> Iterator[str]:
    found = match["plain"] or match["loop"]
    if found:
        yield found
    yield from (match["list"] or "").split()
