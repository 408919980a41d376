"""
## What it does
Reports a step of a pre/post document that has no `timeoutSeconds`, or one of more than 120.

## Why is this bad?
Data Lifecycle Manager waits for at most 120 seconds (`ExecutionTimeout`, 10 by default) and then
gives up. The agent goes on for an hour, its default: a script that hangs in a freeze holds on to
it long after the snapshot, and the next run finds it still there. Where a policy is checked
together with the document, its own limit counts as well.

## Example
```yaml document
schemaVersion: '2.2'
parameters:
  command:
    type: String
    allowedValues: [pre-script, post-script, dry-run]
mainSteps:
  - action: aws:runShellScript
    name: freeze  # <-
    inputs:
      runCommand:
        - freeze-or-thaw {{ command }}
```
Use instead:
```yaml document
schemaVersion: '2.2'
parameters:
  command:
    type: String
    allowedValues: [pre-script, post-script, dry-run]
mainSteps:
  - action: aws:runShellScript
    name: freeze
    inputs:
      timeoutSeconds: '120'
      runCommand:
        - freeze-or-thaw {{ command }}
```

## Fix safety
Unsafe: the agent kills the script after two minutes then, and every process that it has started; where a
watchdog fires earlier, after that time.

## References
- [amazon-ssm-agent, `pluginutil.go`](https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/plugins/pluginutil/pluginutil.go): 3600 without a value
- [Amazon Data Lifecycle Manager API, Script](https://docs.aws.amazon.com/dlm/latest/APIReference/API_Script.html): `ExecutionTimeout`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import SsmDocument, Step
from ssmlint.model.timeouts import DEFAULT_SECONDS, seconds
from ssmlint.restructuring import with_entry
from ssmlint.rule import Fix, Problem, Safety, Severity, rule
from ssmlint.shell.effects import default_table
from ssmlint.shell.stage_runs import stage_reports
from ssmlint.tree import Scalar
from ssmlint_rules.edits import instead

_SCRIPTS = ("aws:runShellScript", "aws:runPowerShellScript")
#: The most that a policy can wait (botocore, `dlm`, `ExecutionTimeout`).
_MOST = 120


@rule("DLM404", "timeout-missing", Severity.WARNING, on=SsmDocument, asks_runs=True)
def timeout_missing(document: SsmDocument) -> Iterator[Problem]:
    """Report each step that may run on after its policy has given up."""
    if not document.is_dlm:
        return
    for step in document.steps:
        if step.action not in _SCRIPTS or not step.inputs:
            continue
        entry = step.input("timeoutSeconds")
        if entry is None:
            yield Problem(
                step.label_span,
                f"without `timeoutSeconds` the agent lets this step run for {DEFAULT_SECONDS}"
                f" seconds; a policy waits for at most {_MOST}",
                fix=_fix(document, step),
            )
        elif isinstance(entry.value, Scalar) and (seconds(entry.value.value) or 0) > _MOST:
            yield Problem(
                entry.value.span,
                f"a policy waits for at most {_MOST} seconds, and this step may run for"
                f" {entry.value.text}",
                fix=instead(document.source, entry.value, str(_allowed(document))),
            )


def _fix(document: SsmDocument, step: Step) -> Fix | None:
    """As long as a policy can wait, and no longer than the watchdog does."""
    inputs = step.inputs[0]
    entry = inputs.entry("runCommand")
    if entry is None:
        return None
    allowed = str(_allowed(document))
    edit = with_entry(document.source, inputs, "timeoutSeconds", allowed, before=entry)
    return Fix(f"stop it after {allowed} seconds", (edit,), Safety.UNSAFE) if edit else None


def _allowed(document: SsmDocument) -> int:
    ends = [end for report in stage_reports(document, default_table()) for end in report.pre.ends]
    delays = [dog.delay for end in ends for dog in end.watchdogs if dog.delay is not None]
    return int(min([_MOST, *delays]))
