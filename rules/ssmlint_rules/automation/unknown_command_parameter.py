"""
## What it does
Reports `Parameters` of an `aws:runCommand` that AWS's documents for scripts do not have, and their
`commands` where they are missing.

## Why is this bad?
`AWS-RunShellScript` and `AWS-RunPowerShellScript` take `commands`, `workingDirectory` and
`executionTimeout`, spelled so. Run Command refuses others, and a call without `commands`:
`InvalidParameters`. The step fails before anything is sent to an instance. Other documents are left
alone, since their parameters are not known here.

## Example
```yaml automation
- name: look
  action: aws:runCommand
  inputs:
    DocumentName: AWS-RunShellScript
    InstanceIds: ['{{ InstanceId }}']
    Parameters:
      command:  # <-
        - uptime
```
Use instead:
```yaml automation
- name: look
  action: aws:runCommand
  inputs:
    DocumentName: AWS-RunShellScript
    InstanceIds: ['{{ InstanceId }}']
    Parameters:
      commands:
        - uptime
```

What is to be run has to be said:
```yaml automation
- name: look
  action: aws:runCommand
  inputs:
    DocumentName: AWS-RunPowerShellScript
    InstanceIds: ['{{ InstanceId }}']
    Parameters:  # <-
      workingDirectory: C:/Temp
```
Use instead:
```yaml automation
- name: look
  action: aws:runCommand
  inputs:
    DocumentName: AWS-RunPowerShellScript
    InstanceIds: ['{{ InstanceId }}']
    Parameters:
      workingDirectory: C:/Temp
      commands: Get-Date
```

## References
- [Running commands](https://docs.aws.amazon.com/systems-manager/latest/userguide/run-command.html)
- [SendCommand, Errors](https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_SendCommand.html#API_SendCommand_Errors):
  `InvalidParameters`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.automation.runbook import Runbook
from ssmlint.rule import Problem, Severity, rule
from ssmlint.tree import Mapping, Scalar
from ssmlint_rules.wording import near

_SCRIPTS = frozenset({"AWS-RunShellScript", "AWS-RunPowerShellScript"})
_PARAMETERS = ("commands", "workingDirectory", "executionTimeout")


@rule("AUT413", "unknown-command-parameter", Severity.ERROR, on=Runbook)
def unknown_command_parameter(runbook: Runbook) -> Iterator[Problem]:
    """Report each parameter that the document of a command does not have, or lacks."""
    for step in runbook.steps:
        name, given = step.input("DocumentName"), step.input("Parameters")
        if step.action != "aws:runCommand" or name is None or given is None:
            continue
        if not isinstance(name.value, Scalar) or not isinstance(given.value, Mapping):
            continue
        document = name.value.text.rpartition("/")[2]
        if document in _SCRIPTS:
            yield from _problems(document, given.key, given.value)


def _problems(document: str, key: Scalar, given: Mapping) -> Iterator[Problem]:
    missing = given.get("commands") is None
    for entry in given.entries:
        name = entry.key.text
        if name in _PARAMETERS or "{{" in name:
            continue
        meant = near(name, _PARAMETERS)
        missing = missing and meant != "commands"
        text = f"`{document}` has no parameter `{name}`"
        if meant is None or given.get(meant) is not None:
            yield Problem(entry.key.span, f"{text}, only {_listed()}")
            continue
        yield Problem(entry.key.span, f"{text}; did you mean `{meant}`?")
    if missing:
        yield Problem(key.span, f"`{document}` needs `commands`")


def _listed() -> str:
    return ", ".join(f"`{name}`" for name in _PARAMETERS)
