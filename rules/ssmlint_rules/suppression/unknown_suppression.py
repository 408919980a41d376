"""
## What it does
Reports a suppression that cannot work: it names a rule that does not exist, or no rule, or
is not written the way suppressions are.

## Why is this bad?
The comment looks as if somebody had judged a finding and put it aside. It does nothing: the
finding is reported all the same, or will be when it comes back.

A suppression names each rule by its name or its id; families (`SH`) and beginnings of ids are
for the configuration. One without names would hide whatever comes later, so it hides nothing.

## Example
```bash
# ssmlint: ignore[undefined-varible] the agent sets it  # <-
echo "$AGENT_SETTING"
```
Use instead:
```bash
# ssmlint: ignore[undefined-variable] the agent sets it
echo "$AGENT_SETTING"
```
Without names in brackets it is no suppression:
```yaml parameters
volume:
  type: String
  # ssmlint: ignore  # <-
  default: vol-0
```
Use instead:
```yaml parameters
volume:
  type: String
  default: vol-0
```

## Fix safety
A name that resembles a rule's becomes that name; the fix is unsafe, because it changes what is
reported. Other names, and comments that are no suppressions, are taken out, which changes
nothing.

## References
- docs/suppressions.md
- [ruff's rule for the same mistake](https://docs.astral.sh/ruff/rules/invalid-rule-code/)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.directives import Name
from ssmlint.packs import all_rules
from ssmlint.rule import INTERNAL_ERROR, Edit, Fix, Problem, Safety, Severity, rule
from ssmlint.settings import is_shellcheck_rule, near_rule
from ssmlint.suppressions import Suppression
from ssmlint_rules.silence import removed, without


@rule("SSM021", "unknown-suppression", Severity.WARNING, on=Suppression)
def unknown_suppression(suppression: Suppression) -> Iterator[Problem]:
    """Report each name that is no rule's, and comments without any."""
    problem = suppression.directive.problem
    if problem:
        edits = removed(suppression)
        fix = Fix("remove the comment", edits) if edits else None
        yield Problem(suppression.span, problem, fix=fix)
        return
    unknown = [name for name in suppression.directive.names if not _is_known(name.text)]
    for name in unknown:
        yield _unknown(suppression, name, unknown)


def _is_known(name: str) -> bool:
    return is_shellcheck_rule(name) or any(name in (rule.id, rule.name) for rule in all_rules())


def _unknown(suppression: Suppression, name: Name, unknown: list[Name]) -> Problem:
    span = suppression.place(name)
    if name.text in (INTERNAL_ERROR.id, INTERNAL_ERROR.name):
        message = f"`{name.text}` cannot be suppressed: it says that there is no result"
        return Problem(span, message, fix=_removal(suppression, [name]))
    if any(rule.id.startswith(name.text) for rule in all_rules()):
        message = f"`{name.text}` is no rule but a beginning of ids, expected whole names"
        return Problem(span, message)
    near = near_rule(name.text, all_rules())
    if near is None:
        message = f"there is no rule `{name.text}`"
        return Problem(span, message, fix=_removal(suppression, unknown))
    fix = Fix(f"replace by `{near}`", (Edit(span, near),), Safety.UNSAFE)
    return Problem(span, f"there is no rule `{name.text}`; did you mean `{near}`?", fix=fix)


def _removal(suppression: Suppression, names: list[Name]) -> Fix | None:
    edits = without(suppression, names)
    return Fix("take it out", edits) if edits else None
