"""
## What it does
Reports a file that a test asks for, or that a watchdog reads or runs, in a folder below `/run` or `/tmp` that
the script makes itself, and that nothing in the script makes.

## Why is this bad?
Nobody else puts files there, so that the test always says no, and the watchdog finds nothing: the rollback
behind `[ -e /run/dlm/frozen ] &&` never thaws, and neither does a loop over a list of another name.

## Example
```bash dlm
pre() {
    mkdir /run/dlm || exit 204
    systemd-run --on-active=150 sh -c 'while read -r m; do fsfreeze -u "$m"; done < /run/dlm/frosen'  # <-
    echo /data > /run/dlm/frozen
    fsfreeze -f /data
}
post() {
    [ -e /run/dlm/expired ] && exit 203  # <-
    fsfreeze -u /data
}
```
Use instead:
```bash dlm
pre() {
    mkdir /run/dlm || exit 204
    systemd-run --on-active=150 sh -c 'while read -r m; do fsfreeze -u "$m"; done < /run/dlm/frozen; touch /run/dlm/expired'
    echo /data > /run/dlm/frozen
    fsfreeze -f /data
}
post() {
    [ -e /run/dlm/expired ] && exit 203
    fsfreeze -u /data
}
```

A test in the script itself is a warning, since the script goes on without the file.

Nothing is said where another program is given the folder, where names of files are put together (`"/run/dlm/$name"`), or where the script goes into the
folder (`cd /run/dlm`).

## References
- [Filesystem Hierarchy Standard, /run](https://refspecs.linuxfoundation.org/FHS_3.0/fhs/ch03s15.html)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.near import nearest
from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.constants import text_of
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import Command, Redirect, TestUnary, Word
from ssmlint.shell.units import Unit, Use

_OWN = re.compile(r"/(?:run|var/run|tmp|dev/shm)/.+")
_ASKS = frozenset({"-e", "-f", "-s", "-r"})
_READS = frozenset({"cat", "tac", "bash", "sh"})
_MAKES = frozenset({"mkdir", "install"})
#: Commands that put nothing into a folder.
_TOOLS = frozenset({"chmod", "chown", "echo", "ls", "printf", "rm", "rmdir", "test", "[", "touch"})
#: Commands that make no file.
_LEAVES = _TOOLS - {"touch"}
#: A name behind a variable or a path, which is no text of the script.
_PUT_TOGETHER = re.compile(r"/[\"']?[${]")


@rule("DLM316", "file-never-made", Severity.ERROR, on=ShellScript)
def file_never_made(script: ShellScript) -> Iterator[Problem]:
    """Report each path whose name stands nowhere else."""
    text = script.script.text
    folders = _own_folders(script) if script.document.is_dlm else set()
    if not folders or _PUT_TOGETHER.search(text) or script.assigns_unknown:
        return
    if any(use.command.name in ("cd", "pushd") for use in script.uses):
        return
    names = re.findall(r"[/{,=][\"']?([\w.-]+)", text)
    made = _made(script)
    for unit in script.units:
        for word in _asked(unit, script):
            path = text_of(word, script.constants)
            folder, _, name = path.rpartition("/")
            if folder in folders and names.count(name) == 1 and path not in made:
                meant = nearest(name, sorted(set(names) - {name}))
                hint = f"; did you mean `{meant}`?" if meant else ""
                place = script.place(unit.place(word.span))
                # Who only asks goes on without it.
                severity = Severity.WARNING if unit is script.main else None
                yield Problem(place, f"nothing makes the file `{path}`{hint}", severity=severity)


def _own_folders(script: ShellScript) -> set[str]:
    """The folders that the script makes, and that it hands to no other program."""
    makes = [use for use in script.uses if use.command.name in _MAKES]
    made = {text for use in makes for text in _texts(use, script) if _OWN.fullmatch(text)}
    others = [u for u in script.uses if made and u.command.name not in _MAKES | _TOOLS]
    return made - {text.rpartition("=")[2] for use in others for text in _texts(use, script)}


def _texts(use: Use, script: ShellScript) -> set[str]:
    return {text_of(word, script.constants).rstrip("/") for word in use.command.words[1:]}


def _made(script: ShellScript) -> set[str]:
    """What is written to or given to a program, also by a variable: `: > "$STATE"`."""
    made = {
        text_of(redirect.target, script.constants)
        for unit in script.units
        for redirect in unit.index.of(Redirect)
        if redirect.operator != "<" and redirect.target is not None
    }
    takers = [use for use in script.uses if use.command.name not in _LEAVES | _READS]
    return made | {text for use in takers for text in _texts(use, script)}


def _asked(unit: Unit, script: ShellScript) -> Iterator[Word]:
    """The words of files that have to be there; what the script itself reads is run elsewhere."""
    yield from (test.operand for test in unit.index.of(TestUnary) if test.operator in _ASKS)
    if unit is script.main:
        return
    for redirect in unit.index.of(Redirect):
        if redirect.operator == "<" and redirect.target is not None:
            yield redirect.target
    for command in unit.index.of(Command):
        if command.name in _READS:
            yield from command.words[1:]
