"""
## What it does
Reports `docker exec` and `docker run` with both `-i` and `-t` in a script that the agent runs.

## Why is this bad?
`-it` is what one types by hand. The agent starts a script without a terminal, and there Docker
refuses: `the input device is not a TTY`, status 1. The command in the container is never run. Leave
out `-t`; `-i` is only needed where something is piped into the container.

## Example
```bash
docker exec -it pgsql psql -U postgres -c CHECKPOINT || exit 201  # <-
```
Use instead:
```bash
docker exec pgsql psql -U postgres -c CHECKPOINT || exit 201
```

## References
- [Docker documentation, docker container run](https://docs.docker.com/reference/cli/docker/container/run/#tty):
  `--tty`, and the error where standard input is no terminal
- aws/amazon-ssm-agent, `agent/executers/executers.go`: a script's standard input is not a terminal
  (inferred: none is set)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.constants import text_of
from ssmlint.shell.fields import Field
from ssmlint.shell.options import Grammar, read
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.units import Use

#: Options of `docker exec` and `docker run` with a value, that often stand before `-it`.
_GRAMMAR = Grammar(
    values=frozenset(
        {
            "-u",
            "--user",
            "-e",
            "--env",
            "-w",
            "--workdir",
            "-v",
            "--volume",
            "--name",
            "--network",
            "-p",
            "--publish",
            "--env-file",
            "--detach-keys",
            "--entrypoint",
            "-m",
            "--memory",
            "--mount",
            "-l",
            "--label",
            "-h",
            "--hostname",
        }
    ),
    ordered=True,
)
#: script(1), unbuffer(1), ssh(1) with `-t`.
_MAKE_TERMINALS = frozenset({"script", "unbuffer", "ssh"})
_ASKS_FOR_TERMINAL = re.compile(r"-t [012]\b|\btty\b")


@rule("SH516", "terminal-for-container", Severity.ERROR, on=ShellScript)
def terminal_for_container(script: ShellScript) -> Iterator[Problem]:
    """Report each such command, in scripts that do not ask whether there is a terminal."""
    text = script.script.text
    if "docker" not in text or _ASKS_FOR_TERMINAL.search(text):
        return
    for use in script.uses:
        place = _docker(script, use)
        if place is not None:
            message = (
                "there is no terminal under the agent, so that Docker refuses `-t`; leave it out"
            )
            yield Problem(script.place(use.unit.place(place.span)), message)


def _around(use: Use) -> Iterator[str]:
    """The names of the commands that the text is for in which a command stands."""
    unit = use.unit
    while unit.parent is not None:
        yield (unit.command.name if unit.command is not None else None) or ""
        unit = unit.parent


def _docker(script: ShellScript, use: Use) -> Field | None:
    """The program's name in a `docker exec -it`; None in any other command."""
    words = [Field(text_of(word, script.constants), word.span) for word in use.command.words]
    names = [word.text for word in words]
    if "docker" not in names or not _MAKE_TERMINALS.isdisjoint([*names, *_around(use)]):
        return None
    at = names.index("docker")
    behind = words[at + 1 :]
    if behind and behind[0].text == "container":
        behind = behind[1:]
    if not behind or behind[0].text not in ("exec", "run"):
        return None
    line = read(behind[1:], _GRAMMAR)
    detached = line.has("-d", "--detach")
    both = line.has("-i", "--interactive") and line.has("-t", "--tty")
    return words[at] if both and not detached else None
