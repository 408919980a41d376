"""
## What it does
Reports a `precondition` that can never hold, or that the agent does not understand.

## Why is this bad?
A step whose precondition does not hold is skipped, and skipped counts as success: with
`platformType: Linus` nothing is frozen, and the run is green. A precondition that the agent
does not understand fails the step on every node.

The agent knows one operator, `StringEquals`, with two different operands. Either one of them is
`platformType` and the other one `Linux`, `Windows` or `MacOS` (no parameter), or at least one
of them holds a parameter of the document. References to Parameter Store are not allowed. Schema
versions before 2.2 have no preconditions.

## Example
```yaml step
- action: aws:runShellScript
  name: freeze
  precondition:
    StringEquals: [platformType, Linus]  # <-
  inputs:
    runCommand: [date]
- action: aws:runShellScript
  name: thaw
  precondition:
    stringEquals: [platformType, Linux]  # <-
  inputs:
    runCommand: [date]
- action: aws:runShellScript
  name: report
  precondition:
    StringEquals: [platformtype, Linux]  # <-
  inputs:
    runCommand: [date]
```
Use instead:
```yaml step
- action: aws:runShellScript
  name: freeze
  precondition:
    StringEquals: [platformType, Linux]
  inputs:
    runCommand: [date]
- action: aws:runShellScript
  name: thaw
  precondition:
    StringEquals: [platformType, Linux]
  inputs:
    runCommand: [date]
- action: aws:runShellScript
  name: report
  precondition:
    StringEquals: [platformType, Linux]
  inputs:
    runCommand: [date]
```

## Fix safety
Unsafe: the step begins to run. Only what has nearly the right letters is written anew.

## References
- [Schemas, features, and examples: precondition](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-schemas-features.html)
- [amazon-ssm-agent, `runpluginutil.go`](https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/framework/runpluginutil/runpluginutil.go): `evaluatePreconditions`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import SsmDocument
from ssmlint.rule import Problem, Severity, rule
from ssmlint.tree import Scalar
from ssmlint_rules.edits import instead
from ssmlint_rules.preconditions import Condition, conditions, flaw
from ssmlint_rules.wording import near


@rule("SSM304", "impossible-precondition", Severity.ERROR, on=SsmDocument)
def impossible_precondition(document: SsmDocument) -> Iterator[Problem]:
    """Report each condition that fails or skips its step on every node."""
    for condition in conditions(document):
        if document.schema_version.startswith(("2.0", "1.")):
            text = f"schema version {document.schema_version} has no preconditions; the step fails"
            yield Problem(condition.precondition.span, text)
        elif condition.operator.text != "StringEquals":
            yield _unknown_operator(document, condition.operator)
        else:
            yield from _judged(document, condition)


def _unknown_operator(document: SsmDocument, operator: Scalar) -> Problem:
    meant = near(operator.text, ("StringEquals",))
    hint = f"; did you mean `{meant}`?" if meant else "; expected `StringEquals`"
    text = f"the agent does not know the operator `{operator.text}`, so the step fails{hint}"
    return Problem(
        operator.span, text, fix=instead(document.source, operator, meant) if meant else None
    )


def _judged(document: SsmDocument, condition: Condition) -> Iterator[Problem]:
    if condition.operands is None:
        return
    found = flaw(document, condition.operands)
    if found is not None:
        where = found.operand or condition.operator
        fix = instead(document.source, where, found.meant) if found.meant else None
        yield Problem(where.span, found.message, fix=fix)
