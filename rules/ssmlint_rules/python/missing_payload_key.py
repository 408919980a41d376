"""
## What it does
Reports a key that a handler reads from its first argument, and that the step's `InputPayload` does
not pass.

## Why is this bad?
The first argument of the handler is the `InputPayload` of the step, with the keys as they are
written there. `events["key"]` ends the step in a `KeyError` where the key is not passed; this is an
error. `events.get("key")` is None in every run, which is a warning. A key with a default, behind a test (`"key" in
events`) or in a `try` that catches the `KeyError` is taken for one that other steps pass.

Functions of the script that get the whole argument are followed. Nothing is said where the payload
is a reference, or where the script changes it.

## Example
```yaml automation
- name: tag
  action: aws:executeScript
  inputs:
    Runtime: python3.11
    Handler: main
    InputPayload:
      InstanceId: "{{ InstanceId }}"
    Script: |
      import boto3

      def main(events, context):
          instance = events["instanceId"]  # <-
          boto3.client("ec2").stop_instances(InstanceIds=[instance])
```
Use instead:
```yaml automation
- name: tag
  action: aws:executeScript
  inputs:
    Runtime: python3.11
    Handler: main
    InputPayload:
      InstanceId: "{{ InstanceId }}"
    Script: |
      import boto3

      def main(events, context):
          instance = events["InstanceId"]
          boto3.client("ec2").stop_instances(InstanceIds=[instance])
```

Without a payload:
```yaml automation
- name: tell
  action: aws:executeScript
  inputs:
    Runtime: python3.11
    Handler: main
    Script: |
      def main(events, context):
          print(events.get("Owner"))  # <-
```

## Fix safety
Unsafe: the script gets a value where there was none. Only a key with nearly the same letters is offered.

## References
- [`aws:executeScript`](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeScript.html):
  `InputPayload` is passed to the first parameter of the handler
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ssmlint.near import nearest
from ssmlint.python.passing import payload_of
from ssmlint.python.scriptfacts import PythonScript
from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.source import Span
from ssmlint_rules.edits import word_instead

if TYPE_CHECKING:
    from ssmlint.python.payload import KeyRead


@rule("PY203", "missing-payload-key", Severity.ERROR, on=PythonScript)
def missing_payload_key(script: PythonScript) -> Iterator[Problem]:
    """Report each key once, where it is read first."""
    passed = payload_of(script)
    use = script.handler.payload if script.handler is not None else None
    if passed is None or use is None or use.is_changed:
        return
    seen: set[str] = set()
    for read in use.reads:
        if read.key in passed.keys or read.key in seen or read.is_optional:
            continue
        seen.add(read.key)
        yield _problem(script, read, tuple(passed.keys), passed.span)


def _problem(script: PythonScript, read: KeyRead, keys: tuple[str, ...], label: Span) -> Problem:
    folded = {key.casefold(): key for key in keys}
    meant = folded.get(read.key.casefold()) or nearest(read.key, keys, cutoff=0.7)
    if meant:
        hint = f"; did you mean `{meant}`?"
    else:
        hint = "" if keys else ": the step has no `InputPayload`"
    what = "is always None" if read.is_asked else "is a `KeyError`"
    text = f"`{read.key}` {what}: the step does not pass it{hint}"
    severity = Severity.WARNING if read.is_asked else None
    note = Note(label, "the payload is passed here" if keys else "called by this step")
    place = script.place(script.syntax.span(read.node))
    fix = word_instead(script.source, place, read.key, meant) if meant else None
    return Problem(place, text, related=(note,), fix=fix, severity=severity)
