"""
## What it does
Reports a `Runtime` of `aws:executeScript` that Automation does not run any more: Python 3.6, 3.7, 3.8
and 3.9, and those that it never had, like 2.7.

## Why is this bad?
Since 10 September 2025 no document with one of these runtimes can be created, updated or run, not
even one that was there before. Versions that are newer than 3.9 are taken to be supported.

## Example
```yaml automation
- name: count
  action: aws:executeScript
  inputs:
    Runtime: python3.8  # <-
    Handler: main
    Script: |
      def main(events, context):
          return {"count": 1}
```
Use instead:
```yaml automation
- name: count
  action: aws:executeScript
  inputs:
    Runtime: python3.11
    Handler: main
    Script: |
      def main(events, context):
          return {"count": 1}
```

## Fix safety
Unsafe: a script for an old Python may rely on what later ones have dropped.

## References
- [`aws:executeScript`](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeScript.html)
- [AWS's notice on the end of support](https://github.com/ministryofjustice/modernisation-platform/issues/11278),
  as one of its users got it
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.model.document import DocumentKind, SsmDocument
from ssmlint.rule import Fix, Problem, Safety, Severity, rule
from ssmlint.tree import Scalar
from ssmlint_rules.edits import rewritten

_OLDEST = (3, 10)
_ENDED = frozenset({"python3.6", "python3.7", "python3.8", "python3.9"})
_RECOMMENDED = "python3.11"
_RUNTIME = re.compile(r"python(\d)\.(\d{1,2})", re.IGNORECASE)


@rule("PY401", "unsupported-runtime", Severity.ERROR, on=SsmDocument)
def unsupported_runtime(document: SsmDocument) -> Iterator[Problem]:
    """Report each step whose Python is gone."""
    if document.kind is not DocumentKind.AUTOMATION:
        return
    for step in document.all_steps:
        entry = step.input("Runtime") if step.action == "aws:executeScript" else None
        node = entry.value if entry is not None else None
        match = _RUNTIME.fullmatch(node.text) if isinstance(node, Scalar) else None
        if isinstance(node, Scalar) and match and (int(match[1]), int(match[2])) < _OLDEST:
            yield _problem(document, node)


def _problem(document: SsmDocument, node: Scalar) -> Problem:
    what = "is not run any more" if node.text in _ENDED else "is no runtime of `aws:executeScript`"
    fix = Fix(
        f"write `{_RECOMMENDED}`",
        (rewritten(document.source, node, _RECOMMENDED),),
        Safety.UNSAFE,
    )
    return Problem(node.span, f"`{node.text}` {what}; the oldest that is is `python3.10`", fix=fix)
