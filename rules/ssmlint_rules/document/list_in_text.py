"""
## What it does
Reports a parameter that is a list or a mapping and stands inside of a text, where the text is no place
for JSON.

## Why is this bad?
Only where the reference is the whole value does a list stay a list. Inside of a text the agent writes
it as JSON: `for user in {{ users }}` becomes `for user in ["ada","grace"]`, of which a shell makes one
word, `[ada,grace]`. In double quotes the quotes of the JSON end the string.

In single quotes and in here-documents JSON may be what is meant, and nothing is said.

## Example
```yaml document
schemaVersion: '2.2'
parameters:
  users:
    type: StringList
    allowedPattern: ^[a-z]+$
mainSteps:
  - action: aws:runShellScript
    name: lock
    inputs:
      runCommand:
        - for user in {{ users }}; do usermod --lock "$user"; done  # <-
```
Use instead:
```yaml document
schemaVersion: '2.2'
parameters:
  users:
    type: String
    allowedPattern: ^[a-z ]+$
mainSteps:
  - action: aws:runShellScript
    name: lock
    inputs:
      runCommand:
        - for user in {{ users }}; do usermod --lock "$user"; done
```

Use instead:
```yaml document
schemaVersion: '2.2'
parameters:
  users:
    type: StringList
    allowedPattern: ^[a-z]+$
mainSteps:
  - action: aws:runShellScript
    name: lock
    inputs:
      runCommand:
        - jq -r '.[]' <<<'{{ users }}' | xargs -n1 usermod --lock
```

## References
- aws/amazon-ssm-agent, `agent/framework/docparser/parameters/parameters.go`: lists and mappings inside of
  a text go through `json.Marshal`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.embedded import Script
from ssmlint.model.document import DocumentKind
from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint_rules.quotes import is_open_to_json

_COLLECTIONS = ("StringList", "StringMap", "MapList")


@rule("SSM213", "list-in-text", Severity.WARNING, on=Script)
def list_in_text(script: Script) -> Iterator[Problem]:
    """Report each list that a script gets as JSON where it can not be read as such."""
    if script.document.kind is not DocumentKind.COMMAND:
        return
    for placeholder in script.placeholders:
        parameter = script.document.parameters.get(placeholder.name)
        if parameter is None or parameter.type not in _COLLECTIONS:
            continue
        if is_open_to_json(script, placeholder):
            continue
        text = f"`{placeholder.name}` is a `{parameter.type}`: it is written as JSON here"
        note = Note(parameter.key.span, "declared here")
        yield Problem(script.span(placeholder.start, placeholder.end), text, (note,))
