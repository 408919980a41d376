"""What the words of a PowerShell script mean: its variables and functions."""

from __future__ import annotations

from ssmlint.engine import Facts
from ssmlint.powershell.scriptfacts import PowerShellScript
from ssmlint_lsp.hovering.types import Hover, assigned_in, code, joined
from ssmlint_lsp.names.finding import named_at
from ssmlint_lsp.names.powershell import definitions
from ssmlint_lsp.names.types import Name, NameKind, Role


def hover(facts: Facts, offset: int) -> Hover | None:
    """The hover over a name of a script."""
    named = named_at(facts, offset)
    if named is None or not isinstance(named.name.scope, PowerShellScript):
        return None
    name = named.name
    is_function = name.kind is NameKind.POWERSHELL_FUNCTION
    text = _function(facts, name.scope, name) if is_function else _variable(facts, name)
    return Hover(named.occurrence.span, text)


def _variable(facts: Facts, name: Name) -> str:
    drive, colon, rest = name.text.partition(":")
    if colon and drive.casefold() == "env":
        return joined(f"**{rest}**, variable of the environment", _handed(rest))
    where = f", local to `{name.container}`" if name.container else ""
    places = [item.span for item in name.occurrences if item.role is not Role.READ]
    said = assigned_in(facts, places) if places else "Not assigned in this script."
    return joined(f"**{name.text}**, variable{where}", said)


def _handed(name: str) -> str:
    if name.casefold() == "inputpayload":
        return "The `InputPayload` of the step as JSON: read it with `ConvertFrom-Json`."
    return ""


def _function(facts: Facts, script: PowerShellScript, name: Name) -> str:
    declared = name.declaration
    line = facts.file.source.lines.line_of(declared.span.start) + 1 if declared else 0
    uses = sum(item.role is Role.READ for item in name.occurrences)
    counted = f"named {uses} time{'s' * (uses != 1)}"
    text = script.script.text
    heads = [
        text[text.rfind("\n", 0, found.span.start) + 1 : found.whole.end].split("\n")[0]
        for found in definitions(script)
        if found.text.casefold() == name.text.casefold()
    ]
    return joined(
        f"**{name.text}**, function, defined in line {line}, {counted}",
        code(heads[0], "powershell") if heads else "",
    )
