"""
## What it does
Reports a script whose lines end in a carriage return, as files from Windows do.

## Why is this bad?
The carriage return belongs to the line for a shell on Linux. `#!/bin/bash` with one at its end
names an interpreter that does not exist: status 127, nothing runs. Without an interpreter line,
every command gets it in its last argument, `then` is not `then`, and a path ends in a character
that nobody sees.

## Example
```json document
{
  "schemaVersion": "2.2",
  "mainSteps": [
    {
      "action": "aws:runShellScript",
      "name": "freeze",
      "inputs": {
        "runCommand": ["#!/bin/bash\\r\\nfsfreeze -f /data\\r\\n"]  # <-
      }
    }
  ]
}
```
Use instead:
```json document
{
  "schemaVersion": "2.2",
  "mainSteps": [
    {
      "action": "aws:runShellScript",
      "name": "freeze",
      "inputs": {
        "runCommand": ["#!/bin/bash\\nfsfreeze -f /data\\n"]
      }
    }
  ]
}
```

## Fix safety
Safe: the carriage returns at the ends of lines are taken out.

## References
- execve(2), Interpreter scripts
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.rule import Problem, Safety, Severity, rule
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.source import Span
from ssmlint_rules.script_fixes import script_fix

_AT_LINE_END = re.compile(r"\r+(?=\n|\Z)")


@rule(
    "SH403", "carriage-return", Severity.ERROR, on=ShellScript, covers_script=("shellcheck/SC1017",)
)
def carriage_return(script: ShellScript) -> Iterator[Problem]:
    """Report the first carriage return at the end of a line."""
    found = [Span(*match.span()) for match in _AT_LINE_END.finditer(script.script.text)]
    if not found:
        return
    text = "the line ends in a carriage return, which the shell takes for part of it"
    if script.script.shebang is not None and "\n" not in script.script.text[: found[0].start]:
        text = "the interpreter line ends in a carriage return, so that no interpreter is found"
    changes = ((span, "") for span in found)
    fix = script_fix(script, "take out the carriage returns", *changes, safety=Safety.SAFE)
    yield Problem(script.place(found[0]), text, fix=fix)
