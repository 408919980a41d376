"""
## What it does
Reports a default that does not match the parameter's own `allowedPattern`.

## Why is this bad?
The agent puts the defaults in before it checks the parameters, so a run without that parameter
fails with "does not match the allowed pattern". The empty string is a value like any other: where
it is meant, the pattern has to let it pass. A default that is a number or a boolean fails for its
type as soon as there is a pattern.

## Example
```yaml parameters
volume:
  type: String
  allowedPattern: ^vol-[0-9a-f]{8,17}$
  default: ''  # <-
```
Use instead:
```yaml parameters
volume:
  type: String
  allowedPattern: ^(vol-[0-9a-f]{8,17})?$
  default: ''
```

## References
- [Data elements and parameters](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-syntax-data-elements-parameters.html)
- [amazon-ssm-agent, `allowedregexparamvalidator.go`](https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/framework/docparser/paramvalidator/allowedregexparamvalidator/allowedregexparamvalidator.go)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import Parameter
from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint_rules.defaults import default_items, shown
from ssmlint_rules.patterns import matches
from ssmlint_rules.wording import is_filled_in_later


@rule("SSM204", "default-breaks-pattern", Severity.ERROR, on=Parameter)
def default_breaks_pattern(parameter: Parameter) -> Iterator[Problem]:
    """Report each value of the default that does not match."""
    pattern = parameter.allowed_pattern
    if pattern is None or not pattern.text or is_filled_in_later(pattern.text):
        return
    for item in default_items(parameter):
        if item.is_string and matches(pattern.text, item.text) is False:
            text = f"the default, {shown(item.text)}, does not match `allowedPattern`"
            yield Problem(item.span, text, (Note(pattern.span, "the pattern"),))
