"""
## What it does
Reports constraints of `command` and `executionId` in a pre/post document that refuse what Data
Lifecycle Manager sends: the stages, and a UUID.

## Why is this bad?
A command with a value that does not pass is refused, or fails on the node before the script
starts: the snapshot is not application-consistent, or not taken at all. A pattern that takes the
UUID in small letters only is a warning: AWS's own pattern takes both, and nobody promises one.

## Example
```yaml parameters
command:
  type: String
  allowedValues: [pre-script, post-script, dry-run]
  maxChars: 10  # <-
executionId:
  type: String
  allowedPattern: ^[0-9]+$  # <-
```
Use instead:
```yaml parameters
command:
  type: String
  allowedValues: [pre-script, post-script, dry-run]
executionId:
  type: String
  allowedPattern: ^[a-fA-F0-9]{8}(-[a-fA-F0-9]{4}){3}-[a-fA-F0-9]{12}$
```

## References
- [EBS User Guide: automate application-consistent snapshots](https://docs.aws.amazon.com/ebs/latest/userguide/automate-app-consistent-backups.html)
- [amazon-ssm-agent, `allowedregexparamvalidator.go`](https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/framework/docparser/paramvalidator/allowedregexparamvalidator/allowedregexparamvalidator.go)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import DLM_STAGES, Parameter, SsmDocument
from ssmlint.rule import Problem, Severity, rule
from ssmlint.tree import Scalar
from ssmlint_rules.contract.dlm import EXECUTION_IDS, execution_id
from ssmlint_rules.patterns import matches
from ssmlint_rules.wording import is_filled_in_later


@rule("DLM006", "dlm-value-refused", Severity.ERROR, on=SsmDocument)
def dlm_value_refused(document: SsmDocument) -> Iterator[Problem]:
    """Report each constraint that a value of DLM does not pass."""
    stage, run = document.stage_parameter, execution_id(document)
    if stage is not None:
        yield from _refused(stage, {value: f"`{value}`" for value in DLM_STAGES})
    if run is None:
        return
    small, capital = EXECUTION_IDS
    found = list(_refused(run, {small: "the UUID that DLM sends"}))
    yield from found
    if not found:
        for problem in _refused(run, {capital: "a UUID in capital letters"}):
            yield Problem(problem.span, problem.message, severity=Severity.WARNING)
    values = run.allowed_values
    if values and not any(is_filled_in_later(value.text) for value in values):
        text = "`allowedValues` refuses every UUID that DLM sends; use `allowedPattern`"
        yield Problem(values[0].span, text)


def _refused(parameter: Parameter, values: dict[str, str]) -> Iterator[Problem]:
    """Each constraint with the first of the values, put in words, that it refuses."""
    pattern = parameter.allowed_pattern
    if pattern is not None and pattern.text and not is_filled_in_later(pattern.text):
        refused = [v for v in values if matches(pattern.text, v) is False]
        yield from _problem(pattern, "allowedPattern", values, refused)
    least, most = parameter.field("minChars"), parameter.field("maxChars")
    if isinstance(least, Scalar) and least.text.isdecimal():
        refused = [v for v in values if len(v) < int(least.text[:9])]
        yield from _problem(least, f"minChars: {least.text}", values, refused)
    if isinstance(most, Scalar) and most.text.isdecimal():
        refused = [v for v in values if len(v) > int(most.text[:9])]
        yield from _problem(most, f"maxChars: {most.text}", values, refused)


def _problem(
    node: Scalar, constraint: str, values: dict[str, str], refused: list[str]
) -> Iterator[Problem]:
    if refused:
        yield Problem(node.span, f"`{constraint}` refuses {values[refused[0]]}")
