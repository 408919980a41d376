"""
## What it does
Reports a value that is none of the few that are possible at that place.

## Why is this bad?
A plugin fails on an action or a type that it does not know. Where the value is only passed over,
it is a warning: the agent ignores an `onFailure` other than `exit` and `successAndExit`, so that
after a failed step the next one runs all the same, and the console ignores a `displayType`.

## Example
```yaml step
- action: aws:configurePackage
  name: install
  inputs:
    name: AmazonCloudWatchAgent
    action: install  # <-
```
Use instead:
```yaml step
- action: aws:configurePackage
  name: install
  inputs:
    name: AmazonCloudWatchAgent
    action: Install
```

Some values are passed over without a word:
```yaml step
- action: aws:runShellScript
  name: freeze
  inputs:
    onFailure: Abort  # <-
    runCommand: [date]
```
Use instead:
```yaml step
- action: aws:runShellScript
  name: freeze
  inputs:
    onFailure: exit
    runCommand: [date]
```

In an Automation document:
```yaml automation
- name: stop
  action: aws:changeInstanceState
  inputs:
    InstanceIds: ['{{ InstanceId }}']
    DesiredState: stop  # <-
  outputs:
    - Name: State
      Selector: $.State
      Type: Text  # <-
```
Use instead:
```yaml automation
- name: stop
  action: aws:changeInstanceState
  inputs:
    InstanceIds: ['{{ InstanceId }}']
    DesiredState: stopped
  outputs:
    - Name: State
      Selector: $.State
      Type: String
```

## Fix safety
Safe where only the case of letters differs in a value that is refused; else unsafe, since what the value
asks for is done then. Only a value with nearly the same letters is offered.

## References
- [Command document plugin reference](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-command-ssm-plugin-reference.html), with the shared inputs
- [Automation actions reference](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-actions.html): the valid values of the inputs
- [Session document schema](https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-schema.html)
- [amazon-ssm-agent, `runpluginutil.go`](https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/framework/runpluginutil/runpluginutil.go): `getShouldPluginSkipBasedOnControlFlow`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import SsmDocument
from ssmlint.rule import Problem, Safety, Severity, rule
from ssmlint.tree import Scalar
from ssmlint_rules.edits import if_case_differs, instead
from ssmlint_rules.structure import errors_of
from ssmlint_rules.wording import is_filled_in_later, listed, near

#: Keys whose other values are passed over without a word.
_IGNORED = frozenset({"onFailure", "onSuccess", "finallyStep", "displayType"})


@rule("SSM108", "invalid-value", Severity.ERROR, on=SsmDocument)
def invalid_value(document: SsmDocument) -> Iterator[Problem]:
    """Report each value that its schema does not list."""
    for error in errors_of(document):
        node = error.node
        if error.keyword != "enum" or not isinstance(node, Scalar) or node.tag is not None:
            continue
        name = str(error.path[-1])
        if node.value is None or is_filled_in_later(node.text):
            continue
        values = dict.fromkeys(str(value) for value in error.schema["enum"])
        known = [value for value in values if value.lower() not in values or value.islower()]
        meant = near(node.text, known)
        hint = f"; did you mean `{meant}`?" if meant else f"; expected {listed(known)}"
        is_refused = name not in _IGNORED
        safety = if_case_differs(node.text, meant or "") if is_refused else Safety.UNSAFE
        fix = instead(document.source, node, meant, safety) if meant else None
        if name in _IGNORED:
            text = f"`{name}: {node.text}` is ignored{hint}"
            yield Problem(node.span, text, fix=fix, severity=Severity.WARNING)
        else:
            yield Problem(node.span, f"`{node.text}` is no value of `{name}`{hint}", fix=fix)
