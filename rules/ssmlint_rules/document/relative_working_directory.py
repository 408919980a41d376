"""
## What it does
Reports a `workingDirectory` that is no absolute path, in a step that has no download in front of it.

## Why is this bad?
The agent looks for it below the folder that it has made for this command's downloads. Where it does not
exist there, it says nothing and runs the script in a folder of its own: files are looked for, written
and deleted in the wrong place.

## Example
```yaml step
- action: aws:runShellScript
  name: clean
  inputs:
    workingDirectory: data  # <-
    runCommand:
      - rm -f *.tmp
```
Use instead:
```yaml step
- action: aws:runShellScript
  name: clean
  inputs:
    workingDirectory: /srv/data
    runCommand:
      - rm -f *.tmp
```

## References
- aws/amazon-ssm-agent, `agent/plugins/runscript/runscript.go`: a relative path is looked for below
  `downloads`
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.model.document import DocumentKind, SsmDocument
from ssmlint.rule import Problem, Severity, rule
from ssmlint.tree import Scalar
from ssmlint_rules.wording import is_filled_in_later

_ABSOLUTE = re.compile(r"[/\\~$%]|[A-Za-z]:")


@rule("SSM313", "relative-working-directory", Severity.WARNING, on=SsmDocument)
def relative_working_directory(document: SsmDocument) -> Iterator[Problem]:
    """Report each relative path in front of which nothing is downloaded."""
    for step in document.steps if document.kind is DocumentKind.COMMAND else ():
        if step.action == "aws:downloadContent":
            return
        entry = step.input("workingDirectory")
        node = entry.value if entry is not None else None
        if not isinstance(node, Scalar) or not node.text.strip() or is_filled_in_later(node.text):
            continue
        if not _ABSOLUTE.match(node.text.strip()):
            text = f"`{node.text}` is relative, and nothing is there: the script runs elsewhere"
            yield Problem(node.span, text)
