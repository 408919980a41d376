"""
## What it does
Reports an `ExecutionHandler` that is nearly, but not quite, one of the two that AWS provides.

## Why is this bad?
`AWS_VSS_BACKUP` and `AWSSystemsManagerSAP-CreateDLMSnapshotForSAPHANA` mean AWS's own procedures.
Anything else is taken for the name of your own document: with `AWS_VSS_Backup` Data Lifecycle
Manager looks for a document of that name in every run and fails, and with the default settings
it goes on to make crash-consistent snapshots. The document behind VSS backups,
`AWSEC2-CreateVssSnapshot`, is not to be named either.

## Example
```yaml script
ExecutionHandler: AWS_VSS_Backup  # <-
```
Use instead:
```yaml script
ExecutionHandler: AWS_VSS_BACKUP
```

The handler for SAP HANA:
```yaml script
ExecutionHandler: AWSSystemManagerSAP-CreateDLMSnapshotForSAPHANA  # <-
ExecutionTimeout: 120
```
Use instead:
```yaml script
ExecutionHandler: AWSSystemsManagerSAP-CreateDLMSnapshotForSAPHANA
ExecutionTimeout: 120
```

## Fix safety
Unsafe: a document of your own may have that name.

## References
- [`Script`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_Script.html): `ExecutionHandler`
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.model.policy import SAP_HANA_HANDLER, VSS_HANDLER, PolicyScript
from ssmlint.near import nearest
from ssmlint.rule import Fix, Problem, Safety, Severity, rule
from ssmlint_rules.edits import rewritten

#: Names of AWS's own that stand for a handler, as letters and digits only.
_MEANT = {
    "awsvssbackup": VSS_HANDLER,
    "awsec2createvsssnapshot": VSS_HANDLER,
    "awssystemsmanagersapcreatedlmsnapshotforsaphana": SAP_HANA_HANDLER,
}
#: How much of a name must be right to be taken for a slip.
_SIMILARITY = 0.9


@rule("POL301", "misspelt-handler", Severity.ERROR, on=PolicyScript)
def misspelt_handler(script: PolicyScript) -> Iterator[Problem]:
    """Report a handler that has all but the spelling of one of AWS's."""
    handler = script.handler
    if handler is None or script.document_name is None:
        return
    folded = re.sub(r"[^a-z0-9]", "", script.document_name[:200].lower())
    found = nearest(folded, _MEANT, cutoff=_SIMILARITY)
    if found:
        meant = _MEANT[found]
        edit = rewritten(script.schedule.policy.source, handler, meant)
        fix = Fix(f"write `{meant}`", (edit,), Safety.UNSAFE)
        text = f"`{handler.text}` is no handler of AWS; did you mean `{meant}`?"
        yield Problem(handler.span, text, fix=fix)
