"""
## What it does
Reports a step of `aws:runPowerShellScript` without a precondition on the platform, in a document that has
a step for Linux as well.

## Why is this bad?
`aws:runShellScript` is skipped on Windows, and so it looks as if the other step were skipped on Linux.
It is not: the agent runs PowerShell scripts on every platform, with `pwsh`, which most Linux hosts do
not have. The step fails, and the command with it.

## Example
```yaml step
- action: aws:runShellScript
  name: onLinux
  precondition:
    StringEquals: [platformType, Linux]
  inputs:
    runCommand: [date]
- action: aws:runPowerShellScript
  name: onWindows  # <-
  inputs:
    runCommand: [Get-Date]
```
Use instead:
```yaml step
- action: aws:runShellScript
  name: onLinux
  precondition:
    StringEquals: [platformType, Linux]
  inputs:
    runCommand: [date]
- action: aws:runPowerShellScript
  name: onWindows
  precondition:
    StringEquals: [platformType, Windows]
  inputs:
    runCommand: [Get-Date]
```

## References
- [Command document plugin reference](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-command-ssm-plugin-reference.html#aws-runPowerShellScript):
  Windows Server and Linux
- aws/amazon-ssm-agent, `agent/appconfig/constants_unix.go`: `PowerShellPluginCommandName`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import DocumentKind, SsmDocument
from ssmlint.rule import Note, Problem, Severity, rule


@rule("SSM309", "powershell-on-every-platform", Severity.WARNING, on=SsmDocument)
def powershell_on_every_platform(document: SsmDocument) -> Iterator[Problem]:
    """Report each such step."""
    if document.kind is not DocumentKind.COMMAND or document.schema_version != "2.2":
        return
    for_shell = [step for step in document.steps if step.action == "aws:runShellScript"]
    for step in document.steps:
        is_powershell = step.action == "aws:runPowerShellScript"
        if for_shell and is_powershell and step.node.get("precondition") is None:
            note = Note(for_shell[0].label_span, "this step is for Linux")
            text = "this PowerShell step runs on Linux, too, where `pwsh` is rarely there"
            yield Problem(step.label_span, text, (note,))
