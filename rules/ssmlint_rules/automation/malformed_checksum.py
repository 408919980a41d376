"""
## What it does
Reports a checksum among the `files` of a runbook that is no SHA-256, or is missing.

## Why is this bad?
Automation compares the attached file with it and refuses what differs. A SHA-256 has 64 hexadecimal
digits; what was cut off, or is an MD5, fits no file.

## Example
```yaml document
schemaVersion: '0.3'
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
      sha256: 5d41402abc4b2a76b9719d911017c592  # <-
```
Use instead:
```yaml document
schemaVersion: '0.3'
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

## References
- [Data elements and parameters: `files`](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-syntax-data-elements-parameters.html)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.automation.runbook import Runbook
from ssmlint.rule import Problem, Severity, rule
from ssmlint.tree import Entry, Mapping, Scalar
from ssmlint_rules.wording import is_filled_in_later

_SHA256 = re.compile(r"[0-9A-Fa-f]{64}")


@rule("AUT410", "malformed-checksum", Severity.ERROR, on=Runbook)
def malformed_checksum(runbook: Runbook) -> Iterator[Problem]:
    """Report each checksum that fits no file."""
    for file in runbook.document.root.get_mapping("files") or ():
        checksums = file.value.get("checksums") if isinstance(file.value, Mapping) else None
        if checksums is None:
            yield Problem(file.key.span, f"the file `{file.key.text}` has no `checksums`")
        elif isinstance(checksums, Mapping):
            for entry in checksums:
                yield from _judged(entry)


def _judged(entry: Entry) -> Iterator[Problem]:
    node = entry.value
    if entry.key.text.lower().replace("-", "") != "sha256" or not isinstance(node, Scalar):
        return
    text = node.text.strip()
    if node.value is not None and not is_filled_in_later(text) and not _SHA256.fullmatch(text):
        what = f"{len(text)} characters" if len(text) != 64 else f"`{text}`"
        yield Problem(node.span, f"a SHA-256 is 64 hexadecimal digits, not {what}")
