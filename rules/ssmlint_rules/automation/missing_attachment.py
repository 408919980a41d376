"""
## What it does
Reports an `Attachment` of `aws:executeScript` that the `files` of the runbook do not have, and a file
there that no step uses.

## Why is this bad?
Automation finds an attached script by its name among `files`. Without it, the step fails. A file that
no step uses is a warning.

## Example
```yaml document
schemaVersion: '0.3'
assumeRole: arn:aws:iam::123456789012:role/automation
mainSteps:
  - name: count
    action: aws:executeScript
    inputs:
      Runtime: python3.11
      Handler: count.handler
      Attachment: count.py  # <-
files:
  count.zip:  # <-
    checksums:
      sha256: 2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824
```
Use instead:
```yaml document
schemaVersion: '0.3'
assumeRole: arn:aws:iam::123456789012:role/automation
mainSteps:
  - name: count
    action: aws:executeScript
    inputs:
      Runtime: python3.11
      Handler: count.handler
      Attachment: count.zip
files:
  count.zip:
    checksums:
      sha256: 2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824
```

## Fix safety
Unsafe: the step runs another file. Only one with nearly the same name is offered.

## References
- [aws:executeScript](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeScript.html): `Attachment`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.automation.runbook import Runbook
from ssmlint.rule import Problem, Severity, rule
from ssmlint.tree import Scalar
from ssmlint_rules.edits import instead
from ssmlint_rules.wording import is_filled_in_later, near


@rule("AUT403", "missing-attachment", Severity.ERROR, on=Runbook)
def missing_attachment(runbook: Runbook) -> Iterator[Problem]:
    """Report each attachment that is no file, and each file that is none."""
    files = runbook.document.root.get_mapping("files")
    known = {entry.key.text: entry.key for entry in files or ()}
    used: set[str] = set()
    is_known = True
    for step in runbook.steps:
        entry = step.input("Attachment") if step.action == "aws:executeScript" else None
        node = entry.value if entry is not None else None
        if not isinstance(node, Scalar) or node.value is None:
            continue
        if is_filled_in_later(node.text):
            is_known = False
            continue
        used.add(node.text)
        if node.text not in known:
            text = f"`{node.text}` is not among the `files` of the runbook"
            meant = near(node.text, known)
            hint = f"; did you mean `{meant}`?" if meant else ""
            fix = instead(runbook.document.source, node, meant) if meant else None
            yield Problem(node.span, text + hint, fix=fix)
    for name, key in known.items() if is_known else ():
        if name not in used:
            text = f"no step uses the file `{name}`"
            yield Problem(key.span, text, severity=Severity.WARNING)
