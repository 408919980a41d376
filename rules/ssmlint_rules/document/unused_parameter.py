"""
## What it does
Reports a parameter that is declared and used nowhere.

## Why is this bad?
Whoever runs the document gives a value that changes nothing. Mostly the use is missing: a script
reads a shell variable `EXECUTION_ID` that nobody sets, and `{{ executionId }}` is not in it.

A pre/post document has to declare `executionId`, used or not, since Data Lifecycle Manager sends it. There
it is reported only where a script says the name in another way.

A parameter with `interpolationType: ENV_VAR` is used where a script reads `SSM_<name>`. Documents
whose steps hold a generator's placeholders are left alone.

## Example
```yaml document
schemaVersion: '2.2'
parameters:
  executionId:  # <-
    type: String
mainSteps:
  - action: aws:runShellScript
    name: freeze
    inputs:
      runCommand:
        - echo "run ${EXECUTION_ID}"
```
Use instead:
```yaml document
schemaVersion: '2.2'
parameters:
  executionId:
    type: String
    allowedPattern: ^[0-9a-f-]+$
mainSteps:
  - action: aws:runShellScript
    name: freeze
    inputs:
      runCommand:
        - echo "run {{ executionId }}"
```

## References
- [Data elements and parameters](https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-syntax-data-elements-parameters.html)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.model.document import SsmDocument
from ssmlint.model.references import ReferenceKind
from ssmlint.rule import Problem, Severity, rule
from ssmlint.tree import scalars
from ssmlint_rules.contract.dlm import EXECUTION_ID
from ssmlint_rules.wording import near

# Text that is not there yet may use any parameter.
_GENERATED = re.compile(r"%%[^%]+%%|_PLACEHOLDER::|\{%|<%|\$\{[a-z]+\(")


@rule("SSM202", "unused-parameter", Severity.WARNING, on=SsmDocument)
def unused_parameter(document: SsmDocument) -> Iterator[Problem]:
    """Report each parameter that no step refers to."""
    used = {r.name for r in document.references if r.kind is ReferenceKind.PARAMETER}
    # A misspelled use is `undeclared-parameter`, one finding for one mistake.
    misspelled = {near(name, document.parameters) for name in used - set(document.parameters)}
    unused = [name for name in document.parameters if name not in used | misspelled]
    if not unused or not document.steps:
        return
    texts = [node.text for step in document.steps for node in scalars(step.node)]
    if any(_GENERATED.search(text) for text in texts):
        return
    for name in unused:
        if _is_mentioned(name, texts):
            continue
        if document.is_dlm and name == EXECUTION_ID and not _is_said_otherwise(name, texts):
            continue
        key = document.parameters[name].key
        yield Problem(key.span, f"parameter `{name}` is never used")


def _is_said_otherwise(name: str, texts: list[str]) -> bool:
    """Whether there is a variable such as `EXECUTION_ID`, which was meant to be the parameter."""
    spelled = re.compile(rf"\b_*{'_*'.join(name)}_*\b", re.IGNORECASE)
    letters = name.casefold()
    # Most texts do not even have the letters, which is the quicker question.
    near = (text for text in texts if letters in text.replace("_", "").casefold())
    return any(spelled.search(text) for text in near)


def _is_mentioned(name: str, texts: list[str]) -> bool:
    """Whether a step uses the name in a form that is no plain reference."""
    escaped = re.escape(name)
    reference = re.compile(rf"\{{\{{\s*{escaped}\s*[.}}]")
    variable = re.compile(rf"\bSSM_{escaped}\b")
    return any(
        reference.search(text) or (f"SSM_{name}" in text and variable.search(text))
        for text in texts
    )
