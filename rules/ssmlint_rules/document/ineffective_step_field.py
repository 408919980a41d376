"""
## What it does
Reports fields of a step that do nothing in a Command document.

## Why is this bad?
The agent takes a step's `action`, `name`, `inputs`, `precondition` and `settings`. The others
belong to Automation documents: a `timeoutSeconds` beside `inputs` leaves the script its hour, after
`onFailure: Abort` the next step runs all the same, and `isEnd` ends nothing. What does nothing
either way, such as `isEnd` on the last step or `onFailure: Continue`, is an info.

## Example
```yaml step
- action: aws:runShellScript
  name: freeze
  timeoutSeconds: 120  # <-
  onFailure: Abort  # <-
  inputs:
    runCommand:
      - fsfreeze -f /data
- action: aws:runShellScript
  name: thaw
  maxAttempts: 3  # <-
  isEnd: true  # <-
  inputs:
    runCommand:
      - fsfreeze -u /data
```
Use instead:
```yaml step
- action: aws:runShellScript
  name: freeze
  inputs:
    timeoutSeconds: 120
    onFailure: exit
    runCommand:
      - fsfreeze -f /data
- action: aws:runShellScript
  name: thaw
  inputs:
    runCommand:
      - fsfreeze -u /data
```

## Fix safety
Unsafe: `timeoutSeconds` and `onFailure` begin to work where they are put, and what is taken out no longer
says what was meant.

## References
- [Command document plugin reference: shared inputs](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-command-ssm-plugin-reference.html#shared-inputs)
- [amazon-ssm-agent, `docparser.go`](https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/framework/docparser/docparser.go): `parsePluginStateForV20Schema`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import DocumentKind, SsmDocument, Step
from ssmlint.restructuring import with_entry, without_entry
from ssmlint.rule import Fix, Problem, Safety, Severity, rule
from ssmlint.tree import Entry, Scalar
from ssmlint_rules.edits import taken_out

#: Field -> what to do instead.
_INSTEAD = {
    "timeoutSeconds": "put it into `inputs`",
    "onFailure": "`onFailure: exit` belongs into `inputs`",
    "maxAttempts": "a Command document tries no step again",
    "isEnd": "the next step runs all the same",
    "nextStep": "steps run in the order in which they stand",
    "isCritical": "`onFailure: exit` in `inputs` stops the document when the step fails",
    "onCancel": "a Command document has nothing like it",
    "outputs": "a Command document has no outputs",
}
_INPUTS = ("timeoutSeconds", "onFailure")


@rule("SSM302", "ineffective-step-field", Severity.WARNING, on=SsmDocument)
def ineffective_step_field(document: SsmDocument) -> Iterator[Problem]:
    """Report each field beside `inputs` that the agent passes over."""
    if document.kind is not DocumentKind.COMMAND:
        return
    for step in document.steps:
        for entry in step.node.entries if step.key is None else ():
            instead = _INSTEAD.get(entry.key.text)
            if instead is not None and not _says_nothing(entry):
                text = f"`{entry.key.text}` has no effect in a Command document; {instead}"
                harmless = _is_harmless(document, step, entry)
                severity = Severity.INFO if harmless else None
                fix = _fix(document, step, entry, moves=not harmless)
                yield Problem(entry.key.span, text, fix=fix, severity=severity)


def _fix(document: SsmDocument, step: Step, entry: Entry, *, moves: bool) -> Fix | None:
    """Take the field out; what has a place in `inputs` is put there."""
    name, source = entry.key.text, document.source
    if name not in _INPUTS or not moves:
        return taken_out(source, step.node, entry)
    value = entry.value.value if isinstance(entry.value, Scalar) else None
    if name == "onFailure":
        value = "exit" if str(value).casefold() in ("abort", "exit") else None
    inputs = step.inputs[0] if step.inputs else None
    if inputs is None or inputs.get(name) or not isinstance(value, (str, int)):
        return None
    out = without_entry(source, step.node, entry)
    put = with_entry(source, inputs, name, value, before=inputs.entry("runCommand"))
    edits = (out, put) if out and put else ()
    return Fix(f"put `{name}` into `inputs`", edits, Safety.UNSAFE) if edits else None


def _says_nothing(entry: Entry) -> bool:
    """Whether the value is what a program writes for an absent one: 0, "", null, false."""
    return isinstance(entry.value, Scalar) and not entry.value.value


def _is_harmless(document: SsmDocument, step: Step, entry: Entry) -> bool:
    """Whether the field asks for nothing but what happens anyway."""
    value = entry.value.text if isinstance(entry.value, Scalar) else ""
    match entry.key.text:
        case "isEnd":
            return step is document.steps[-1]
        case "onFailure":
            return value.casefold() == "continue"
        case "maxAttempts":
            return value == "1"
        case "nextStep":
            following = document.steps[step.index + 1 : step.index + 2]
            return [following_step.name for following_step in following] == [value]
    return False
