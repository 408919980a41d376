"""
## What it does
Reports a document of more than 64 KB.

## Why is this bad?
Systems Manager refuses it ("MaxDocumentSizeExceeded"). The limit counts every byte of the content,
comments and indentation included, and when a command is sent the values of its parameters, too.

## Example
```yaml document
schemaVersion: '2.2'  # <-
mainSteps:
  - action: aws:runShellScript
    name: freeze
    inputs:
      runCommand:
        - echo "one of very many lines of a script"  # repeated 1,300 times
```
Use instead:
```yaml document
schemaVersion: '2.2'
mainSteps:
  - action: aws:downloadContent
    name: fetch
    inputs:
      sourceType: S3
      sourceInfo: '{"path": "https://s3.amazonaws.com/example-bucket/freeze.sh"}'
  - action: aws:runShellScript
    name: freeze
    inputs:
      runCommand:
        - bash ./freeze.sh
```

## References
- [CreateDocument: Content](https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateDocument.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import SsmDocument
from ssmlint.rule import Problem, Severity, rule
from ssmlint.source import Span

MOST_BYTES = 64 * 1024


@rule("SSM402", "document-too-large", Severity.ERROR, on=SsmDocument)
def document_too_large(document: SsmDocument) -> Iterator[Problem]:
    """Report the size of a file that is a document, at its first key."""
    if document.root is not document.tree.roots[0]:
        return  # a part of another file, which says nothing about its size
    size = len(document.source.text.encode("utf-8", "surrogatepass"))
    if size > MOST_BYTES:
        first = document.root.entries[0].key.span if document.root.entries else Span(0, 1)
        text = f"the document has {size:,} bytes; Systems Manager takes {MOST_BYTES:,} (64 KB)"
        yield Problem(first, text)
