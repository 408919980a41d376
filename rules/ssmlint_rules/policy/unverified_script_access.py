"""
## What it does
Reminds of what a policy with pre and post scripts needs outside of the two files.

## Why is this bad?
The managed policy `AWSDataLifecycleManagerSSMFullAccess` lets Data Lifecycle Manager use only
documents with the tag `DLMScriptsAccess`, whose value is `true` in exactly these letters; and who
creates the policy from the command line must attach the managed policy to the role first (the
console does so by itself for the default role). None of that stands in the files, so nothing can be
said for sure: the rule is opt-in, for reviews.

## Example
```yaml script
ExecutionHandler: freeze-and-thaw  # <-
ExecutionTimeout: 60
```
Use instead:
```yaml script
ExecutionHandler: AWS_VSS_BACKUP
```

## References
- [EBS user guide: application-consistent snapshots](https://docs.aws.amazon.com/ebs/latest/userguide/automate-app-consistent-backups.html): preparing the role and the document
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import PolicyScript
from ssmlint.rule import Problem, Severity, rule


@rule("POL707", "unverified-script-access", Severity.INFO, on=PolicyScript, default=False)
def unverified_script_access(script: PolicyScript) -> Iterator[Problem]:
    """Report each script that runs a document of the user's own."""
    if script.document_name is not None:
        text = f"document `{script.document_name}` needs the tag `DLMScriptsAccess` with the value "
        text += "`true`, and the role `AWSDataLifecycleManagerSSMFullAccess`"
        yield Problem(script.label_span, text)
