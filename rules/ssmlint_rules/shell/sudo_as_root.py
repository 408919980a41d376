"""
## What it does
Reports `sudo` without a user in a script that the agent runs as root. The rule is opt-in, because
this is superfluous in most scripts, and harmful in few.

## Why is this bad?
The agent runs scripts as root already. On an image without `sudo` the command fails with 127,
which `if sudo systemctl is-active ...` takes for "not running"; with `requiretty` it is refused.
`sudo` also drops the environment and the functions of the script.

## Example
```bash
if sudo systemctl is-active --quiet mysqld; then  # <-
    sudo -u mysql mysqladmin flush-tables
fi
```
Use instead:
```bash
if systemctl is-active --quiet mysqld; then
    sudo -u mysql mysqladmin flush-tables
fi
```

## Fix safety
Unsafe: the command sees the script's environment and its `PATH` then.

## References
- [Running commands with the agent](https://docs.aws.amazon.com/systems-manager/latest/userguide/ssm-agent-restrict-root-level-commands.html): the agent runs as root
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.units import Relation
from ssmlint.source import Span
from ssmlint_rules.script_fixes import script_fix


@rule("SH505", "sudo-as-root", Severity.INFO, on=ShellScript, default=False)
def sudo_as_root(script: ShellScript) -> Iterator[Problem]:
    """Report each `sudo` that only says what is so already."""
    for use in script.uses:
        words = use.command.words
        if use.command.name != "sudo" or len(words) < 2 or use.unit.relation is Relation.FOREIGN:
            continue
        if (words[1].literal or "-").startswith("-") or "=" in (words[1].literal or "="):
            continue
        place = use.unit.place(words[0].span)
        superfluous = Span(words[0].span.start, words[1].span.start)
        fix = script_fix(script, "take out `sudo`", (superfluous, ""), unit=use.unit)
        yield Problem(script.place(place), "the script runs as root already", fix=fix)
