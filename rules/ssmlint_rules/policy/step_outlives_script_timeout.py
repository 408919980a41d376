"""
## What it does
Reports a step whose own timeout is longer than the time that the policy gives the script.

## Why is this bad?
After `ExecutionTimeout` seconds (10 where it is not given, 120 at most) Data Lifecycle Manager
counts the attempt as failed. The step runs on until its own `timeoutSeconds`: it may still freeze
the database after the snapshot has been given up, or overlap with the next attempt. The managed
policy for the role has no permission to cancel a command (inferred from it: nothing stops the
step). This is advice, and steps without `timeoutSeconds` are not reported, although the agent gives
them an hour.

## Example
```yaml policy
# ssmlint: name=freeze-and-thaw
schemaVersion: '2.2'
parameters:
  command: {type: String, allowedValues: [pre-script, post-script, dry-run]}
mainSteps:
  - name: run
    action: aws:runShellScript
    inputs:
      timeoutSeconds: 600
      runCommand: ['/opt/backup/{{ command }}']
---
PolicyType: EBS_SNAPSHOT_MANAGEMENT
ResourceTypes: [INSTANCE]
TargetTags: [{Key: backup, Value: nightly}]
Schedules:
  - Name: nightly
    CreateRule:
      CronExpression: cron(0 3 * * ? *)
      Scripts:
        - ExecutionHandler: freeze-and-thaw
          ExecutionTimeout: 60  # <-
    RetainRule: {Count: 7}
```
Use instead:
```yaml policy
# ssmlint: name=freeze-and-thaw
schemaVersion: '2.2'
parameters:
  command: {type: String, allowedValues: [pre-script, post-script, dry-run]}
mainSteps:
  - name: run
    action: aws:runShellScript
    inputs:
      timeoutSeconds: 60
      runCommand: ['/opt/backup/{{ command }}']
---
PolicyType: EBS_SNAPSHOT_MANAGEMENT
ResourceTypes: [INSTANCE]
TargetTags: [{Key: backup, Value: nightly}]
Schedules:
  - Name: nightly
    CreateRule:
      CronExpression: cron(0 3 * * ? *)
      Scripts:
        - ExecutionHandler: freeze-and-thaw
          ExecutionTimeout: 60
    RetainRule: {Count: 7}
```

## References
- [`Script`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_Script.html): `ExecutionTimeout`
- [amazon-ssm-agent, `pluginutil.go`](https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/framework/processor/executer/iohandler/pluginutil/pluginutil.go): `ValidateExecutionTimeout`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.pair import Pair
from ssmlint.rule import Problem, Severity, rule
from ssmlint.tree import Scalar
from ssmlint_rules.pairs import in_document


@rule("POL704", "step-outlives-script-timeout", Severity.INFO, on=Pair)
def step_outlives_script_timeout(pair: Pair) -> Iterator[Problem]:
    """Report the first step that may run longer than the policy waits."""
    seconds = pair.script.timeout_seconds
    for step in pair.document.steps:
        entry = step.input("timeoutSeconds")
        if entry is None or not isinstance(entry.value, Scalar):
            continue
        written = entry.value.text
        if written.isascii() and written.isdigit() and int(written[:9]) > seconds:
            given = pair.script_node.get_scalar("ExecutionTimeout")
            span = given.span if given is not None else pair.script.label_span
            note = in_document(pair, entry.value.span, "the step's own timeout")
            text = f"the policy waits {seconds} seconds, the step may run for {written}"
            yield Problem(span, text, (note,))
            return
