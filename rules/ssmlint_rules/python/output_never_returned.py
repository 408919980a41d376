"""
## What it does
Reports an output that a step selects from what its Python script returns, and that no `return` of
the script has.

## Why is this bad?
`Selector: $.Payload.count` looks for the key `count` in what the handler returns. Where it is not,
there is no value, and the steps that use the output get nothing or fail, far from the mistake.

What is returned is followed through dictionaries that are written out, variables that hold such, and
functions of the script. Where a `return` can not be followed, nothing is said. A key that only some
of the returns have counts as returned.

## Example
```yaml automation
- name: count
  action: aws:executeScript
  inputs:
    Runtime: python3.11
    Handler: main
    Script: |
      import boto3

      def main(events, context):
          found = boto3.client("ec2").describe_volumes()["Volumes"]
          return {"Count": len(found)}
  outputs:
    - Name: count
      Selector: $.Payload.count  # <-
      Type: Integer
```
Use instead:
```yaml automation
- name: count
  action: aws:executeScript
  inputs:
    Runtime: python3.11
    Handler: main
    Script: |
      import boto3

      def main(events, context):
          found = boto3.client("ec2").describe_volumes()["Volumes"]
          return {"Count": len(found)}
  outputs:
    - Name: count
      Selector: $.Payload.Count
      Type: Integer
```

## Fix safety
Unsafe: the output gets a value where it had none. Only a key with nearly the same letters is offered.

## References
- [`aws:executeScript`](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeScript.html):
  `Payload` is the JSON of the object that the function returns
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ssmlint.near import nearest
from ssmlint.python.scriptfacts import PythonScript
from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.tree import Mapping, Scalar
from ssmlint_rules.edits import word_instead

if TYPE_CHECKING:
    from ssmlint.python.handler import Handler
    from ssmlint.python.returns import Shape

_SELECTOR = re.compile(r"\$\.Payload((?:\.\w+|\[(?:'[^']+'|\"[^\"]+\")\])+)")
_KEY = re.compile(r"\.(\w+)|\['([^']+)'\]|\[\"([^\"]+)\"\]")


@rule("PY205", "output-never-returned", Severity.WARNING, on=PythonScript)
def output_never_returned(script: PythonScript) -> Iterator[Problem]:
    """Report each selector whose key no `return` has."""
    outputs = script.step.node.get_sequence("outputs")
    handler = script.handler
    if outputs is None or handler is None or handler.returned is None:
        return
    for output in outputs.items:
        selector = output.get_scalar("Selector") if isinstance(output, Mapping) else None
        if selector is not None:
            yield from _look(script, handler, handler.returned, selector)


def _look(
    script: PythonScript, handler: Handler, shape: Shape, selector: Scalar
) -> Iterator[Problem]:
    match = _SELECTOR.match(selector.text)
    if match is None:
        return
    current: Shape | None = shape
    for found in _KEY.finditer(match[1]):
        key = found[1] or found[2] or found[3]
        if current is None:
            return
        if key not in current.keys:
            at = match.start(1) + found.start()
            yield _problem(script, handler, selector, key, current, at)
            return
        current = current.keys[key]


def _problem(
    script: PythonScript, handler: Handler, selector: Scalar, key: str, shape: Shape, at: int
) -> Problem:
    names = tuple(shape.keys)
    folded = {name.casefold(): name for name in names}
    meant = folded.get(key.casefold()) or nearest(key, names, cutoff=0.7)
    hint = f"; did you mean `{meant}`?" if meant else ""
    place = handler.span
    note = (Note(script.place(place), "what the script returns"),) if place is not None else ()
    text = f"`{handler.name}` never returns a key `{key}`{hint}"
    fix = word_instead(script.source, selector.span, key, meant, at) if meant else None
    return Problem(selector.span, text, related=note, fix=fix)
