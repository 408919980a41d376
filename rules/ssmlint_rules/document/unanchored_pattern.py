"""
## What it does
Reports an `allowedPattern` that is not anchored with `^` and `$`. This rule is opt-in.

## Why is this bad?
The agent looks for the pattern anywhere in the value: `[a-z]+` lets `a; reboot` pass, since there
is an `a` in it. A pattern that is to keep a shell script safe must cover the whole value. The rule
is opt-in because many patterns are there for nothing but a hint to the caller.

## Example
```yaml parameters
label:
  type: String
  allowedPattern: '[a-z]+'  # <-
device:
  type: String
  allowedPattern: ^/dev/[a-z]+|none$  # <-
```
Use instead:
```yaml parameters
label:
  type: String
  allowedPattern: '^[a-z]+$'
device:
  type: String
  allowedPattern: ^(/dev/[a-z]+|none)$
```

## Fix safety
Unsafe: values that have passed so far are refused.

## References
- [amazon-ssm-agent, `allowedregexparamvalidator.go`](https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/framework/docparser/paramvalidator/allowedregexparamvalidator/allowedregexparamvalidator.go): `MatchString`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import SsmDocument
from ssmlint.rule import Problem, Severity, rule
from ssmlint_rules.edits import instead
from ssmlint_rules.patterns import anchored, is_anchored, refusal
from ssmlint_rules.wording import is_filled_in_later


@rule("SSM208", "unanchored-pattern", Severity.WARNING, on=SsmDocument, default=False)
def unanchored_pattern(document: SsmDocument) -> Iterator[Problem]:
    """Report a pattern that lets text stand before or after what it describes."""
    for parameter in document.parameters.values():
        node = parameter.allowed_pattern
        if node is None or not node.text or is_filled_in_later(node.text):
            continue
        if refusal(node.text) is None and not is_anchored(node.text):
            text = (
                "the pattern may match a part of the value; anchor every alternative with ^ and $"
            )
            better = anchored(node.text)
            fix = instead(document.source, node, better) if better else None
            yield Problem(node.span, text, fix=fix)
