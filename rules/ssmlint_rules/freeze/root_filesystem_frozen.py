"""
## What it does
Reports a freeze of `/` or `/boot` by name.

## Why is this bad?
With the root filesystem frozen nothing can be written any more that the thaw itself may need:
the agent's state and output, logs, temporary files of the shell. The command that should thaw
may then hang as well, and only a hard reset helps. *Error*.

## Example
```bash dlm
case "{{ command }}" in
    pre-script) fsfreeze -f / || exit 201 ;;  # <-
    post-script) fsfreeze -u / || exit 202 ;;
esac
```
Use instead:
```bash dlm
case "{{ command }}" in
    pre-script) fsfreeze -f /data || exit 201 ;;
    post-script) fsfreeze -u /data || exit 202 ;;
esac
```

## References
- fsfreeze(8)
- aws/amazon-ssm-agent, `agent/appconfig/constants_unix.go`: the agent keeps its data below `/var/lib/amazon/ssm`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.paths import freezes
from ssmlint.shell.stages import StageReport


@rule("DLM111", "root-filesystem-frozen", Severity.ERROR, on=StageReport)
def root_filesystem_frozen(report: StageReport) -> Iterator[Problem]:
    """Report freezes whose target is the root or the boot filesystem."""
    for event in freezes(report):
        path = event.target.rstrip("/") or "/"
        if path in ("/", "/boot") or path.startswith("/boot/"):
            yield Problem(report.span(event.place), f"`{path}` is frozen; the thaw may need it")
