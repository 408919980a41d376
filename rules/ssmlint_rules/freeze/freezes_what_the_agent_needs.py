"""
## What it does
Reports a freeze that may hit a filesystem the agent or the shell writes to: `/var`, `/var/lib`,
`/var/log`, `/tmp`.

## Why is this bad?
The agent keeps its state and the script's output below `/var/lib/amazon/ssm` and logs below
`/var/log`. A process that writes to a frozen filesystem blocks: with `/var` frozen the agent
cannot report that pre-script is done, Data Lifecycle Manager waits for its timeout, and
post-script cannot start either (inferred from where the agent writes). On most hosts these are
no mounts of their own, hence *warning*.

## Example
```bash dlm
case "{{ command }}" in
    pre-script)
        for mount in $(findmnt -n -l -o TARGET -t xfs,ext4); do
            case $mount in / | /boot | /boot/*) continue ;; esac
            fsfreeze -f "$mount" || exit 201  # <-
        done
        ;;
    post-script)
        while read -r mount; do fsfreeze -u "$mount"; done < /run/frozen
        ;;
esac
```
Use instead:
```bash dlm
case "{{ command }}" in
    pre-script)
        for mount in $(findmnt -n -l -o TARGET -t xfs,ext4); do
            case $mount in / | /boot | /boot/* | /var | /var/* | /tmp) continue ;; esac
            fsfreeze -f "$mount" || exit 201
        done
        ;;
    post-script)
        while read -r mount; do fsfreeze -u "$mount"; done < /run/frozen
        ;;
esac
```

## References
- aws/amazon-ssm-agent, `agent/appconfig/constants_unix.go`
- fsfreeze(8)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.mounts import may_hold
from ssmlint.shell.paths import freezes
from ssmlint.shell.stages import StageReport
from ssmlint.shell.symbolic.events import Event
from ssmlint.shell.symbolic.values import only_symbol

_NEEDED = ("/var", "/var/lib", "/var/log", "/tmp")


@rule("DLM113", "freezes-what-the-agent-needs", Severity.WARNING, on=StageReport)
def freezes_what_the_agent_needs(report: StageReport) -> Iterator[Problem]:
    """Report freezes by name, and of list items that nothing keeps from being one of these."""
    hit: dict[object, tuple[Event, str]] = {}
    for event in freezes(report):
        for path in _NEEDED:
            if _may_be(report, event, path):
                hit.setdefault(event.place, (event, path))
    for event, path in hit.values():
        literal = only_symbol(event.target) is None
        how = "is frozen" if literal else "would be frozen if it were a mount of its own"
        message = f"`{path}` {how}; the agent and the shell write there"
        yield Problem(report.span(event.place), message)


def _may_be(report: StageReport, event: Event, path: str) -> bool:
    symbol = only_symbol(event.target)
    if symbol is None:
        return event.target.rstrip("/") == path
    return event.constraint.allows(path) and may_hold(report.symbols[symbol], path)
