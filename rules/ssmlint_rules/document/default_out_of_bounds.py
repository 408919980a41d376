"""
## What it does
Reports a default that is shorter or longer, or has fewer or more items, than the parameter's own
`minChars`, `maxChars`, `minItems` and `maxItems` say.

## Why is this bad?
A run without that parameter gets a value that no caller may give: another document that runs
this one is refused by the agent.

## Example
```yaml parameters
label:
  type: String
  minChars: 3
  default: ''  # <-
volumes:
  type: StringList
  maxItems: 1
  default: [vol-1, vol-2]  # <-
```
Use instead:
```yaml parameters
label:
  type: String
  minChars: 3
  default: none
volumes:
  type: StringList
  maxItems: 2
  default: [vol-1, vol-2]
```

## References
- [Data elements and parameters](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-syntax-data-elements-parameters.html)
- [amazon-ssm-agent, `minmaxcharparamvalidator.go`](https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/framework/docparser/paramvalidator/minmaxcharparamvalidator/minmaxcharparamvalidator.go): it counts bytes
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import Parameter
from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.source import Span
from ssmlint.tree import Sequence
from ssmlint_rules.defaults import bound, default_items


@rule("SSM205", "default-out-of-bounds", Severity.ERROR, on=Parameter)
def default_out_of_bounds(parameter: Parameter) -> Iterator[Problem]:
    """Report a default outside of its bounds."""
    for item in default_items(parameter):
        if item.is_string:
            # The agent counts bytes, a person characters: only where both say so.
            sizes = (len(item.text), len(item.text.encode("utf-8", "surrogatepass")))
            yield from _outside(parameter, item.span, sizes, "Chars", "characters")
    default = parameter.default
    if isinstance(default, Sequence):
        span = Span(default.span.start, default.span.start + 1)
        sizes = (len(default), len(default))
        yield from _outside(parameter, span, sizes, "Items", "items")


def _outside(
    parameter: Parameter, span: Span, sizes: tuple[int, int], unit: str, words: str
) -> Iterator[Problem]:
    least, most = parameter.field(f"min{unit}"), parameter.field(f"max{unit}")
    size = sizes[0]
    if (number := bound(least)) is not None and max(sizes) < number and least is not None:
        text = f"the default has {size} {words}, fewer than `min{unit}: {number}`"
        yield Problem(span, text, (Note(least.span, "the bound"),))
    if (number := bound(most)) is not None and min(sizes) > number and most is not None:
        text = f"the default has {size} {words}, more than `max{unit}: {number}`"
        yield Problem(span, text, (Note(most.span, "the bound"),))
