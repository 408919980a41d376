"""
## What it does
Reports a step whose precondition lets it run only on a platform that does not have its plugin.

## Why is this bad?
The agent skips a plugin that its platform does not have, and skipped counts as success: the step
does nothing, anywhere, and every run is green.

## Example
```yaml step
- action: aws:runShellScript  # <-
  name: freeze
  precondition:
    StringEquals: [platformType, Windows]
  inputs:
    runCommand: [date]
```
Use instead:
```yaml step
- action: aws:runPowerShellScript
  name: freeze
  precondition:
    StringEquals: [platformType, Windows]
  inputs:
    runCommand: [Get-Date]
```

## References
- [Command document plugin reference](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-command-ssm-plugin-reference.html)
- [amazon-ssm-agent, `runpluginutil_windows.go`](https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/framework/runpluginutil/runpluginutil_windows.go)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import SsmDocument
from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint_rules.preconditions import conditions, platform_of

#: Plugins that are not on every platform -> the platforms that lack them, in lower case.
_LACKING = {
    "aws:runShellScript": ("windows",),
    "aws:applications": ("linux", "macos"),
    "aws:cloudWatch": ("linux", "macos"),
    "aws:psModule": ("linux", "macos"),
    "aws:updateAgent": ("linux", "macos"),
}


@rule("SSM306", "wrong-platform", Severity.ERROR, on=SsmDocument)
def wrong_platform(document: SsmDocument) -> Iterator[Problem]:
    """Report each step that no platform runs."""
    for condition in conditions(document):
        action = condition.step.action_node
        platform = platform_of(condition.operands or ())
        if action is None or platform is None or condition.operator.text != "StringEquals":
            continue
        if platform.text.lower() in _LACKING.get(action.text, ()):
            text = f"there is no `{action.text}` on {platform.text}; the step is always skipped"
            yield Problem(action.span, text, (Note(platform.span, "the only platform it is for"),))
