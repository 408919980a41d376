"""
## What it does
Reports a search for processes by command line that finds more than was meant: for the name of a
function of the script, behind `sudo`, or in the output of `ps` with `grep`.

## Why is this bad?
`pgrep -f name` matches every process that has the text anywhere in its command line: an editor
that has the script open, a `grep` for it, the shell of another run. What is killed then may be
anything. Behind `sudo` it always finds `sudo` itself, and `ps | grep name` finds the `grep`, so
that the search never comes up empty. Note the process id when the process is started, or
give it a unit of its own with `systemd-run --unit=...`.

## Example
```bash
auto_thaw() { sleep 60; fsfreeze -u /data; }
export -f auto_thaw
setsid bash -c auto_thaw &
pkill -f auto_thaw  # <-
```
Use instead:
```bash
auto_thaw() { sleep 60; fsfreeze -u /data; }
export -f auto_thaw
setsid bash -c auto_thaw &
echo $! > /run/auto-thaw.pid
pkill -F /run/auto-thaw.pid
```

A pattern in brackets does not match itself:
```bash
sudo pgrep -f mysqld_safe  # <-
ps aux | grep mysqld && echo 'running'  # <-
```
Use instead:
```bash
sudo pgrep -f '[m]ysqld_safe'
ps aux | grep '[m]ysqld' && echo 'running'
```

## Fix safety
Unsafe: the search finds nothing where it found itself. What is looked for by the name of a function is not
fixed.

## References
- pgrep(1), `--full`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.shell.commands import Field
from ssmlint.shell.options import Grammar, read
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import Command, Pipeline, Word
from ssmlint.shell.units import Use
from ssmlint_rules.script_fixes import not_matching_itself

_VALUES = "-d -F -G -g -P -s -t -u -U -O --ns --nslist --pidfile --pgroup --group --parent"
_PGREP = Grammar(values=frozenset([*_VALUES.split(), "--session", "--terminal", "--uid", "--euid"]))
_ALL_ARGUMENTS = ("aux", "-aux", "-ef", "ax", "-ax", "axu", "auxww", "-eF", "auxw", "-elf", "-fe")


@rule("SH501", "pgrep-own-name", Severity.WARNING, on=ShellScript)
def pgrep_own_name(script: ShellScript) -> Iterator[Problem]:
    """Report each search that finds too much."""
    for use in script.uses:
        if use.invocation.name in ("pgrep", "pkill"):
            yield from _full_match(script, use)
    for unit in script.units:
        for pipeline in unit.index.of(Pipeline):
            word = _greps_itself(pipeline)
            if word is not None:
                yield Problem(
                    script.place(unit.place(pipeline.span)),
                    f"`grep {word.literal}` finds itself in the output of `ps`",
                    fix=not_matching_itself(script, unit, word),
                )


def _full_match(script: ShellScript, use: Use) -> Iterator[Problem]:
    line = read(use.invocation.arguments, _PGREP)
    if not line.has("-f", "--full") or not line.operands:
        return
    pattern = line.operands[-1]
    function = script.functions.get(pattern.text.strip("^$ "))
    if function is not None:
        note = Note(script.place(function.name_span), "the function")
        yield Problem(
            script.place(use.span),
            f"this matches every process with `{pattern.text}` in its command line, not only the"
            " function",
            related=(note,),
        )
    elif "sudo" in use.invocation.wrappers and _matches_itself(pattern):
        name = use.invocation.name
        text = (
            f"`sudo {name} -f` finds its own `sudo`, which has `{pattern.text}` among its arguments"
        )
        word = next((w for w in use.command.words if w.literal == pattern.text), None)
        fix = not_matching_itself(script, use.unit, word) if word else None
        yield Problem(script.place(use.span), text, fix=fix)


def _matches_itself(pattern: Field) -> bool:
    return pattern.known and not set(pattern.text) & set("[]^$\\*+?(){}|")


def _greps_itself(pipeline: Pipeline) -> Word | None:
    """The word that `ps aux | grep word` looks for, where nothing takes the `grep` out."""
    names = [c.name if isinstance(c, Command) else None for c in pipeline.commands]
    if names[:2] not in (["ps", "grep"], ["ps", "egrep"]) or names.count(names[1]) > 1:
        return None
    ps, grep, *rest = pipeline.commands
    assert isinstance(ps, Command)
    assert isinstance(grep, Command)
    arguments = [word.literal or "" for word in ps.words[1:]]
    patterns = [w for w in grep.words[1:] if not (w.literal or "").startswith("-")]
    flags = "".join((w.literal or "")[1:] for w in grep.words[1:] if (w.literal or "")[:1] == "-")
    later = [c.name for c in rest if isinstance(c, Command)]
    if "v" in flags or "w" in flags or len(patterns) != 1 or "awk" in later or "sed" in later:
        return None
    word = patterns[0].literal
    shows_arguments = any(argument in _ALL_ARGUMENTS for argument in arguments)
    return patterns[0] if word and shows_arguments and not set(word) & set("[]^$ \\") else None
