"""
## What it does
Reports a script that leaves open what happens when its pre script fails.

## Why is this bad?
Without `ExecuteOperationOnScriptFailure` a failed pre script leads to crash-consistent snapshots.
They look like any others: only a tag and a metric tell that the application was not quiesced.
The default is documented and may be wanted, so the rule is opt-in; it is for people who want the
decision to be written down.

## Example
```yaml script
ExecutionHandler: freeze-and-thaw  # <-
ExecutionTimeout: 60
```
Use instead:
```yaml script
ExecutionHandler: freeze-and-thaw
ExecutionTimeout: 60
ExecuteOperationOnScriptFailure: false
```

## Fix safety
Unsafe: where the pre script fails there is no snapshot at all.

## References
- [`Script`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_Script.html): `ExecuteOperationOnScriptFailure`
- [EBS user guide: how pre and post scripts work](https://docs.aws.amazon.com/ebs/latest/userguide/script-flow.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import PolicyScript
from ssmlint.rule import Problem, Severity, rule
from ssmlint_rules.fallbacks import without_fallback
from ssmlint_rules.wording import is_misspelled_in

_MEMBER = "ExecuteOperationOnScriptFailure"


@rule("POL309", "implicit-crash-consistent", Severity.INFO, on=PolicyScript, default=False)
def implicit_crash_consistent(script: PolicyScript) -> Iterator[Problem]:
    """Report a script with a pre stage and without the choice."""
    has_pre = script.is_vss or "PRE" in script.stages
    if is_misspelled_in(script.node, _MEMBER):
        return
    if has_pre and script.node.get(_MEMBER) is None:
        text = "when the pre script fails, crash-consistent snapshots are taken by default"
        yield Problem(script.label_span, text, fix=without_fallback(script))
