"""
## What it does
Reports a name, given to a document in a comment `# ssmlint: name=...`, that Systems Manager does
not take.

## Why is this bad?
`CreateDocument` refuses it. A name has 3 to 128 letters, digits, `_`, `-` and `.`, and must not
begin with a prefix that AWS keeps for itself: `aws`, `amazon` or `amzn`.

## Example
```yaml document
# ssmlint: name=AWS-FreezeVolumes  # <-
schemaVersion: '2.2'
mainSteps:
  - action: aws:runShellScript
    name: freeze
    inputs:
      runCommand: [date]
```
Use instead:
```yaml document
# ssmlint: name=Backup-FreezeVolumes
schemaVersion: '2.2'
mainSteps:
  - action: aws:runShellScript
    name: freeze
    inputs:
      runCommand: [date]
```

## References
- [CreateDocument: Name](https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateDocument.html)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.model.document import SsmDocument
from ssmlint.rule import Problem, Severity, rule
from ssmlint.source import Span

_GIVEN = re.compile(r"^[ \t]*#[ \t]*ssmlint:[ \t]*name=(?P<name>\S+)", re.MULTILINE)
_VALID = re.compile(r"[a-zA-Z0-9_.-]{3,128}")
_RESERVED = ("aws", "amazon", "amzn")


@rule("SSM403", "invalid-document-name", Severity.ERROR, on=SsmDocument)
def invalid_document_name(document: SsmDocument) -> Iterator[Problem]:
    """Report a name that cannot be created."""
    text = document.source.text
    given = _GIVEN.search(text) if "ssmlint:" in text else None
    if given is None:
        return
    name, span = given["name"], Span(*given.span("name"))
    if not _VALID.fullmatch(name):
        text = f"`{name}` is no name for a document; use 3 to 128 letters, digits, `_`, `-`, `.`"
        yield Problem(span, text)
    elif name.casefold().startswith(_RESERVED):
        prefix = next(p for p in _RESERVED if name.casefold().startswith(p))
        text = f"`{name}` begins with `{name[: len(prefix)]}`, which AWS keeps for itself"
        yield Problem(span, text)
