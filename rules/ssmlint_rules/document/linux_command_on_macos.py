"""
## What it does
Reports a shell script that only macOS runs, by the precondition of its step, and that calls programs which only
Linux has: `fsfreeze`, `systemctl`, `findmnt`, `lsblk`.

## Why is this bad?
On Linux, for which it was written, the agent skips the step, and skipped counts as success: Data Lifecycle Manager
tags snapshots as application-consistent, and nothing was frozen.

## Example
```yaml step
- action: aws:runShellScript
  name: freeze
  precondition:
    StringEquals: [platformType, MacOS]
  inputs:
    runCommand:
    - fsfreeze -f /data  # <-
```
Use instead:
```yaml step
- action: aws:runShellScript
  name: freeze
  precondition:
    StringEquals: [platformType, Linux]
  inputs:
    runCommand:
    - fsfreeze -f /data
```

## References
- [Command document plugin reference](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-command-ssm-plugin-reference.html):
  `precondition`
- util-linux, systemd: both are for Linux alone
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint_rules.preconditions import conditions, platform_of

#: Programs of util-linux, systemd and xfsprogs that read or set what only Linux has.
_LINUX = frozenset(
    {"findmnt", "fsfreeze", "journalctl", "lsblk", "mountpoint", "systemctl", "systemd-run"}
    | {"xfs_freeze"}
)


@rule("SSM316", "linux-command-on-macos", Severity.ERROR, on=ShellScript)
def linux_command_on_macos(script: ShellScript) -> Iterator[Problem]:
    """Report the first such command of a script."""
    for condition in conditions(script.document):
        platform = platform_of(condition.operands or ())
        if platform is None or condition.operator.text != "StringEquals":
            continue
        if condition.step.node is not script.script.step.node or platform.text.lower() != "macos":
            continue
        for use in script.uses:
            names = {use.invocation.name, *use.invocation.wrappers} & _LINUX
            if names:
                text = f"macOS has no `{min(names)}`, and on Linux this step is skipped"
                note = Note(platform.span, "the only platform it is for")
                yield Problem(script.place(use.span), text, (note,))
                return
