"""
## What it does
Reports an `allowedPattern` that the agent cannot compile.

## Why is this bad?
Systems Manager checks the pattern with Java when the command is sent, the agent checks it again
with Go's `regexp` (RE2) on the node. Look-ahead, look-behind, back-references and possessive
quantifiers pass the first check and fail the second: every run fails with "encountered error
while compiling allowed pattern", whatever the value. In Automation documents, which no agent
reads, only what every engine refuses is reported.

## Example
```yaml parameters
label:
  type: String
  allowedPattern: ^(?!aws)[a-z]+$  # <-
device:
  type: String
  allowedPattern: ^/dev/[a-z+$  # <-
```
Use instead:
```yaml parameters
label:
  type: String
  allowedPattern: ^([b-z]|a[a-vx-z])[a-z]*$
device:
  type: String
  allowedPattern: ^/dev/[a-z]+$
```

## References
- [Data elements and parameters](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-syntax-data-elements-parameters.html): two validations
- [RE2 syntax](https://github.com/google/re2/wiki/Syntax)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import DocumentKind, SsmDocument
from ssmlint.rule import Problem, Severity, rule
from ssmlint_rules.patterns import refusal
from ssmlint_rules.wording import is_filled_in_later


@rule("SSM207", "unusable-pattern", Severity.ERROR, on=SsmDocument)
def unusable_pattern(document: SsmDocument) -> Iterator[Problem]:
    """Report each pattern that RE2, or every engine, refuses."""
    for parameter in document.parameters.values():
        node = parameter.allowed_pattern
        if node is None or not node.is_string or is_filled_in_later(node.text):
            continue
        refused = refusal(node.text)
        if refused and (refused.by_every_engine or document.kind is not DocumentKind.AUTOMATION):
            who = "the pattern is invalid" if refused.by_every_engine else "the agent refuses it"
            yield Problem(node.span, f"{who}: {refused.message}")
