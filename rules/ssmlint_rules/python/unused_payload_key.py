"""
## What it does
Reports a key of `InputPayload` that the handler never reads.

## Why is this bad?
What the step passes has no effect: the script reads it under another name, or has not been changed
together with the step. Who sets the parameter behind it believes that it does something.

Nothing is said where the script does anything with its first argument that may read any key: loops
over it, prints it, hands it to a function that is not its own.

## Example
```yaml automation
- name: stop
  action: aws:executeScript
  inputs:
    Runtime: python3.11
    Handler: main
    InputPayload:
      InstanceIds: "{{ InstanceIds }}"
      Force: "{{ Force }}"  # <-
    Script: |
      import boto3

      def main(events, context):
          boto3.client("ec2").stop_instances(InstanceIds=events["InstanceIds"])
```
Use instead:
```yaml automation
- name: stop
  action: aws:executeScript
  inputs:
    Runtime: python3.11
    Handler: main
    InputPayload:
      InstanceIds: "{{ InstanceIds }}"
      Force: "{{ Force }}"
    Script: |
      import boto3

      def main(events, context):
          boto3.client("ec2").stop_instances(
              InstanceIds=events["InstanceIds"], Force=events["Force"]
          )
```

## References
- [`aws:executeScript`](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeScript.html):
  `InputPayload` is passed to the first parameter of the handler
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.near import nearest
from ssmlint.python.passing import payload_of
from ssmlint.python.scriptfacts import PythonScript
from ssmlint.rule import Problem, Severity, rule


@rule("PY204", "unused-payload-key", Severity.WARNING, on=PythonScript)
def unused_payload_key(script: PythonScript) -> Iterator[Problem]:
    """Report each key that is passed in vain."""
    passed = payload_of(script)
    handler = script.handler
    use = handler.payload if handler is not None else None
    if passed is None or handler is None or use is None or use.reads_any:
        return
    unknown = sorted(use.keys - set(passed.keys))
    for key, entry in passed.keys.items():
        if key in use.keys:
            continue
        folded = {name.casefold(): name for name in unknown}
        near = folded.get(key.casefold()) or nearest(key, unknown, cutoff=0.7)
        hint = f"; it reads `{near}`" if near else ""
        yield Problem(entry.key.span, f"the handler `{handler.name}` never reads `{key}`{hint}")
