"""
## What it does
Reports `ExecuteOperationOnScriptFailure` in a policy that runs a post script only.

## Why is this bad?
The member says what happens when the *pre* script fails. Without a pre script it must be omitted.
(The Terraform provider always sends it, so that a post script alone cannot be had there; inferred
from its source.)

## Example
```yaml script
ExecutionHandler: notify
Stages: [POST]
ExecutionTimeout: 60
ExecuteOperationOnScriptFailure: true  # <-
```
Use instead:
```yaml script
ExecutionHandler: notify
Stages: [POST]
ExecutionTimeout: 60
```

## Fix safety
Safe: the API accepts a policy without this member only.

## References
- [`Script`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_Script.html): `ExecuteOperationOnScriptFailure`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import PolicyScript
from ssmlint.rule import Note, Problem, Safety, Severity, rule
from ssmlint_rules.edits import taken_out

_MEMBER = "ExecuteOperationOnScriptFailure"


@rule("POL307", "failure-choice-without-pre-script", Severity.ERROR, on=PolicyScript)
def failure_choice_without_pre_script(script: PolicyScript) -> Iterator[Problem]:
    """Report the choice where `POST` is the only stage."""
    entry, stages = script.node.entry(_MEMBER), script.node.entry("Stages")
    if entry is not None and stages is not None and set(script.stages) == {"POST"}:
        note = Note(stages.key.span, "no pre script is run")
        text = f"`{_MEMBER}` must be omitted without a pre script"
        fix = taken_out(script.schedule.policy.source, script.node, entry, Safety.SAFE)
        yield Problem(entry.key.span, text, (note,), fix=fix)
