"""
## What it does
Reports a handler that is, but for one or two letters, the name of a document among the files of the
run.

## Why is this bad?
Systems Manager has no document of that name: each attempt of the pre script fails, and by default the
snapshots are made all the same, without anything frozen. It is a *warning*, because the file may go by
another name than the document that is made of it. Names that differ in digits, in `-` and `_`, or in
upper and lower case are left alone for that reason; `unknown-handler` compares strictly.

## Example
```yaml policy
# ssmlint: name=freeze-and-thaw
schemaVersion: '2.2'
parameters:
  command: {type: String, allowedValues: [pre-script, post-script, dry-run]}
mainSteps:
  - name: run
    action: aws:runShellScript
    inputs: {runCommand: ['/opt/backup/{{ command }}']}
---
PolicyType: EBS_SNAPSHOT_MANAGEMENT
ResourceTypes: [INSTANCE]
TargetTags: [{Key: backup, Value: nightly}]
Schedules:
  - Name: nightly
    CreateRule:
      CronExpression: cron(0 3 * * ? *)
      Scripts:
        - ExecutionHandler: freeze-and-taw  # <-
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
    inputs: {runCommand: ['/opt/backup/{{ command }}']}
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
    RetainRule: {Count: 7}
```

## Configuration
`[documents]` maps names that policies use to files, for documents whose file has another name.

## References
- [`Script`](https://docs.aws.amazon.com/dlm/latest/APIReference/API_Script.html): `ExecutionHandler`
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.model.pair import Handler
from ssmlint.rule import Problem, Severity, rule
from ssmlint_rules.wording import is_filled_in_later

#: Letters that may be too many, too few, or wrong; and how long a name has to be for that.
_SLIPS = 2
_LEAST = 8


@rule("POL714", "misspelled-document-name", Severity.WARNING, on=Handler)
def misspelled_document_name(handler: Handler) -> Iterator[Problem]:
    """Report a name that no document has, and nearly one."""
    node = handler.script.handler
    if node is None or handler.documents or is_filled_in_later(node.text):
        return
    meant = [name for name in handler.known if _is_slip(handler.name, name)]
    if len(meant) == 1:
        message = f"no document of this run is named `{handler.name}`; did you mean `{meant[0]}`?"
        yield Problem(node.span, message)


def _is_slip(written: str, name: str) -> bool:
    """Whether one name is the other with a letter or two typed wrong."""
    if min(len(written), len(name)) < _LEAST or _folded(written) == _folded(name):
        return False
    # Not at the top: only what is not found is compared.
    import difflib

    wrong = 0
    for kind, a, b, c, d in difflib.SequenceMatcher(None, written, name).get_opcodes():
        if kind != "equal":
            changed = written[a:b] + name[c:d]
            # A whole part more or less is another name: `pg-freeze` and `pg-freeze-eu`.
            if not changed.isalpha():
                return False
            wrong += max(b - a, d - c)
    return wrong <= _SLIPS


def _folded(name: str) -> str:
    return re.sub(r"[-_. ]", "", name).casefold()
