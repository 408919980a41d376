"""
## What it does
Reports a parameter whose `minChars` is above its `maxChars`, or its `minItems` above its `maxItems`.

## Why is this bad?
No value is long enough and short enough at once: whoever checks the bounds refuses every value. The agent
does for documents that `aws:runDocument` runs. Mostly the two numbers were exchanged.

## Example
```yaml parameters
name:
  type: String
  minChars: 64  # <-
  maxChars: 3
```
Use instead:
```yaml parameters
name:
  type: String
  minChars: 3
  maxChars: 64
```

## References
- [amazon-ssm-agent, `paramvalidator.go`](https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/framework/docparser/paramvalidator/paramvalidator.go)
- [Data elements and parameters](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-syntax-data-elements-parameters.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import Parameter
from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint_rules.defaults import bound

_BOUNDS = (("minChars", "maxChars"), ("minItems", "maxItems"))


@rule("SSM217", "contradictory-bounds", Severity.WARNING, on=Parameter)
def contradictory_bounds(parameter: Parameter) -> Iterator[Problem]:
    """Report each least length above the greatest."""
    for low, high in _BOUNDS:
        least, most = parameter.field(low), parameter.field(high)
        below, above = bound(least), bound(most)
        if least is None or most is None or below is None or above is None:
            continue
        if below > above:
            note = Note(most.span, "the greatest length")
            text = f"no value fits: `{low}` is {below}, `{high}` is {above}"
            yield Problem(least.span, text, (note,))
