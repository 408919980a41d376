"""Loops over the output of a command, in the shell that goes on behind them, as fixes. No rule."""

from __future__ import annotations

from ssmlint.rule import Fix
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import For, Pipeline, Statement, Substitution, While, Word
from ssmlint.shell.units import Unit
from ssmlint.source import Span
from ssmlint_rules.script_fixes import insertion, script_fix


def fed_from_behind(script: ShellScript, loop: Statement) -> Fix | None:
    """`command | while ...; done` as `while ...; done < <(command)`, which is no subshell."""
    pipeline = script.index.parent(loop)
    if not isinstance(loop, While) or loop.redirects or not isinstance(pipeline, Pipeline):
        return None
    *before, last = pipeline.commands
    feed = Span(pipeline.span.start, before[-1].span.end) if before else None
    if feed is None or last is not loop or pipeline.negated or not script.is_bash:
        return None
    written = script.written(feed)
    if script.written(Span(feed.end, loop.span.start)).strip() != "|" or "\n" in written:
        return None
    out = (Span(feed.start, loop.span.start), "")
    return script_fix(
        script, "keep the loop in this shell", out, insertion(loop.span.end, f" < <({written})")
    )


def line_by_line(script: ShellScript, unit: Unit, loop: For | While) -> Fix | None:
    """`for name in $(command)` as `while IFS= read -r name ... < <(command)`."""
    if not isinstance(loop, For) or loop.redirects or not script.is_bash:
        return None
    match loop.words:
        case (Word(parts=(Substitution(quoted=False, backquoted=False) as made,)) as word,):
            command = unit.text[made.span.start + 2 : made.span.end - 1].strip()
        case _:
            return None
    if "\n" in command or not command:
        return None
    head = (Span(loop.span.start, word.span.end), f"while IFS= read -r {loop.name}")
    fed = insertion(loop.span.end, f" < <({command})")
    return script_fix(script, "read it line by line", head, fed, unit=unit)
