"""
## What it does
Reports plugins that AWS has given up: `aws:cloudWatch` and `aws:configureDaemon`.

## Why is this bad?
`aws:cloudWatch` was for sending logs and metrics from Windows, and is no longer supported: the CloudWatch
agent does that now. `aws:configureDaemon` is a name that the agent knows, and for which it has no code.

## Example
```yaml step
- action: aws:cloudWatch  # <-
  name: sendLogs
  inputs: {}
```
Use instead:
```yaml step
- action: aws:configurePackage
  name: sendLogs
  inputs:
    name: AmazonCloudWatchAgent
    action: Install
```

## References
- [Command document plugin reference](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-command-ssm-plugin-reference.html#aws-cloudWatch)
- aws/amazon-ssm-agent, `agent/framework/runpluginutil`: the plugins that are registered
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import DocumentKind, SsmDocument
from ssmlint.rule import Problem, Severity, rule

_RETIRED = {
    "aws:cloudWatch": "is no longer supported; use the CloudWatch agent",
    "aws:configureDaemon": "does nothing: the agent has no code for it",
}


@rule("SSM314", "retired-plugin", Severity.WARNING, on=SsmDocument)
def retired_plugin(document: SsmDocument) -> Iterator[Problem]:
    """Report each step of such a plugin."""
    for step in document.steps if document.kind is DocumentKind.COMMAND else ():
        node = step.action_node
        if node is not None and node.text in _RETIRED:
            yield Problem(node.span, f"`{node.text}` {_RETIRED[node.text]}")
