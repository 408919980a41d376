"""
## What it does
Reports an `idleSessionTimeout` of a Session document that is not 1 to 60 minutes, and a
`maxSessionDuration` that is not 1 to 1440.

## Why is this bad?
Session Manager takes no other values. The preferences are refused, or sessions stay open for the 20
minutes that are the default.

## Example
```yaml document
schemaVersion: '1.0'
sessionType: Standard_Stream
inputs:
  idleSessionTimeout: '90'  # <-
  maxSessionDuration: 1d  # <-
```
Use instead:
```yaml document
schemaVersion: '1.0'
sessionType: Standard_Stream
inputs:
  idleSessionTimeout: '60'
  maxSessionDuration: '1440'
```

## References
- [Session document schema](https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-schema.html)
- [Specify an idle session timeout value](https://docs.aws.amazon.com/systems-manager/latest/userguide/session-preferences-timeout.html), [Specify maximum session duration](https://docs.aws.amazon.com/systems-manager/latest/userguide/session-preferences-max-timeout.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import SsmDocument
from ssmlint.rule import Problem, Severity, rule
from ssmlint.tree import Scalar
from ssmlint_rules.sessions import inputs_of
from ssmlint_rules.wording import is_filled_in_later

#: Input -> the most minutes.
_MOST = {"idleSessionTimeout": 60, "maxSessionDuration": 1440}


@rule("SSM501", "session-time-out-of-range", Severity.ERROR, on=SsmDocument)
def session_time_out_of_range(document: SsmDocument) -> Iterator[Problem]:
    """Report each time that a session cannot have."""
    for entry in inputs_of(document):
        most, node = _MOST.get(entry.key.text), entry.value
        if most is None or not isinstance(node, Scalar) or node.value is None:
            continue
        text = node.text.strip()
        if not text or is_filled_in_later(text):
            continue
        is_number = text.isascii() and text.isdigit() and len(text) < 10
        if not is_number or not 1 <= int(text) <= most:
            yield Problem(node.span, f"`{entry.key.text}` is 1 to {most} minutes, not `{text}`")
