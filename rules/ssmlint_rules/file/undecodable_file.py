"""
## What it does
Reports bytes that are no valid text in the file's encoding, which is UTF-8 unless a
byte-order mark says otherwise.

## Why is this bad?
The AWS API takes text as UTF-8: the command line client and most tools stop at such a byte, and
those that do not send another text than the one you see. Usually an editor has saved the file
as Latin-1.

## Example
```yaml document latin-1
schemaVersion: '2.2'
description: Sauvegarde cohérente  # <-
mainSteps:
  - action: aws:runShellScript
    name: freeze
    inputs:
      runCommand: [date]
```
Use instead:
```yaml document
schemaVersion: '2.2'
description: Sauvegarde cohérente
mainSteps:
  - action: aws:runShellScript
    name: freeze
    inputs:
      runCommand: [date]
```

## References
- [RFC 8259, section 8.1: JSON is UTF-8](https://www.rfc-editor.org/rfc/rfc8259#section-8.1)
- [YAML 1.1: character encoding](https://yaml.org/spec/1.1/#id868742)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.source import Source, Span


@rule("SSM007", "undecodable-file", Severity.ERROR, on=Source)
def undecodable_file(source: Source) -> Iterator[Problem]:
    """Report the first bad byte."""
    problem = source.encoding_problem
    if problem is not None:
        yield Problem(Span(problem.offset, problem.offset + 1), problem.message)
