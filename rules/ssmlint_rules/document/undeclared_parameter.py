"""
## What it does
Reports a `{{ reference }}` to a parameter that the document does not declare.

## Why is this bad?
The agent leaves such a reference as it is, without a word: the script gets the braces and the
name as text. Systems Manager refuses an Automation document with one. It is a warning where no
declared name is near, in a script: the text may belong to another template language (a script
that holds expressions of one, such as `{{ a | b }}`, is left alone).

In an Automation document, `{{ RESOURCE_ID }}` needs no declaration: it stands for the target of a
maintenance window. `{{ global:... }}`, `{{ automation:... }}` and `{{ variable:... }}` exist in Automation documents
only.

## Example
```yaml document
schemaVersion: '2.2'
parameters:
  executionId:
    type: String
mainSteps:
  - action: aws:runShellScript
    name: freeze
    inputs: {runCommand: ['echo "{{ executionID }}"']}  # <-
```
Use instead:
```yaml document
schemaVersion: '2.2'
parameters:
  executionId:
    type: String
mainSteps:
  - action: aws:runShellScript
    name: freeze
    inputs: {runCommand: ['echo "{{ executionId }}"']}
```

Not declared at all, and not there in a Command document:
```yaml document
schemaVersion: '2.2'
mainSteps:
  - action: aws:runShellScript
    name: freeze
    inputs:
      workingDirectory: '{{ directory }}'  # <-
      runCommand: ['echo "{{ global:REGION }}"']  # <-
```
Use instead:
```yaml document
schemaVersion: '2.2'
parameters:
  directory:
    type: String
mainSteps:
  - action: aws:runShellScript
    name: freeze
    inputs:
      workingDirectory: '{{ directory }}'
      runCommand: ["docker ps --format '{{.ID}}'"]
```

## Fix safety
Unsafe: the value appears where the reference stood as it is. Only a near name is offered.

## References
- [amazon-ssm-agent, `parameters.go`](https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/framework/docparser/parameters/parameters.go): only declared names are replaced
- [A document refused with "is not declared"](https://github.com/CrowdStrike/aws-ssm-distributor/issues/66)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.model.document import DocumentKind, SsmDocument
from ssmlint.model.references import Reference, ReferenceKind
from ssmlint.rule import Edit, Fix, Note, Problem, Safety, Severity, rule
from ssmlint_rules.wording import is_misspelled_in, near

_AUTOMATION_ONLY = (ReferenceKind.GLOBAL, ReferenceKind.AUTOMATION, ReferenceKind.VARIABLE)

# Braces that hold something else than a name, and statements: Jinja, Go templates, Liquid.
_OTHER_LANGUAGE = re.compile(r"\{%|\{\{(?![ \t]*[A-Za-z0-9_]+[ \t]*\}\}|[ \t]*[a-z-]+:)")
#: What can be written between braces.
_NAME = re.compile(r"[\w.-]+")

#: Stands for the target of a maintenance window's task (automation-action-runcommand.html).
_TARGET = "RESOURCE_ID"


@rule("SSM201", "undeclared-parameter", Severity.ERROR, on=SsmDocument)
def undeclared_parameter(document: SsmDocument) -> Iterator[Problem]:
    """Report each reference that nothing is put in the place of."""
    is_automation = document.kind is DocumentKind.AUTOMATION
    if is_misspelled_in(document.root, "parameters"):
        return  # that is the one mistake
    for reference in document.references:
        if reference.kind is ReferenceKind.PARAMETER:
            yield from _undeclared(document, reference)
        elif not is_automation and reference.kind in _AUTOMATION_ONLY:
            text = f"`{reference.name}` exists in Automation documents only; the agent leaves it"
            yield Problem(reference.name_span, text)


def _undeclared(document: SsmDocument, reference: Reference) -> Iterator[Problem]:
    declared, name = document.parameters, reference.name
    is_automation = document.kind is DocumentKind.AUTOMATION
    if name in declared or (is_automation and name == _TARGET):
        return
    meant = near(name, filter(_NAME.fullmatch, declared))
    text = f"parameter `{name}` is not declared"
    if meant is not None:
        note = Note(declared[meant].key.span, f"`{meant}` is declared here")
        fix = Fix(f"write `{meant}`", (Edit(reference.name_span, meant),), Safety.UNSAFE)
        yield Problem(reference.name_span, f"{text}; did you mean `{meant}`?", (note,), fix=fix)
    elif reference.whole or is_automation:
        yield Problem(reference.name_span, text + _instead(document, name))
    elif not _OTHER_LANGUAGE.search(reference.scalar.text):
        left = f"{text}; the agent leaves `{{{{ {name} }}}}` in the text"
        yield Problem(reference.name_span, left, severity=Severity.WARNING)


def _instead(document: SsmDocument, name: str) -> str:
    """What somebody may have meant who named a step or a variable of a runbook."""
    if document.kind is not DocumentKind.AUTOMATION:
        return ""
    if any(step.name == name for step in document.all_steps):
        return "; it is a step, and its outputs are `step.output`"
    variables = document.root.get_mapping("variables")
    return f"; write `variable:{name}`" if variables and variables.get(name) else ""
