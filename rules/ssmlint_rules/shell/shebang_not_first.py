"""
## What it does
Reports an interpreter line (`#!/bin/bash`) that is not the very first thing in the script.

## Why is this bad?
The agent writes the items of `runCommand` into one file and runs it with `sh -c`. Only if the
first two bytes of that file are `#!` does the named interpreter run it; behind a blank line, an
indentation or another item the line is a comment, and `sh` runs the script. On Debian and Ubuntu
that is dash, which knows no `[[ ]]`, arrays or `pipefail`. A script for Python, which `sh` can not
run at all, is of severity error.

## Example
```yaml step
action: aws:runShellScript
name: freeze
inputs:
  runCommand:
    - |

      #!/bin/bash  # <-
      set -o pipefail
      fsfreeze -f /data
```
Use instead:
```yaml step
action: aws:runShellScript
name: freeze
inputs:
  runCommand:
    - |
      #!/bin/bash
      set -o pipefail
      fsfreeze -f /data
```

It has to be the first item, too:
```yaml step
action: aws:runShellScript
name: freeze
inputs:
  runCommand:
    - set -e
    - '#!/bin/bash'  # <-
    - fsfreeze -f /data
```
Use instead:
```yaml step
action: aws:runShellScript
name: freeze
inputs:
  runCommand:
    - '#!/bin/bash'
    - set -e
    - fsfreeze -f /data
```

## Fix safety
Unsafe: another shell runs the script then.

## References
- [amazon-ssm-agent issue 46](https://github.com/aws/amazon-ssm-agent/issues/46): a shebang behind blanks
- [amazon-ssm-agent, `plugins/runscript/runshellscript.go`](https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/plugins/runscript/runshellscript.go)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.rule import Fix, Problem, Severity, rule
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.source import Span
from ssmlint_rules.insertions import moved_to_front
from ssmlint_rules.script_fixes import insertion, script_fix

_INTERPRETER = re.compile(r"#![ \t]*(/\S*/)?(?:env[ \t]+(?:-S[ \t]+)?)?(?P<name>[a-z]+[\d.]*)")
_SHELLS = ("sh", "bash", "dash", "ash", "ksh", "zsh")


@rule(
    "SH401",
    "shebang-not-first",
    Severity.WARNING,
    on=ShellScript,
    covers=("shellcheck/SC1114", "shellcheck/SC1128"),
)
def shebang_not_first(script: ShellScript) -> Iterator[Problem]:
    """Report an interpreter line further down."""
    if script.script.shebang is not None:
        return
    for span in script.syntax.comments:
        match = _INTERPRETER.match(script.written(span))
        if match is None or match[1] is None or not _begins_its_line(script, span):
            continue
        if match["name"] == "sh":
            return
        foreign = match["name"] not in _SHELLS
        yield Problem(
            script.place(Span(span.start, span.start + match.end())),
            f"`{match[0]}` is not at the start of the script, so that `sh` runs it",
            fix=_fix(script, span),
            severity=Severity.ERROR if foreign else None,
        )
        return


def _begins_its_line(script: ShellScript, span: Span) -> bool:
    text = script.script.text
    return not text[text.rfind("\n", 0, span.start) + 1 : span.start].strip()


def _fix(script: ShellScript, span: Span) -> Fix | None:
    """Take out the blanks in front; where there is something else, move the line there."""
    text, before = script.script.text, Span(0, span.start)
    if not text[: span.start].strip():
        return script_fix(script, "take out what stands in front of it", (before, ""))
    title = "move it to the front"
    item = script.script.piece(span.start)
    if text[item.start : item.end].strip() == script.written(span).strip():
        return moved_to_front(script.script, item, title)
    line = Span(text.rfind("\n", 0, span.start) + 1, text.find("\n", span.start) + 1)
    moved = f"{script.written(span).rstrip()}\n"
    changes = (insertion(0, moved), (line, ""))
    return script_fix(script, title, *changes) if line.end else None
