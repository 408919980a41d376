"""
## What it does
Reports a schedule for SAP HANA that falls back to crash-consistent snapshots.

## Why is this bad?
When the pre script fails, Data Lifecycle Manager takes snapshots all the same unless
`ExecuteOperationOnScriptFailure` is `false`. Of SAP HANA these cannot be restored in the same
manner, so AWS advises to switch that off: better no snapshot than one that looks like a backup.

## Example
```yaml script
ExecutionHandler: AWSSystemsManagerSAP-CreateDLMSnapshotForSAPHANA  # <-
ExecutionTimeout: 120
```
Use instead:
```yaml script
ExecutionHandler: AWSSystemsManagerSAP-CreateDLMSnapshotForSAPHANA
ExecutionTimeout: 120
ExecuteOperationOnScriptFailure: false
```

## Fix safety
Unsafe: where the pre script fails there is no snapshot at all.

## References
- [EBS user guide: application-consistent snapshots](https://docs.aws.amazon.com/ebs/latest/userguide/automate-app-consistent-backups.html): "default to crash-consistent snapshots"
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import PolicyScript
from ssmlint.rule import Problem, Severity, rule
from ssmlint_rules.fallbacks import without_fallback


@rule("POL304", "sap-hana-crash-consistent", Severity.INFO, on=PolicyScript)
def sap_hana_crash_consistent(script: PolicyScript) -> Iterator[Problem]:
    """Report a script for SAP HANA whose failure still leads to snapshots."""
    if script.is_sap_hana and "PRE" in script.stages and script.falls_back:
        entry = script.node.entry("ExecuteOperationOnScriptFailure")
        span = entry.key.span if entry is not None else script.label_span
        text = (
            "crash-consistent snapshots of SAP HANA cannot be restored like others; "
            "set `ExecuteOperationOnScriptFailure` to `false`"
        )
        yield Problem(span, text, fix=without_fallback(script))
