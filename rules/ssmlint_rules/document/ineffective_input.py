"""
## What it does
Reports inputs of a plugin that look as if they did something, and do nothing.

## Why is this bad?
The agent passes over inputs that a plugin does not know. With `executionTimeout` in place of
`timeoutSeconds` the script has an hour; with `maxAttempts` it is still run once (which is an info
where `maxAttempts` is 1).

## Example
```yaml step
- action: aws:runShellScript
  name: freeze
  inputs:
    executionTimeout: 120  # <-
    runCommand:
      - fsfreeze -f /data
```
Use instead:
```yaml step
- action: aws:runShellScript
  name: freeze
  inputs:
    timeoutSeconds: 120
    runCommand:
      - fsfreeze -f /data
```

There is no such thing as a second attempt:
```yaml step
- action: aws:runShellScript
  name: freeze
  inputs:
    maxAttempts: 3  # <-
    runCommand:
      - fsfreeze -f /data
```
Use instead:
```yaml step
- action: aws:runShellScript
  name: freeze
  inputs:
    runCommand:
      - fsfreeze -f /data
```

## Fix safety
Unsafe: renaming `executionTimeout` gives the script the time that was meant, which may be less
than it has had so far; and where `maxAttempts` is taken out, nothing says any more what was meant.

## References
- [Command document plugin reference](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-command-ssm-plugin-reference.html)
- [A timeout that was accepted and ignored](https://github.com/aws/aws-cli/issues/4892)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import DocumentKind, SsmDocument
from ssmlint.rule import Fix, Problem, Safety, Severity, rule
from ssmlint.tree import Mapping, Scalar
from ssmlint_rules.edits import rewritten, taken_out


@rule("SSM303", "ineffective-input", Severity.WARNING, on=SsmDocument)
def ineffective_input(document: SsmDocument) -> Iterator[Problem]:
    """Report inputs that no plugin has."""
    if document.kind is not DocumentKind.COMMAND:
        return
    for step in document.steps:
        for inputs in step.inputs:
            yield from _in(document, inputs)


def _in(document: SsmDocument, inputs: Mapping) -> Iterator[Problem]:
    attempts, timeout = inputs.entry("maxAttempts"), inputs.entry("executionTimeout")
    if attempts is not None:
        text = "`maxAttempts` has no effect; a Command document tries no step again"
        once = isinstance(attempts.value, Scalar) and attempts.value.text == "1"
        fix = taken_out(document.source, inputs, attempts)
        yield Problem(attempts.key.span, text, fix=fix, severity=Severity.INFO if once else None)
    if timeout is not None:
        fix = None
        if inputs.entry("timeoutSeconds") is None:
            edit = rewritten(document.source, timeout.key, "timeoutSeconds")
            fix = Fix("rename it to `timeoutSeconds`", (edit,), Safety.UNSAFE)
        text = "`executionTimeout` has no effect; the input is called `timeoutSeconds`"
        yield Problem(timeout.key.span, text, fix=fix)
