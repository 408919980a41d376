"""
## What it does
Reports a parameter whose name has other characters than letters and digits.

## Why is this bad?
The agent drops the value that was sent for such a parameter, with nothing but a line in its log,
and goes on with the default, or with `null` where there is none. The document runs, and not with
what it was told. Systems Manager refuses such an Automation document.

## Example
```yaml document
schemaVersion: '2.2'
parameters:
  mount_point:  # <-
    type: String
    default: /data
mainSteps:
  - action: aws:runShellScript
    name: freeze
    inputs:
      runCommand:
        - fsfreeze -f '{{ mount_point }}'
```
Use instead:
```yaml document
schemaVersion: '2.2'
parameters:
  mountPoint:
    type: String
    default: /data
mainSteps:
  - action: aws:runShellScript
    name: freeze
    inputs:
      runCommand:
        - fsfreeze -f '{{ mountPoint }}'
```

## Fix safety
Unsafe: the parameter gets another name, which its callers must use, too.

## References
- [amazon-ssm-agent, `parameters.go`](https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/framework/docparser/parameters/parameters.go): `paramNameRegex`, `ValidParameters`
- [What CreateDocument answers](https://github.com/badmintoncryer/cdk-preflight): `Parameter name "..." is not alpha-numeric.`
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.model.document import DocumentKind, Parameter, SsmDocument
from ssmlint.rule import Fix, Problem, Severity, rule
from ssmlint_rules.renaming import renamed
from ssmlint_rules.wording import is_filled_in_later

_VALID = re.compile(r"[a-zA-Z0-9]+")


@rule("SSM209", "invalid-parameter-name", Severity.ERROR, on=SsmDocument)
def invalid_parameter_name(document: SsmDocument) -> Iterator[Problem]:
    """Report each name that the agent does not take."""
    is_automation = document.kind is DocumentKind.AUTOMATION
    for parameter in document.parameters.values():
        name = parameter.name
        if _VALID.fullmatch(name) or is_filled_in_later(name):
            continue
        flaw = f"`{name}` is refused" if is_automation else f"the agent drops values for `{name}`"
        text = f"{flaw}; names are letters and digits only"
        yield Problem(parameter.key.span, text, fix=_fix(document, parameter))


def _fix(document: SsmDocument, parameter: Parameter) -> Fix | None:
    parts = re.findall(r"[a-zA-Z0-9]+", parameter.name)
    name = "".join(parts[:1] + [part[:1].upper() + part[1:] for part in parts[1:]])
    return renamed(document, parameter, name)
