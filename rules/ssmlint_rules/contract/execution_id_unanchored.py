"""
## What it does
Reports an `allowedPattern` of `executionId` in a pre/post document that lets more than an id pass:
text before or after it.

## Why is this bad?
The agent looks for the pattern anywhere in the value and puts the value into the script as it
is. With `[a-f0-9-]{36}` a caller may send an id and then `; reboot`, and root runs it. The pattern
is the only thing between whoever may send commands and a shell of root.

## Example
```yaml parameters
command:
  type: String
  allowedValues: [pre-script, post-script, dry-run]
executionId:
  type: String
  default: None
  allowedPattern: ^None|[a-fA-F0-9]{8}(-[a-fA-F0-9]{4}){3}-[a-fA-F0-9]{12}$  # <-
```
Use instead:
```yaml parameters
command:
  type: String
  allowedValues: [pre-script, post-script, dry-run]
executionId:
  type: String
  default: None
  allowedPattern: ^(None|[a-fA-F0-9]{8}(-[a-fA-F0-9]{4}){3}-[a-fA-F0-9]{12})$
```

## Fix safety
Unsafe: values that have passed so far are refused.

## References
- [amazon-ssm-agent, `allowedregexparamvalidator.go`](https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/framework/docparser/paramvalidator/allowedregexparamvalidator/allowedregexparamvalidator.go): `MatchString`
- [EBS User Guide: automate application-consistent snapshots](https://docs.aws.amazon.com/ebs/latest/userguide/automate-app-consistent-backups.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import SsmDocument
from ssmlint.rule import Problem, Severity, rule
from ssmlint_rules.contract.dlm import EXECUTION_IDS, execution_id
from ssmlint_rules.edits import instead
from ssmlint_rules.patterns import anchored, matches
from ssmlint_rules.wording import is_filled_in_later

_ATTACK = "; reboot; "


@rule("DLM007", "execution-id-unanchored", Severity.WARNING, on=SsmDocument)
def execution_id_unanchored(document: SsmDocument) -> Iterator[Problem]:
    """Report a pattern that an id with a command before or after it passes."""
    parameter = execution_id(document)
    pattern = parameter.allowed_pattern if parameter else None
    if pattern is None or not pattern.text or is_filled_in_later(pattern.text):
        return
    for value in (EXECUTION_IDS[0], "None"):
        if not matches(pattern.text, value):
            continue
        for longer in (value + _ATTACK, _ATTACK + value):
            if matches(pattern.text, longer):
                text = f"the pattern lets `{longer.strip()}` pass; anchor it with ^( and )$"
                better = anchored(pattern.text)
                fix = instead(document.source, pattern, better) if better else None
                yield Problem(pattern.span, text, fix=fix)
                return
