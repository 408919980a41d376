"""
## What it does
Reports `$(command)` as a command of its own, where the output of the command is no command.

## Why is this bad?
The shell runs the command inside, takes its output, and runs *that*. `$(nohup watchdog &)` works
only because nothing is printed; without `>/dev/null` the shell waits for the background process
to close its output, for a minute or for ever. The status of the command inside is lost.
`$(aws ecr get-login)` and its like, whose output is meant to run, are left alone.

## Example
```bash
$(nohup bash -c 'sleep 60; fsfreeze -u /data' >/dev/null 2>&1 &)  # <-
```
Use instead:
```bash
nohup bash -c 'sleep 60; fsfreeze -u /data' >/dev/null 2>&1 &
```

## Fix safety
Unsafe: the output of the command is not run any more.

## References
- [ShellCheck, SC2091](https://www.shellcheck.net/wiki/SC2091)
- [Bash manual, Command Substitution](https://www.gnu.org/software/bash/manual/html_node/Command-Substitution.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.effects import EffectKind
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import Background, Command, Substitution, walk
from ssmlint.source import Span
from ssmlint_rules.script_fixes import script_fix

_ACTS = (EffectKind.ACQUIRE, EffectKind.RELEASE, EffectKind.MUTATE, EffectKind.FLUSH)


@rule("SH504", "substitution-as-command", Severity.WARNING, on=ShellScript)
def substitution_as_command(script: ShellScript) -> Iterator[Problem]:
    """Report each substitution whose output is not meant to run."""
    for command in script.index.of(Command):
        match command.words:
            case (word,) if len(word.parts) == 1:
                part = word.parts[0]
                if isinstance(part, Substitution) and _is_no_text(script, part):
                    yield _problem(script, part)


def _problem(script: ShellScript, part: Substitution) -> Problem:
    width = 1 if part.backquoted else 2
    start, end = part.span.start, part.span.end
    opening = (Span(start, start + width), "")
    closing = (Span(_inner_end(script, part), end), "")
    return Problem(
        script.place(part.span),
        "the output of the command in `$(...)` is run as another command; its status is lost",
        fix=script_fix(script, "run the command itself", opening, closing),
    )


def _inner_end(script: ShellScript, part: Substitution) -> int:
    inside = script.script.text[part.span.start : part.span.end - 1].rstrip()
    return part.span.start + len(inside)


def _is_no_text(script: ShellScript, part: Substitution) -> bool:
    """Whether what runs inside acts in the background, in silence, or on the host."""
    nodes = [node for statement in part.body for node in walk(statement)]
    if any(isinstance(node, Background) for node in nodes):
        return True
    commands = [node for node in nodes if isinstance(node, Command) and node.words]
    if commands and all(map(_is_silent, commands)):
        return True
    acts = any(
        part.span.covers(use.span) and effect.kind in _ACTS for use, effect in script.effects
    )
    return acts or any(command.name in script.functions for command in commands)


def _is_silent(command: Command) -> bool:
    return any(
        redirect.operator in (">", "&>", ">>") and redirect.descriptor in (None, 1)
        for redirect in command.redirects
    )
