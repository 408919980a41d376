"""
## What it does
Reports a member that the DLM API does not have at that place.

## Why is this bad?
The command line refuses the whole policy, and so does CloudFormation. `TagsToAdd` is easily
written `Tags`, and what is `ExcludeBootVolume` in the parameters of a custom policy is
`ExcludeBootVolumes` in the exclusions of a default policy: even an example in AWS's user guide
has the wrong one of them.

## Example
```yaml schedule
Name: nightly
CreateRule:
  CronExpresion: cron(0 3 * * ? *)  # <-
RetainRule:
  Count: 7
Tags:  # <-
  - Key: team
    Value: storage
```
Use instead:
```yaml schedule
Name: nightly
CreateRule:
  CronExpression: cron(0 3 * * ? *)
RetainRule:
  Count: 7
TagsToAdd:
  - Key: team
    Value: storage
```

A member at the wrong level:
```yaml schedule
Name: nightly
CreateRule:
  CronExpression: cron(0 3 * * ? *)
  RetainRule: {Count: 7}  # <-
```
Use instead:
```yaml schedule
Name: nightly
CreateRule:
  CronExpression: cron(0 3 * * ? *)
RetainRule: {Count: 7}
```

## Fix safety
Unsafe: renaming the member puts in force what was not in force before.

## References
- [DLM API reference: data types](https://docs.aws.amazon.com/dlm/latest/APIReference/API_Types.html)
- [EBS user guide: default policies](https://docs.aws.amazon.com/ebs/latest/userguide/default-policies.html), where the second method writes `ExcludeBootVolume`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import LifecyclePolicy
from ssmlint.rule import Fix, Problem, Safety, Severity, rule
from ssmlint.tree import Entry, Mapping
from ssmlint_rules.edits import rewritten
from ssmlint_rules.policy_structure import errors_of, shape_of, shapes
from ssmlint_rules.structure import StructureError
from ssmlint_rules.wording import listed, near

#: What people write, where the right name is not near enough to be found by its letters.
_MEANT = {
    "Tags": "TagsToAdd",
    "Cron": "CronExpression",
    "Timeout": "ExecutionTimeout",
    "Retries": "MaximumRetryCount",
    "RetryCount": "MaximumRetryCount",
    "Document": "ExecutionHandler",
    "Handler": "ExecutionHandler",
    "Region": "TargetRegion",
    "KmsKeyId": "CmkArn",
}

#: So many places are worth naming.
_FEW = 4


@rule("POL001", "unknown-policy-member", Severity.ERROR, on=LifecyclePolicy)
def unknown_policy_member(policy: LifecyclePolicy) -> Iterator[Problem]:
    """Report each member that its shape does not have."""
    for error in errors_of(policy):
        if error.keyword == "additionalProperties" and error.entry is not None:
            yield _problem(policy, error, error.entry)


def _problem(policy: LifecyclePolicy, error: StructureError, entry: Entry) -> Problem:
    name = entry.key.text
    text = f"`{name}` is not a member of {shape_of(error)}"
    meant = _MEANT.get(name)
    if meant not in error.known:
        meant = near(name, error.known)
    if meant is None:
        homes = [shape for shape, found in shapes().items() if name in found["properties"]]
        where = f"; it belongs to {listed(homes)}" if 0 < len(homes) <= _FEW else ""
        return Problem(entry.key.span, text + where)
    fix = None
    if isinstance(error.node, Mapping) and error.node.get(meant) is None:
        edit = rewritten(policy.source, entry.key, meant)
        fix = Fix(f"rename it to `{meant}`", (edit,), Safety.UNSAFE)
    return Problem(entry.key.span, f"{text}; did you mean `{meant}`?", fix=fix)
