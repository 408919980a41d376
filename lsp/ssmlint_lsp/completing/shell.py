"""Completing inside shell scripts: variables behind a dollar sign, functions where a command begins."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.embedded import Language
from ssmlint.shell.environment import AGENT_VARIABLES
from ssmlint_lsp.completing.scripts import line_before, may_begin_command, script_at, word_span
from ssmlint_lsp.completing.spots import MARK, Spot
from ssmlint_lsp.completing.types import Candidate, CandidateKind, literal

_DOLLAR = re.compile(r"\$(?P<brace>\{[!#]?)?(?P<name>\w*)\Z")
_COMMAND = re.compile(
    r"(?:\A|[;&|({`]|\b(?:then|else|elif|do|if|while|until|trap|!|time)\b|\\n)[ \t]*(?P<name>\w*)\Z"
)
#: How scripts give variables a value, as far as a look at the text can tell.
_ASSIGNED = re.compile(
    r"(?<![\w$])(?:(?P<plain>[A-Za-z_]\w*)(?:\[[^]\n]*\])?\+?=|for[ \t]+(?P<loop>[A-Za-z_]\w*)"
    r"|(?:read|local|declare|export|readonly)(?:[ \t]+-\w+)*(?P<list>(?:[ \t]+[A-Za-z_]\w*)+))"
)
_FUNCTION = re.compile(r"(?<![\w$.-])(?:function[ \t]+)?(?P<name>[A-Za-z_][\w-]*)[ \t]*\(\)")


def in_shell(spot: Spot) -> Iterator[Candidate]:
    """What may stand at the cursor in the text of a shell script."""
    script = script_at(spot)
    if script is None or script.language is not Language.SHELL:
        return
    dollar = _DOLLAR.search(spot.line_before)
    if dollar is not None:
        yield from _variables(spot, script.text, dollar)
        return
    command = _COMMAND.search(line_before(spot))
    if command is not None and may_begin_command(spot):
        for name in dict.fromkeys(match["name"] for match in _FUNCTION.finditer(script.text)):
            if MARK not in name:
                span = word_span(spot, command["name"])
                yield Candidate(name, CandidateKind.FUNCTION, literal(name), span, "function")


def _variables(spot: Spot, script: str, dollar: re.Match[str]) -> Iterator[Candidate]:
    span = word_span(spot, dollar["name"])
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
