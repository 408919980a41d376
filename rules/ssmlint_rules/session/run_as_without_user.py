"""
## What it does
Reports a Session document that has `runAsEnabled: true` and names no `runAsDefaultUser`.

## Why is this bad?
The user then comes from the tag `SSMSessionRunAs` of whoever starts the session. For principals without
that tag sessions fail to start. It is an info, since all of yours may have the tag.

## Example
```yaml document
schemaVersion: '1.0'
sessionType: Standard_Stream
inputs:
  runAsEnabled: true  # <-
  runAsDefaultUser: ''
```
Use instead:
```yaml document
schemaVersion: '1.0'
sessionType: Standard_Stream
inputs:
  runAsEnabled: true
  runAsDefaultUser: operator
```

## References
- [Session document schema](https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-schema.html): "sessions will fail to start"
- [Turn on Run As support](https://docs.aws.amazon.com/systems-manager/latest/userguide/session-preferences-run-as.html): the tag
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import SsmDocument
from ssmlint.rule import Problem, Severity, rule
from ssmlint.tree import Scalar
from ssmlint_rules.sessions import inputs_of


@rule("SSM503", "run-as-without-user", Severity.INFO, on=SsmDocument)
def run_as_without_user(document: SsmDocument) -> Iterator[Problem]:
    """Report a user that only a tag names."""
    given = {entry.key.text: entry for entry in inputs_of(document)}
    enabled, user = given.get("runAsEnabled"), given.get("runAsDefaultUser")
    if enabled is None or not isinstance(enabled.value, Scalar):
        return
    is_named = user is not None and not (
        isinstance(user.value, Scalar) and not user.value.text.strip()
    )
    if enabled.value.text.strip().lower() == "true" and not is_named:
        text = "no `runAsDefaultUser`: who has no tag `SSMSessionRunAs` can start no session"
        yield Problem(enabled.key.span, text)
