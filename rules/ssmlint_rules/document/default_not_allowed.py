"""
## What it does
Reports a default that is not among the parameter's own `allowedValues`.

## Why is this bad?
A run without that parameter gets a value that no caller may give: another document that runs
this one is refused by the agent, and everywhere else the script meets a value that it does not
know. Values are compared exactly, upper and lower case included.

## Example
```yaml parameters
command:
  type: String
  default: dryrun  # <-
  allowedValues: [pre-script, post-script, dry-run]
```
Use instead:
```yaml parameters
command:
  type: String
  default: dry-run
  allowedValues: [pre-script, post-script, dry-run]
```

## Fix safety
Unsafe: runs without the parameter get another value. Only offered where one allowed value has
nearly the same letters.

## References
- [Data elements and parameters](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-syntax-data-elements-parameters.html)
- [amazon-ssm-agent, `allowedvalueparamvalidator.go`](https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/framework/docparser/paramvalidator/allowedvalueparamvalidator/allowedvalueparamvalidator.go)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import Parameter, SsmDocument
from ssmlint.rule import Fix, Note, Problem, Safety, Severity, rule
from ssmlint.tree import Scalar, Sequence
from ssmlint_rules.defaults import default_items, shown
from ssmlint_rules.edits import rewritten
from ssmlint_rules.wording import is_filled_in_later, listed, near


@rule("SSM203", "default-not-allowed", Severity.ERROR, on=SsmDocument)
def default_not_allowed(document: SsmDocument) -> Iterator[Problem]:
    """Report each value of a default that is not allowed."""
    for parameter in document.parameters.values():
        allowed = _known_values(parameter)
        texts = {value.text for value in allowed}
        for item in default_items(parameter) if allowed else ():
            if item.text not in texts:
                yield _problem(document, item, allowed)


def _known_values(parameter: Parameter) -> tuple[Scalar, ...]:
    """The allowed values where all of them are known, else none."""
    node, allowed = parameter.field("allowedValues"), parameter.allowed_values or ()
    if not isinstance(node, Sequence) or len(allowed) != len(node):
        return ()
    return () if any(is_filled_in_later(value.text) for value in allowed) else allowed


def _problem(document: SsmDocument, item: Scalar, allowed: tuple[Scalar, ...]) -> Problem:
    texts = [value.text for value in allowed]
    meant = near(item.text, texts)
    hint = f"did you mean `{meant}`?" if meant else f"allowed: {listed(texts[:8])}"
    notes = (Note(allowed[0].span, "the allowed values"),)
    fix = None
    if meant is not None:
        edit = rewritten(document.source, item, meant)
        fix = Fix(f"use `{meant}`", (edit,), Safety.UNSAFE)
    text = f"the default, {shown(item.text)}, is not among the allowed values; {hint}"
    return Problem(item.span, text, notes, fix=fix)
