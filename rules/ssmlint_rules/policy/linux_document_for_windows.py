"""
## What it does
Reports a document that runs on Linux only, in a policy whose targets are Windows instances.

## Why is this bad?
A step whose precondition asks for Linux is skipped on Windows, and a skipped step counts as a
success: the snapshots are marked as application-consistent although nothing was quiesced (inferred
from the agent's source, hence a warning). That the targets run Windows follows from another schedule
of the policy that makes VSS backups of the same instances, or from the words of the target tags.

## Example
```yaml policy
# ssmlint: name=freeze-and-thaw
schemaVersion: '2.2'
parameters:
  command: {type: String, allowedValues: [pre-script, post-script, dry-run]}
mainSteps:
  - name: run
    action: aws:runShellScript
    precondition: {StringEquals: [platformType, Linux]}
    inputs: {runCommand: ['/opt/backup/{{ command }}']}
---
PolicyType: EBS_SNAPSHOT_MANAGEMENT
ResourceTypes: [INSTANCE]
TargetTags: [{Key: platform, Value: windows}]
Schedules:
  - Name: nightly
    CreateRule:
      CronExpression: cron(0 3 * * ? *)
      Scripts:
        - ExecutionHandler: freeze-and-thaw  # <-
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
    precondition: {StringEquals: [platformType, Linux]}
    inputs: {runCommand: ['/opt/backup/{{ command }}']}
---
PolicyType: EBS_SNAPSHOT_MANAGEMENT
ResourceTypes: [INSTANCE]
TargetTags: [{Key: platform, Value: linux}]
Schedules:
  - Name: nightly
    CreateRule:
      CronExpression: cron(0 3 * * ? *)
      Scripts:
        - ExecutionHandler: freeze-and-thaw
    RetainRule: {Count: 7}
```

## References
- [amazon-ssm-agent, `aggregator.go`](https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/contracts/aggregator.go): skipped is a form of success
- [EBS user guide: application-consistent snapshots](https://docs.aws.amazon.com/ebs/latest/userguide/automate-app-consistent-backups.html): VSS backups are for Windows
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.model.document import SsmDocument, Step
from ssmlint.model.pair import Pair
from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.tree import scalars
from ssmlint_rules.pairs import in_document

_WINDOWS = re.compile(r"(?:^|[^a-z])windows(?:[^a-z]|$)", re.IGNORECASE)


@rule("POL705", "linux-document-for-windows", Severity.WARNING, on=Pair)
def linux_document_for_windows(pair: Pair) -> Iterator[Problem]:
    """Report a Linux-only document where the targets are known to run Windows."""
    reason = _why_windows(pair)
    if reason is not None and _is_linux_only(pair.document):
        step = pair.document.steps[0]
        note = in_document(pair, step.label_span, "runs on Linux only")
        text = f"`{pair.document.name}` runs on Linux only, but the targets run Windows"
        yield Problem(pair.script.label_span, text, (reason, note))


def _why_windows(pair: Pair) -> Note | None:
    for script in pair.policy.scripts:
        if script.is_vss:
            return Note(script.label_span, "VSS backups of the same instances")
    tags = pair.policy.target_tags
    if tags and all(_WINDOWS.search(f"{tag.key} {tag.value}") for tag in tags):
        return Note(tags[0].key_span, "the target tag says so")
    return None


def _is_linux_only(document: SsmDocument) -> bool:
    return bool(document.steps) and all(_asks_for_linux(step) for step in document.steps)


def _asks_for_linux(step: Step) -> bool:
    condition = step.node.get("precondition")
    if condition is None:
        return step.action == "aws:runShellScript"
    words = [scalar.text for scalar in scalars(condition)]
    return "platformType" in words and "Linux" in words and "Windows" not in words
