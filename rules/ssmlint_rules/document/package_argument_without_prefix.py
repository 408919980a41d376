"""
## What it does
Reports an argument of `aws:configurePackage` whose name does not begin with `SSM_`.

## Why is this bad?
Arguments reach the package's scripts as environment variables, and each must be called `SSM_...`; others
are refused, so that nothing is installed.

## Example
```yaml step
- action: aws:configurePackage
  name: install
  inputs:
    name: Agent
    action: Install
    additionalArguments: '{"TOKEN": "abc"}'  # <-
```
Use instead:
```yaml step
- action: aws:configurePackage
  name: install
  inputs:
    name: Agent
    action: Install
    additionalArguments: '{"SSM_TOKEN": "abc"}'
```

## Fix safety
Unsafe: the script of the package gets the argument.

## References
- [Command document plugin reference](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-command-ssm-plugin-reference.html#aws-configurepackage):
  "Each parameter must be prefixed with `SSM_`"
- [An issue of a user](https://github.com/CrowdStrike/Cloud-AWS/issues/228)
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from ssmlint.model.document import DocumentKind, SsmDocument
from ssmlint.rule import Problem, Severity, rule
from ssmlint.source import Span
from ssmlint.tree import Mapping, Node, Scalar
from ssmlint_rules.edits import word_instead

_PREFIX = "SSM_"


@rule("SSM311", "package-argument-without-prefix", Severity.ERROR, on=SsmDocument)
def package_argument_without_prefix(document: SsmDocument) -> Iterator[Problem]:
    """Report each argument of another name."""
    for step in document.steps if document.kind is DocumentKind.COMMAND else ():
        entry = step.input("additionalArguments")
        if step.action == "aws:configurePackage" and entry is not None:
            for place, name in _arguments(entry.value):
                if not name.startswith(_PREFIX) and "{{" not in name:
                    text = f"the name of an argument must begin with `{_PREFIX}`, not `{name}`"
                    # In JSON inside of a string the quotes may be escaped.
                    fix = word_instead(document.source, place, name, f"{_PREFIX}{name}")
                    yield Problem(place, text, fix=fix)


def _arguments(node: Node) -> Iterator[tuple[Span, str]]:
    if isinstance(node, Mapping):
        yield from ((entry.key.span, entry.key.text) for entry in node.entries)
    elif isinstance(node, Scalar) and node.text.lstrip().startswith("{"):
        try:
            data = json.loads(node.text)
        except (ValueError, RecursionError):
            return
        yield from ((node.span, str(name)) for name in data)
