"""
## What it does
Reports an `onFailure` or `onCancel` of a runbook's step that is none of `Abort`, `Continue` (only
`onFailure`) and `step:name`, and a `nextStep`, `NextStep` or `Default` that is written with `step:`.

## Why is this bad?
Systems Manager takes nothing else and refuses the runbook. `onFailure: cleanUp` is easily written
where `onFailure: step:cleanUp` is meant, and `nextStep: step:cleanUp` the other way round. Where
only upper and lower case differ it is a warning: no source says whether `abort` passes.

## Example
```yaml automation
- name: change
  action: aws:executeAutomation
  onFailure: undo  # <-
  onCancel: step:undo
  nextStep: step:check  # <-
  inputs:
    DocumentName: ChangeThings
- name: undo
  action: aws:executeAutomation
  onFailure: continue  # <-
  inputs:
    DocumentName: UndoThings
- name: check
  action: aws:executeAutomation
  inputs:
    DocumentName: CheckThings
```
Use instead:
```yaml automation
- name: change
  action: aws:executeAutomation
  onFailure: step:undo
  onCancel: step:undo
  nextStep: check
  inputs:
    DocumentName: ChangeThings
- name: undo
  action: aws:executeAutomation
  onFailure: Continue
  inputs:
    DocumentName: UndoThings
- name: check
  action: aws:executeAutomation
  inputs:
    DocumentName: CheckThings
```

## Fix safety
Safe: the value can mean nothing else, since the runbook has a step of that name, or the word is
written in another case.

## References
- [Automation actions reference: properties shared by all actions](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-actions.html#automation-common)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.automation.runbook import Jump, Runbook, Way
from ssmlint.rule import Edit, Fix, Problem, Severity, rule
from ssmlint.tree import Scalar
from ssmlint_rules.edits import rewritten
from ssmlint_rules.wording import is_filled_in_later, listed

#: Property -> the words it may have besides `step:name`.
_WORDS = {"onFailure": ("Abort", "Continue"), "onCancel": ("Abort",)}


@rule("AUT102", "malformed-jump", Severity.ERROR, on=Runbook)
def malformed_jump(runbook: Runbook) -> Iterator[Problem]:
    """Report each value that is no way to say what comes next."""
    for step in runbook.steps:
        for key, words in _WORDS.items():
            node = step.node.get_scalar(key)
            if node is None or node.value in (None, "") or node.tag is not None:
                continue
            if node.text not in words and not node.text.startswith("step:"):
                yield from _wrong_word(runbook, key, node)
    for jump in runbook.jumps:
        yield from _with_prefix(runbook, jump)


def _wrong_word(runbook: Runbook, key: str, node: Scalar) -> Iterator[Problem]:
    if is_filled_in_later(node.text):
        return
    words = _WORDS[key]
    text = f"`{key}: {node.text}` is none of {listed((*words, 'step:name'))}"
    word = next((word for word in words if word.casefold() == node.text.casefold()), None)
    instead = word or (f"step:{node.text}" if node.text in runbook.by_name else None)
    fix = None
    if instead is not None:
        edit = rewritten(runbook.document.source, node, instead)
        fix = Fix(f"write `{instead}`", (edit,))
        text += f"; did you mean `{instead}`?"
    yield Problem(node.span, text, fix=fix, severity=Severity.WARNING if word else None)


def _with_prefix(runbook: Runbook, jump: Jump) -> Iterator[Problem]:
    name = jump.target.removeprefix("step:").strip()
    if jump.way in (Way.FAILURE, Way.CANCEL) or name == jump.target:
        return
    if name in runbook.by_name:
        text = f"`{jump.way.value}` takes the name alone: `{name}`"
        yield Problem(jump.span, text, fix=Fix(f"write `{name}`", (Edit(jump.span, name),)))
