"""What the words of a script mean: variables, functions, exit codes, what commands do."""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.engine import Facts
from ssmlint.model.exit_codes import meaning
from ssmlint.shell.effect_rows import EffectKind, EffectRow
from ssmlint.shell.effects import Effect
from ssmlint.shell.environment import AGENT_VARIABLES, BASH_VARIABLES, SERVICE_VARIABLES
from ssmlint.shell.exits import documented_codes, exits
from ssmlint.shell.fields import UNKNOWN
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.source import Span
from ssmlint_lsp.cursor import ShellPlace, shell_place, touches
from ssmlint_lsp.hovering.types import Hover, assigned_in, code, joined, quoted
from ssmlint_lsp.names.finding import Named, named_at
from ssmlint_lsp.names.types import NameKind, Role


def hover(facts: Facts, offset: int) -> Hover | None:
    """The hover over a word of a script."""
    place = shell_place(facts, offset)
    if place is None:
        return None
    named = named_at(facts, offset)
    if named is not None and named.name.kind is NameKind.SHELL_VARIABLE:
        return Hover(named.occurrence.span, _variable(facts, place.shell, named))
    if named is not None and named.name.kind is NameKind.FUNCTION:
        return Hover(named.occurrence.span, _function(facts, place.shell, named))
    return _exit_code(place) or _effect(place)


# --- names --------------------------------------------------------------------------------


def _variable(facts: Facts, shell: ShellScript, named: Named) -> str:
    name = named.name
    where = f", local to `{name.container}`" if name.container else ""
    value = shell.constants.get(name.text) if not where else None
    places = [item.span for item in name.occurrences if item.role is not Role.READ]
    return joined(
        f"**{name.text}**, variable{where}",
        f"Always {quoted(value)}." if value else "",
        assigned_in(facts, places) if places else _given(shell, name.text),
    )


def _given(shell: ShellScript, name: str) -> str:
    if name in AGENT_VARIABLES:
        return "Set by the agent for every script."
    if name in shell.provided:
        return "Set by the document."
    if name in BASH_VARIABLES:
        return "Set by bash."
    if name in SERVICE_VARIABLES:
        return "From the environment of the agent."
    return "Not assigned in this script."


def _function(facts: Facts, shell: ShellScript, named: Named) -> str:
    function = shell.functions.get(named.name.text)
    if function is None:
        return f"**{named.name.text}**, function"
    comment = _comments_above(shell, function.span.start)
    uses = sum(item.role is Role.READ for item in named.name.occurrences)
    line = facts.file.source.lines.line_of(shell.place(function.name_span).start) + 1
    counted = f"named {uses} time{'s' * (uses != 1)}"
    head = shell.script.text[function.span.start : function.span.end].split("\n")[0]
    return joined(
        f"**{function.name}**, function, defined in line {line}, {counted}",
        comment,
        code(head, "bash"),
    )


def _comments_above(shell: ShellScript, offset: int) -> str:
    """The comment right above a definition, without its signs."""
    text = shell.script.text
    ends = {comment.end: comment for comment in shell.syntax.comments}
    lines: list[str] = []
    at = text.rfind("\n", 0, offset)
    while at >= 0 and at in ends:
        comment = ends[at]
        start = text.rfind("\n", 0, comment.start) + 1
        if text[start : comment.start].strip() or text.startswith("#!", comment.start):
            break
        lines.insert(0, text[comment.start : comment.end].lstrip("#").strip())
        at = start - 1
    return "\n".join(lines)


# --- exit codes -----------------------------------------------------------------------------


def _exit_code(place: ShellPlace) -> Hover | None:
    shell = place.shell
    for found in exits(shell):
        in_word = touches(found.span, place.at)
        in_command = found.use is not None and touches(_head(found.use.span), place.at)
        if found.code is not None and (in_word or in_command):
            text = exit_text(shell, found.code)
            return Hover(shell.place(found.span), text) if text else None
    return None


def _head(command: Span) -> Span:
    """Where `exit` itself stands."""
    return Span(command.start, min(command.end, command.start + len("exit")))


def exit_text(shell: ShellScript, number: int) -> str:
    """What an exit code means, to AWS and by the script's own comments."""
    said = meaning(number, shell.document.is_dlm)
    own = own_meaning(shell, number)
    if not said and not own:
        return ""
    return joined(
        f"**exit code {number}**" + (f": {said}" if said else ""),
        f"By the comments of the script: {quoted(own)}" if own else "",
    )


def own_meaning(shell: ShellScript, number: int) -> str:
    """What the table of codes in the script's comments says of one."""
    for row in documented_codes(shell):
        if row.code == number:
            comment = next((c for c in shell.syntax.comments if c.covers(row.span)), row.span)
            return shell.written(comment).lstrip("#").strip()
    return ""


# --- effects --------------------------------------------------------------------------------


def _effect(place: ShellPlace) -> Hover | None:
    shell = place.shell
    around = [(use, effect) for use, effect in shell.effects if touches(use.span, place.at)]
    if not around:
        return None
    # Over a statement that a client is given, that one; over the client, all of them.
    spans = [effect.span for _, effect in around if touches(effect.span, place.at)]
    span = min(spans or [use.span for use, _ in around], key=len)
    texts = (effect_text(e) for use, e in around if span in (e.span, use.span))
    return Hover(shell.place(span), joined(*dict.fromkeys(texts)))


_DOES = {
    EffectKind.ACQUIRE: "Takes hold of (freezes, locks, suspends, stops)",
    EffectKind.RELEASE: "Lets go of (thaws, unlocks, resumes, starts)",
    EffectKind.PROBE: "Asks about",
    EffectKind.LIST: "Lists",
    EffectKind.WATCHDOG: "Makes something happen later, whatever becomes of the script:",
    EffectKind.MUTATE: "Changes",
    EffectKind.FLUSH: "Writes out what is cached of",
    EffectKind.QUERY: "Only reads",
}


def effect_text(effect: Effect) -> str:
    """What a command does, from the row of the table."""
    row = effect.row
    target = effect.target.replace(UNKNOWN, "...").strip(".")
    resource = row.resource.replace("-", " ") or "the host"
    what = f"{_DOES[effect.kind]} {resource}" + (f" {quoted(target)}" if target else "")
    return joined(
        f"**{row.name}**: {what}.",
        "\n".join(f"- {fact}" for fact in _particulars(effect.kind, row)),
        f"Source: {row.source}",
    )


def _particulars(kind: EffectKind, row: EffectRow) -> Iterator[str]:
    if kind is EffectKind.ACQUIRE:
        if row.session:
            yield "held by the client's session, and released when that ends"
        elif row.expires:
            yield "ends by itself after a time"
        else:
            yield "stays until something releases it"
    if row.waits:
        yield "may wait without bound"
    if row.status:
        yield "exit status: " + ", ".join(f"`{code}` {words}" for code, words in row.status)
    if row.requires:
        yield f"needs {row.requires}"
    if row.note:
        yield row.note
