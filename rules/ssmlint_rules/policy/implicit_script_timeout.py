"""
## What it does
Reports a script without `ExecutionTimeout`, so that it has ten seconds.

## Why is this bad?
Ten seconds are the default and the minimum. Flushing and freezing a busy database takes longer now
and then; the attempt then counts as failed, and by default a crash-consistent snapshot is made. Up
to 120 seconds may be given. This is advice: a quick script does not need more.

## Example
```yaml script
ExecutionHandler: freeze-and-thaw  # <-
Stages: [PRE, POST]
```
Use instead:
```yaml script
ExecutionHandler: freeze-and-thaw
Stages: [PRE, POST]
ExecutionTimeout: 60
```

## References
- [`Script`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_Script.html): `ExecutionTimeout`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import DEFAULT_TIMEOUT_SECONDS, PolicyForm, PolicyScript
from ssmlint.rule import Problem, Severity, rule


@rule("POL308", "implicit-script-timeout", Severity.INFO, on=PolicyScript)
def implicit_script_timeout(script: PolicyScript) -> Iterator[Problem]:
    """Report a script that runs a document and leaves the timeout out."""
    if script.is_vss or script.handler is None:
        return
    stored = script.schedule.policy.form is PolicyForm.STORED
    if not stored and script.node.get("ExecutionTimeout") is None:
        text = f"without `ExecutionTimeout` the script has {DEFAULT_TIMEOUT_SECONDS} seconds"
        yield Problem(script.label_span, text)
