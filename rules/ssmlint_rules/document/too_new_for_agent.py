"""
## What it does
Reports what the SSM agent on your hosts is too old for. It does so only where the configuration
says which agent that is (`target-agent`).

## Why is this bad?
An old agent neither refuses what it does not know nor does anything about it. A parameter with
`interpolationType: ENV_VAR` sets no variable, and the script runs without the value; a step that
should end the document on failure does not, and the next ones run.

## Example
With `target-agent = "3.2.2303.0"`:
```yaml parameters target-agent=3.2.2303.0
directory:
  type: String
  interpolationType: ENV_VAR  # <-
  default: /data
```
Use instead:
```yaml parameters target-agent=3.2.2303.0
directory:
  type: String
  allowedPattern: ^/[a-z/]+$
  default: /data
```

## Configuration
`target-agent`: the oldest version that runs your documents. Without it nothing is reported.

## References
- [Schemas and features](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-schemas-features.html):
  new features of documents need a new agent
- [Release notes of the agent](https://github.com/aws/amazon-ssm-agent/blob/mainline/RELEASENOTES.md):
  `ENV_VAR` since 3.3.2746.0, with values of the Parameter Store since 3.3.3572.0
- aws/amazon-ssm-agent, `agent/framework/runpluginutil/runpluginutil.go`: `onFailure`, `onSuccess` and
  `finallyStep` since 3.0.502.0
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.agent import TargetedDocument
from ssmlint.model.document import DocumentKind, Parameter
from ssmlint.rule import Problem, Severity, rule
from ssmlint.source import Span
from ssmlint.tree import Scalar

_ENV_VAR = "3.3.2746.0"
_ENV_VAR_OF_PARAMETER_STORE = "3.3.3572.0"
_FLOW = "3.0.502.0"
_FLOW_INPUTS = ("onFailure", "onSuccess", "finallyStep")


@rule("SSM404", "too-new-for-agent", Severity.WARNING, on=TargetedDocument)
def too_new_for_agent(targeted: TargetedDocument) -> Iterator[Problem]:
    """Report features of Command documents that came after the agent."""
    if targeted.document.kind is not DocumentKind.COMMAND:
        return
    for span, feature, needed in _features(targeted):
        if targeted.lacks(needed):
            text = f"{feature} needs agent {needed}, but `target-agent` is {targeted.agent}"
            yield Problem(span, text)


def _features(targeted: TargetedDocument) -> Iterator[tuple[Span, str, str]]:
    for parameter in targeted.document.parameters.values():
        node = parameter.field("interpolationType")
        if parameter.is_env_var and node is not None:
            stored = _is_stored(parameter)
            what = "`ENV_VAR` with a value of the Parameter Store" if stored else "`ENV_VAR`"
            yield node.span, what, _ENV_VAR_OF_PARAMETER_STORE if stored else _ENV_VAR
    for step in targeted.document.steps:
        for name in _FLOW_INPUTS:
            entry = step.input(name)
            if entry is not None:
                yield entry.key.span, f"`{name}`", _FLOW


def _is_stored(parameter: Parameter) -> bool:
    default = parameter.default
    return isinstance(default, Scalar) and "{{ssm:" in default.text.replace(" ", "")
