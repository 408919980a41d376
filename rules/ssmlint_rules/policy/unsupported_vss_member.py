"""
## What it does
Reports members of a script that VSS backups do not have.

## Why is this bad?
With `AWS_VSS_BACKUP` there is no document of yours to be called in stages: `Stages`,
`ExecutionHandlerService` and `ExecutionTimeout` must be omitted. Retries and the reaction to a
failure may be chosen.

## Example
```yaml script
ExecutionHandler: AWS_VSS_BACKUP
Stages: [PRE, POST]  # <-
ExecutionTimeout: 60  # <-
MaximumRetryCount: 3
```
Use instead:
```yaml script
ExecutionHandler: AWS_VSS_BACKUP
MaximumRetryCount: 3
```

## Fix safety
Safe: the API accepts a policy without these members only.

## References
- [`Script`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_Script.html)
- [EBS user guide: application-consistent snapshots](https://docs.aws.amazon.com/ebs/latest/userguide/automate-app-consistent-backups.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import VSS_HANDLER, PolicyScript
from ssmlint.rule import Note, Problem, Safety, Severity, rule
from ssmlint_rules.edits import taken_out

_OMITTED = ("Stages", "ExecutionHandlerService", "ExecutionTimeout")


@rule("POL302", "unsupported-vss-member", Severity.ERROR, on=PolicyScript)
def unsupported_vss_member(script: PolicyScript) -> Iterator[Problem]:
    """Report each member that must be omitted."""
    if not script.is_vss:
        return
    for entry in script.node:
        if entry.key.text in _OMITTED:
            text = f"`{entry.key.text}` must be omitted with `{VSS_HANDLER}`"
            fix = taken_out(script.schedule.policy.source, script.node, entry, Safety.SAFE)
            note = Note(script.label_span, "VSS backups")
            yield Problem(entry.key.span, text, (note,), fix=fix)
