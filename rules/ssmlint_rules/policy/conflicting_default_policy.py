"""
## What it does
Reports a default policy whose members contradict each other about what it backs up.

## Why is this bad?
A default policy says the same thing up to three times: `DefaultPolicy` in the request,
`ResourceType` and `PolicyType` in its details. `VOLUME` goes with `EBS_SNAPSHOT_MANAGEMENT` and
`INSTANCE` with `IMAGE_MANAGEMENT`. Where they disagree, the API refuses the request, or makes the
policy for the other kind of resource, and the one that was meant remains unprotected. Details with
`PolicyLanguage: SIMPLIFIED` need `DefaultPolicy` beside them.

## Example
```yaml policy
ExecutionRoleArn: arn:aws:iam::111122223333:role/backup
Description: Default policy
State: ENABLED
DefaultPolicy: VOLUME
PolicyDetails:
  PolicyLanguage: SIMPLIFIED
  PolicyType: IMAGE_MANAGEMENT  # <-
  ResourceType: VOLUME
```
Use instead:
```yaml policy
ExecutionRoleArn: arn:aws:iam::111122223333:role/backup
Description: Default policy
State: ENABLED
DefaultPolicy: VOLUME
PolicyDetails:
  PolicyLanguage: SIMPLIFIED
  PolicyType: EBS_SNAPSHOT_MANAGEMENT
  ResourceType: VOLUME
```

Details alone do not make a default policy:
```yaml policy
ExecutionRoleArn: arn:aws:iam::111122223333:role/backup
Description: Default policy
State: ENABLED
PolicyDetails:
  PolicyLanguage: SIMPLIFIED  # <-
  ResourceType: INSTANCE
```
Use instead:
```yaml policy
ExecutionRoleArn: arn:aws:iam::111122223333:role/backup
Description: Default policy
State: ENABLED
DefaultPolicy: INSTANCE
PolicyDetails:
  PolicyLanguage: SIMPLIFIED
  ResourceType: INSTANCE
```

## References
- [EBS user guide: default policies](https://docs.aws.amazon.com/ebs/latest/userguide/default-policies.html)
- [`CreateLifecyclePolicy`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_CreateLifecyclePolicy.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import LifecyclePolicy, PolicyForm
from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.tree import Scalar

#: What each member says about the resources, by its value.
_SAYS = {
    "DefaultPolicy": {"VOLUME": "VOLUME", "INSTANCE": "INSTANCE"},
    "ResourceType": {"VOLUME": "VOLUME", "INSTANCE": "INSTANCE"},
    "PolicyType": {"EBS_SNAPSHOT_MANAGEMENT": "VOLUME", "IMAGE_MANAGEMENT": "INSTANCE"},
}


@rule("POL008", "conflicting-default-policy", Severity.ERROR, on=LifecyclePolicy)
def conflicting_default_policy(policy: LifecyclePolicy) -> Iterator[Problem]:
    """Report each member that disagrees with the first one."""
    if not policy.kind.is_default:
        return
    said = list(_said(policy))
    for member, scalar, resource in said[1:]:
        first, first_scalar, first_resource = said[0]
        if resource != first_resource:
            text = (
                f"`{member}` is `{scalar.text}`, which contradicts `{first}: {first_scalar.text}`"
            )
            yield Problem(scalar.span, text, (Note(first_scalar.span, f"`{first}` stands here"),))
    language = policy.details.get_scalar("PolicyLanguage") if policy.details else None
    if policy.root.get("DefaultPolicy") is None and policy.form is PolicyForm.CREATE and language:
        text = "a default policy (`SIMPLIFIED`) needs `DefaultPolicy` in its request"
        yield Problem(language.span, text)
    elif language is not None and language.text == "STANDARD":
        text = "a default policy has `PolicyLanguage: SIMPLIFIED`, not `STANDARD`"
        yield Problem(language.span, text)


def _said(policy: LifecyclePolicy) -> Iterator[tuple[str, Scalar, str]]:
    for member, resources in _SAYS.items():
        node = policy.root if member == "DefaultPolicy" else policy.details
        scalar = node.get_scalar(member) if node is not None else None
        if scalar is not None and scalar.text in resources:
            yield member, scalar, resources[scalar.text]
