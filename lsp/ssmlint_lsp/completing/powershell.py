"""Completing inside scripts in PowerShell: variables behind a dollar sign, functions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.embedded import Language
from ssmlint.shell.environment import AGENT_VARIABLES
from ssmlint_lsp.completing.scripts import (
    Written,
    line_before,
    may_begin_command,
    named,
    script_at,
    word_span,
)
from ssmlint_lsp.completing.spots import Spot
from ssmlint_lsp.completing.types import Candidate, CandidateKind, literal

_DOLLAR = re.compile(r"\$(?P<brace>\{)?(?P<drive>env:)?(?P<name>\w*)\Z", re.IGNORECASE)
_COMMAND = re.compile(r"(?:\A|[;|({&=]|\\n)[ \t]*(?P<name>[A-Za-z][\w-]*)?\Z")
_REST = re.compile(r"[\w-]*")
_ASSIGNED = re.compile(
    r"\$(?:(?:script|global|local|private):)?(\w+)[ \t]*(?:[-+*/?]{0,2}=|,|\))"
    r"|foreach[ \t]*\([ \t]*\$(\w+)",
    re.IGNORECASE,
)
_FUNCTION = re.compile(r"\b(?:function|filter)[ \t]+([\w-]+)", re.IGNORECASE)
#: Worth a hint; all the others are found by their first letters in no list of ours.
_AUTOMATIC = (
    "_",
    "true",
    "false",
    "null",
    "LASTEXITCODE",
    "ErrorActionPreference",
    "PSVersionTable",
)


def in_powershell(spot: Spot) -> Iterator[Candidate]:
    """What may stand at the cursor in a script in PowerShell."""
    script = script_at(spot)
    if script is None or script.language is not Language.POWERSHELL:
        return
    dollar = _DOLLAR.search(spot.line_before)
    if dollar is not None:
        yield from _variables(spot, script, dollar)
        return
    command = _COMMAND.search(line_before(spot))
    if command is not None and may_begin_command(spot):
        span = word_span(spot, command["name"] or "")
        rest = _REST.match(spot.text, spot.offset)
        span = type(span)(span.start, rest.end() if rest is not None else span.end)
        for name in named(_FUNCTION, script.text):
            yield Candidate(name, CandidateKind.FUNCTION, literal(name), span, "function")


def _variables(spot: Spot, script: Written, dollar: re.Match[str]) -> Iterator[Candidate]:
    span = word_span(spot, dollar["name"])
    brace = "}" if dollar["brace"] and not spot.text.startswith("}", span.end) else ""
    document = spot.document
    handed = [
        f"SSM_{parameter.name}"
        for parameter in (document.parameters.values() if document is not None else ())
        if parameter.is_env_var
    ]
    drive = "" if dollar["drive"] else "env:"
    own = [] if dollar["drive"] else list(named(_ASSIGNED, script.text))
    rows = [
        *((name, "", 1) for name in own),
        *((f"{drive}{name}", "parameter", 2) for name in handed),
        *((f"{drive}{name}", "set by the agent", 6) for name in sorted(AGENT_VARIABLES)),
        *((name, "set by PowerShell", 7) for name in _AUTOMATIC if not dollar["drive"]),
    ]
    for name, detail, rank in rows:
        yield Candidate(
            name, CandidateKind.VARIABLE, literal(name + brace), span, detail, rank=rank
        )
