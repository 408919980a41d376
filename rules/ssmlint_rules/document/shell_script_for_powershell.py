"""
## What it does
Reports a script for a POSIX shell in a step of `aws:runPowerShellScript`.

## Why is this bad?
PowerShell takes the interpreter line for a comment and the rest for PowerShell: the step fails at
its first line, on Windows and on Linux.

## Example
```yaml step
- action: aws:runPowerShellScript
  name: freeze
  inputs:
    timeoutSeconds: 60
    runCommand:
      - |  # <-
        #!/bin/bash
        fsfreeze -f /data || exit 201
```
Use instead:
```yaml step
- action: aws:runShellScript
  name: freeze
  inputs:
    timeoutSeconds: 60
    runCommand:
      - |
        #!/bin/bash
        fsfreeze -f /data || exit 201
```

## Fix safety
Unsafe: the step begins to do something, and on Linux only.

## References
- [Systems Manager user guide, command document plugin reference](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-command-ssm-plugin-reference.html)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.model.document import SsmDocument
from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.source import Span
from ssmlint.tree import Scalar, Sequence
from ssmlint_rules.edits import instead

_SHEBANG = re.compile(r"#! *\S*/(?:env +)?(?:ba|da|k|z)?sh\b")
_ACTION = "aws:runShellScript"


@rule("SSM307", "shell-script-for-powershell", Severity.ERROR, on=SsmDocument)
def shell_script_for_powershell(document: SsmDocument) -> Iterator[Problem]:
    """Report the first item of such a script, where it begins."""
    for step in document.steps:
        entry, action = step.input("runCommand"), step.action_node
        value = entry.value if entry is not None else None
        if action is None or action.text != "aws:runPowerShellScript":
            continue
        first = value.items[0] if isinstance(value, Sequence) and value.items else value
        if isinstance(first, Scalar) and _SHEBANG.match(first.text):
            place = Span(first.span.start, min(first.span.end, first.span.start + 1))
            note = Note(action.span, "this runs PowerShell")
            text = f"PowerShell does not run a shell script; the action for it is `{_ACTION}`"
            yield Problem(place, text, (note,), fix=instead(document.source, action, _ACTION))
