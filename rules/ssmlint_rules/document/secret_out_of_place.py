"""
## What it does
Reports `{{ssm-secure:name}}` anywhere but in the `sourceInfo` of `aws:downloadContent`, and references
to Parameter Store in a parameter's declaration anywhere but in its `default`.

## Why is this bad?
Secrets are fetched for the `sourceInfo` of `aws:downloadContent` and for nothing else: elsewhere the
step gets the text `{{ssm-secure:name}}` itself. In a declaration only a default is looked up; as an
allowed value or a pattern the braces are compared as they are.

## Example
```yaml step
- action: aws:runShellScript
  name: login
  inputs:
    runCommand:
      - mysql --password='{{ssm-secure:database}}' -e status  # <-
```
Use instead:
```yaml step
- action: aws:runShellScript
  name: login
  inputs:
    runCommand:
      - password=$(aws ssm get-parameter --name database --with-decryption --query Parameter.Value --output text)
      - MYSQL_PWD=$password mysql -e status
```

In another input of the plugin:
```yaml step
- action: aws:downloadContent
  name: fetch
  inputs:
    sourceType: GitHub
    sourceInfo: '{"owner": "a", "repository": "b", "path": "c", "tokenInfo": "{{ssm-secure:token}}"}'
    destinationPath: '{{ssm-secure:folder}}'  # <-
```
Use instead:
```yaml step
- action: aws:downloadContent
  name: fetch
  inputs:
    sourceType: GitHub
    sourceInfo: '{"owner": "a", "repository": "b", "path": "c", "tokenInfo": "{{ssm-secure:token}}"}'
    destinationPath: /tmp/fetched
```

## References
- [Command document plugin reference](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-command-ssm-plugin-reference.html#aws-downloadContent):
  the only plugin that supports `SecureString` parameters
- aws/amazon-ssm-agent, `agent/plugins/downloadcontent/downloadcontent.go`
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.model.document import DocumentKind, SsmDocument
from ssmlint.rule import Problem, Severity, rule
from ssmlint.source import Span
from ssmlint.sourcemap import source_map
from ssmlint.tree import Node, scalars

_SECRET = re.compile(r"\{\{ *ssm-secure:[/\w.:-]+ *\}\}")
_STORED = re.compile(r"\{\{ *ssm(?:-secure)?:[/\w.:-]+ *\}\}")


@rule("SSM214", "secret-out-of-place", Severity.ERROR, on=SsmDocument)
def secret_out_of_place(document: SsmDocument) -> Iterator[Problem]:
    """Report each reference that is not looked up."""
    if document.kind is not DocumentKind.COMMAND:
        return
    for step in document.steps:
        for inputs in step.inputs:
            for entry in inputs.entries:
                if step.action != "aws:downloadContent" or entry.key.text != "sourceInfo":
                    for place, text in _found(document, entry.value, _SECRET):
                        yield Problem(place, f"`{text}` is not looked up here, and stays as it is")
    for parameter in document.parameters.values():
        for entry in parameter.fields or ():
            pattern = _SECRET if entry.key.text == "default" else _STORED
            for place, text in _found(document, entry.value, pattern):
                if entry.key.text != "description":
                    where = f"`{entry.key.text}`"
                    yield Problem(place, f"`{text}` is not looked up in {where}")


def _found(
    document: SsmDocument, node: Node, pattern: re.Pattern[str]
) -> Iterator[tuple[Span, str]]:
    for scalar in scalars(node):
        for match in pattern.finditer(scalar.text):
            yield source_map(document.source, scalar).span(*match.span()), match[0]
