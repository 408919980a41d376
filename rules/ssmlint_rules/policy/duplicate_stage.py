"""
## What it does
Reports a stage that `Stages` names twice.

## Why is this bad?
The API model takes two entries and does not ask that they differ: `[PRE, PRE]` passes every check.
Whoever wrote it most likely meant `[PRE, POST]`, and then nobody thaws what the pre script froze.

## Example
```yaml script
ExecutionHandler: freeze-and-thaw
Stages: [PRE, PRE]  # <-
ExecutionTimeout: 60
```
Use instead:
```yaml script
ExecutionHandler: freeze-and-thaw
Stages: [PRE]
ExecutionTimeout: 60
```

## Fix safety
Safe: the stage is there already.

## References
- [`Script`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_Script.html): `Stages`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import PolicyScript
from ssmlint.restructuring import without_item
from ssmlint.rule import Fix, Problem, Severity, rule
from ssmlint.tree import Scalar


@rule("POL306", "duplicate-stage", Severity.WARNING, on=PolicyScript)
def duplicate_stage(script: PolicyScript) -> Iterator[Problem]:
    """Report each stage after the first of its name."""
    seen: set[str] = set()
    stages = script.node.get_sequence("Stages")
    for item in stages or ():
        if stages is not None and isinstance(item, Scalar):
            if item.text in seen:
                edit = without_item(script.schedule.policy.source, stages, item)
                fix = Fix("take it out", (edit,)) if edit else None
                yield Problem(item.span, f"stage `{item.text}` stands here twice", fix=fix)
            seen.add(item.text)
