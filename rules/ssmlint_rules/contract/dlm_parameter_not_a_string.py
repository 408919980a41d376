"""
## What it does
Reports `command` and `executionId` of a pre/post document where their type is not `String`.

## Why is this bad?
Data Lifecycle Manager sends one value for each. As a `StringList` it becomes a list, and where the
script says `{{ command }}` the agent writes `["pre-script"]`, which no `case` in it knows.

## Example
```yaml parameters
command:
  type: StringList  # <-
  allowedValues: [pre-script, post-script, dry-run]
executionId:
  type: String
```
Use instead:
```yaml parameters
command:
  type: String
  allowedValues: [pre-script, post-script, dry-run]
executionId:
  type: String
```

## Fix safety
Unsafe: callers that send a list have to change.

## References
- [EBS User Guide: automate application-consistent snapshots](https://docs.aws.amazon.com/ebs/latest/userguide/automate-app-consistent-backups.html)
- [amazon-ssm-agent, `parameters.go`](https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/framework/docparser/parameters/parameters.go): `convertToString`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import SsmDocument
from ssmlint.rule import Fix, Problem, Safety, Severity, rule
from ssmlint.tree import Scalar
from ssmlint_rules.contract.dlm import execution_id
from ssmlint_rules.edits import rewritten

#: Types that exist; what is no type at all is `unknown-parameter-type`.
_OTHER_TYPES = frozenset({"StringList", "StringMap", "MapList", "Integer", "Boolean"})


@rule("DLM008", "dlm-parameter-not-a-string", Severity.ERROR, on=SsmDocument)
def dlm_parameter_not_a_string(document: SsmDocument) -> Iterator[Problem]:
    """Report the type of a parameter that DLM fills in."""
    for parameter in (document.stage_parameter, execution_id(document)):
        node = parameter.field("type") if parameter else None
        if parameter and isinstance(node, Scalar) and node.text in _OTHER_TYPES:
            edit = rewritten(document.source, node, "String")
            fix = Fix("use `String`", (edit,), Safety.UNSAFE)
            text = f"DLM sends one value as `{parameter.name}`; the type must be `String`"
            yield Problem(node.span, text, fix=fix)
