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
  allowedPattern: '^[a-fA-F0-9]{8}(-[a-fA-F0-9]{4}){3}-[a-fA-F0-9]{12}$'
```

## Fix safety
Unsafe: a limit or a pattern of `command` is taken out, and `executionId` gets a pattern for ids; other
callers may send other values then.

## References
- [EBS User Guide: automate application-consistent snapshots](https://docs.aws.amazon.com/ebs/latest/userguide/automate-app-consistent-backups.html)
- [amazon-ssm-agent, `allowedregexparamvalidator.go`](https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/framework/docparser/paramvalidator/allowedregexparamvalidator/allowedregexparamvalidator.go)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from ssmlint.model.document import DLM_STAGES, Parameter, SsmDocument
from ssmlint.rule import Fix, Problem, Severity, rule
from ssmlint.source import Source
from ssmlint.tree import Scalar
from ssmlint_rules.contract.dlm import EXECUTION_ID, EXECUTION_IDS, UUID, execution_id
from ssmlint_rules.edits import instead, taken_out
from ssmlint_rules.patterns import matches
from ssmlint_rules.wording import is_filled_in_later


@rule("DLM006", "dlm-value-refused", Severity.ERROR, on=SsmDocument)
def dlm_value_refused(document: SsmDocument) -> Iterator[Problem]:
    """Report each constraint that a value of DLM does not pass."""
    stage, run, source = document.stage_parameter, execution_id(document), document.source
    if stage is not None:
        yield from _refused(source, stage, {value: f"`{value}`" for value in DLM_STAGES})
    if run is None:
        return
    small, capital = EXECUTION_IDS
    found = list(_refused(source, run, {small: "the UUID that DLM sends"}))
    yield from found
    if not found:
        for problem in _refused(source, run, {capital: "a UUID in capital letters"}):
            yield replace(problem, severity=Severity.WARNING)
    values = run.allowed_values
    if values and not any(is_filled_in_later(value.text) for value in values):
        text = "`allowedValues` refuses every UUID that DLM sends; use `allowedPattern`"
        yield Problem(values[0].span, text)


def _refused(source: Source, parameter: Parameter, values: dict[str, str]) -> Iterator[Problem]:
    """Each constraint with the first of the values, put in words, that it refuses."""
    for name, refuses in _CONSTRAINTS.items():
        node = parameter.field(name)
        if not isinstance(node, Scalar) or not node.text or is_filled_in_later(node.text):
            continue
        refused = [words for value, words in values.items() if refuses(node.text, value)]
        if refused:
            shown = name if name == "allowedPattern" else f"{name}: {node.text}"
            fix = _fix(source, parameter, name, node)
            yield Problem(node.span, f"`{shown}` refuses {refused[0]}", fix=fix)


#: Whether a constraint (its text) refuses a value.
_CONSTRAINTS: dict[str, Callable[[str, str], bool]] = {
    "allowedPattern": lambda text, value: matches(text, value) is False,
    "minChars": lambda text, value: text.isdecimal() and len(value) < int(text[:9]),
    "maxChars": lambda text, value: text.isdecimal() and len(value) > int(text[:9]),
}


def _fix(source: Source, parameter: Parameter, name: str, node: Scalar) -> Fix | None:
    if name == "allowedPattern" and parameter.name == EXECUTION_ID:
        default = parameter.default
        is_none = isinstance(default, Scalar) and default.text == "None"
        wanted = f"^(None|{UUID})$" if is_none else f"^{UUID}$"
        return instead(source, node, wanted) if wanted != node.text else None
    entry = parameter.fields.entry(name) if parameter.fields else None
    return taken_out(source, parameter.fields, entry) if parameter.fields and entry else None
