"""
## What it does
Reports a suppression, or a name in one, that suppresses nothing.

## Why is this bad?
What it was written for has been mended or has moved. The comment stays behind, says something
that is no longer true, and hides the same mistake when somebody makes it again.

It is reported only where the rule has run on the file, so that `--select` makes no suppression
useless, and only of rules that need no other file. A comment that is to stay all the same names
`unused-suppression`, too.

## Example
```bash
name=world
# ssmlint: ignore[undefined-variable] set by the agent  # <-
echo "$name"
```
Use instead:
```bash
name=world
echo "$name"
```
One of two names may be too much:
```yaml parameters
# ssmlint: ignore[unused-parameter, duplicate-key] read by the console  # <-
owner:
  type: String
```
Use instead:
```yaml parameters
# ssmlint: ignore[unused-parameter] read by the console
owner:
  type: String
```

## Fix safety
The fix takes the names out, and the comment with its reason where no name is left. Nothing is
reported or hidden by that.

## References
- docs/suppressions.md
- [ruff's rule for the same mistake](https://docs.astral.sh/ruff/rules/unused-noqa/)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Fix, Problem, Severity, rule
from ssmlint.suppressions import UnusedSuppression
from ssmlint_rules.silence import without


@rule("SSM022", "unused-suppression", Severity.WARNING, on=UnusedSuppression)
def unused_suppression(unused: UnusedSuppression) -> Iterator[Problem]:
    """Report a suppression once, with all its names that are of no use."""
    suppression, names = unused.suppression, unused.names
    if any(n.text in ("SSM022", "unused-suppression") for n in suppression.directive.names):
        return
    listed = ", ".join(f"`{name.text}`" for name in names)
    where = "in this file" if suppression.directive.is_for_file else "here"
    edits = without(suppression, names)
    whole = len(names) == len(suppression.directive.names)
    fix = Fix("remove the comment" if whole else f"take out {listed}", edits) if edits else None
    span = suppression.span if whole else suppression.place(names[0])
    yield Problem(span, f"nothing to suppress {where}: no finding of {listed}", fix=fix)
