"""
## What it does
Reports exit codes that mean something else to the shell or to the agent: codes over 255, and
137; in pre/post documents of Data Lifecycle Manager also 168, 169 and 194.

## Why is this bad?
An exit status is one byte: `exit 256` is 0, a success. The agent takes 137 for a step that was
killed on timeout. It takes 194 as a request to reboot the instance and to run the step once
more, 168 and 169 as the order to skip the steps that follow, with 168 counting as a success.
Outside of pre/post documents those three may be meant; a script that freezes a database never
means them. `exit 3010`, the code for a reboot on Windows, is 194 on Linux.

The same holds for `return` of a function.

A code whose low byte is 0 is of severity error, as are 168 and 194 in a pre/post document.

## Example
```bash
fsfreeze -f /data || exit 513  # <-
```
Use instead:
```bash
fsfreeze -f /data || exit 201
```

In a pre/post document:
```bash dlm
mysqladmin ping || exit 168  # <-
```
Use instead:
```bash dlm
mysqladmin ping || exit 206
```

## References
- [Handling exit codes in scripts](https://docs.aws.amazon.com/systems-manager/latest/userguide/run-command-handle-exit-status.html)
- [Handling reboots when running commands](https://docs.aws.amazon.com/systems-manager/latest/userguide/send-commands-reboot.html)
- [amazon-ssm-agent, `appconfig/constants.go`](https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/appconfig/constants.go)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.model.exit_codes import AGENT_ORDERS, TIMED_OUT
from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.constants import text_of
from ssmlint.shell.exits import exit_commands, exits
from ssmlint.shell.scriptfacts import ShellScript

#: In a pre/post document these two make a step succeed, or run again.
_GRAVE = (168, 194)
_BYTE = 255


@rule("SH204", "reserved-exit-code", Severity.WARNING, on=ShellScript)
def reserved_exit_code(script: ShellScript) -> Iterator[Problem]:
    """Report each code with a meaning of its own."""
    dlm = script.document.is_dlm
    for found in exits(script):
        code = found.code
        if code is None:
            continue
        real = code % 256
        grave = code > 255 and real == 0
        if real in AGENT_ORDERS and (dlm or code > 255):
            text = f"exit code {code}" + (f" is {real}" if code > 255 else "")
            text += f": {AGENT_ORDERS[real]}"
            grave = grave or (dlm and real in _GRAVE)
        elif code > 255:
            text = f"exit code {code} is too large for a byte: it arrives as {real}"
            text += ", a success" if grave else ""
        elif real == TIMED_OUT:
            text = "exit code 137: the agent takes the step for one that ran into its timeout"
        else:
            continue
        yield Problem(script.place(found.span), text, severity=Severity.ERROR if grave else None)
    yield from _returned(script)


def _returned(script: ShellScript) -> Iterator[Problem]:
    """`return 194` of a function whose status the script ends with, `return 2006` of any."""
    for use in exit_commands(script, "return"):
        text = text_of(use.command.words[1], script.constants) if use.command.words[1:] else ""
        code = int(text) if re.fullmatch(r"[0-9]{1,9}", text) else 0
        if code > _BYTE:
            message = f"`return {code}` is too large for a byte: it arrives as {code % 256}"
            grave = code % 256 == 0
        elif script.document.is_dlm and code in _GRAVE:
            message, grave = f"exit code {code}: {AGENT_ORDERS[code]}", True
        else:
            continue
        yield Problem(script.place(use.span), message, severity=Severity.ERROR if grave else None)
