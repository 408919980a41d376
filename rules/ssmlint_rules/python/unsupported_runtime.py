"""
## What it does
Reports a `Runtime` of `aws:executeScript` that Automation does not run any more: Python 3.6, 3.7, 3.8
and 3.9, those that it never had, like 2.7, and what is not written like a runtime: `Python 3.11`,
`PowerShell 7`.

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
from ssmlint_rules.wording import is_filled_in_later

_OLDEST = (3, 10)
_ENDED = frozenset({"python3.6", "python3.7", "python3.8", "python3.9"})
_RECOMMENDED = "python3.11"
_POWERSHELL_NOW = "PowerShell 7.4"
_RUNTIME = re.compile(r"python(\d)\.(\d{1,2})", re.IGNORECASE)
_POWERSHELL = re.compile(r"PowerShell( Core)? \d\.\d", re.IGNORECASE)
#: What begins like the name of a runtime, or is its number alone.
_MEANT = re.compile(r"\s*(python|powershell|pwsh|(?=\d))\D*(\d)?\.?(\d{1,2})?.*", re.IGNORECASE)


@rule("PY401", "unsupported-runtime", Severity.ERROR, on=SsmDocument)
def unsupported_runtime(document: SsmDocument) -> Iterator[Problem]:
    """Report each step whose Python is gone."""
    if document.kind is not DocumentKind.AUTOMATION:
        return
    for step in document.all_steps:
        entry = step.input("Runtime") if step.action == "aws:executeScript" else None
        node = entry.value if entry is not None else None
        match = _RUNTIME.fullmatch(node.text) if isinstance(node, Scalar) else None
        if not isinstance(node, Scalar):
            continue
        if match and (int(match[1]), int(match[2])) < _OLDEST:
            yield _problem(document, node)
        elif match is None and node.is_string:
            yield from _misspelt(document, node)


def _problem(document: SsmDocument, node: Scalar) -> Problem:
    what = "is not run any more" if node.text in _ENDED else "is no runtime of `aws:executeScript`"
    fix = Fix(
        f"write `{_RECOMMENDED}`",
        (rewritten(document.source, node, _RECOMMENDED),),
        Safety.UNSAFE,
    )
    return Problem(node.span, f"`{node.text}` {what}; the oldest that is is `python3.10`", fix=fix)


def _misspelt(document: SsmDocument, node: Scalar) -> Iterator[Problem]:
    match = _MEANT.fullmatch(node.text)
    if match is None or _POWERSHELL.fullmatch(node.text) or is_filled_in_later(node.text):
        return
    is_powershell = match[1].casefold() in ("powershell", "pwsh")
    number = (int(match[2] or 0), int(match[3] or 0))
    python = f"python{number[0]}.{number[1]}" if number >= _OLDEST else _RECOMMENDED
    meant = _POWERSHELL_NOW if is_powershell else python
    text = f"`{node.text}` is no runtime of `aws:executeScript`; did you mean `{meant}`?"
    fix = Fix(f"write `{meant}`", (rewritten(document.source, node, meant),), Safety.UNSAFE)
    yield Problem(node.span, text, fix=fix)
