"""
## What it does
Reports an input of a Session document that has no effect without another one which is missing or empty.

## Why is this bad?
Somebody relies on it: with a `s3KeyPrefix` and no `s3BucketName` nothing is logged, and without
`runAsEnabled: true` sessions run as `ssm-user`, whatever `runAsDefaultUser` says.

## Example
```yaml document
schemaVersion: '1.0'
sessionType: Standard_Stream
inputs:
  s3KeyPrefix: sessions/  # <-
  cloudWatchLogGroupName: ''
  cloudWatchStreamingEnabled: true  # <-
  runAsEnabled: false
  runAsDefaultUser: operator  # <-
```
Use instead:
```yaml document
schemaVersion: '1.0'
sessionType: Standard_Stream
inputs:
  s3BucketName: session-logs
  s3KeyPrefix: sessions/
  cloudWatchLogGroupName: /ssm/sessions
  cloudWatchStreamingEnabled: true
  runAsEnabled: true
  runAsDefaultUser: operator
```

## References
- [Session document schema](https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-schema.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import SsmDocument
from ssmlint.rule import Problem, Severity, rule
from ssmlint.tree import Node, Scalar
from ssmlint_rules.sessions import inputs_of

#: Input -> the one that it needs.
_NEEDS = {
    "s3KeyPrefix": "s3BucketName",
    "cloudWatchStreamingEnabled": "cloudWatchLogGroupName",
    "runAsDefaultUser": "runAsEnabled",
}


@rule("SSM502", "ineffective-session-input", Severity.WARNING, on=SsmDocument)
def ineffective_session_input(document: SsmDocument) -> Iterator[Problem]:
    """Report each input that does nothing."""
    given = {entry.key.text: entry for entry in inputs_of(document)}
    for name, needed in _NEEDS.items():
        if name in given and _says_something(given[name].value):
            other = given.get(needed)
            if other is None or not _says_something(other.value):
                instead = "`runAsEnabled: true`" if needed == "runAsEnabled" else f"`{needed}`"
                yield Problem(given[name].key.span, f"`{name}` has no effect without {instead}")


def _says_something(node: Node) -> bool:
    """Whether a value is given that is neither empty nor `false`."""
    return not isinstance(node, Scalar) or node.text.strip().lower() not in (
        "",
        "false",
        "null",
        "~",
    )
