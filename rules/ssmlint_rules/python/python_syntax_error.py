"""
## What it does
Reports the first place where Python refuses to read the script of an `aws:executeScript` step: the
Python of the step's `Runtime`, as far as it can be known here.

## Why is this bad?
Automation hands the script to Python only when the step runs, so that the mistake shows up in the
middle of a runbook, behind steps that have already changed something. No part of the script runs.

The script is read by the Python that ssmlint runs on, which can be told to read like an older one.
That covers most of what newer versions have brought (`match`, `:=`, `except*`, f-strings in the
quotes of f-strings), but not all of it: `@decorators[0].of_any_form` for 3.8 passes, for example.
Where the step's runtime is newer than that Python, only what no Python takes is reported. Nothing is
said where a `{{ reference }}` stands on the line.

## Example
```python
import boto3

def main(events, context):
    ec2 = boto3.client("ec2"  # <-
    return {"region": ec2.meta.region_name}
```
Use instead:
```python
import boto3

def main(events, context):
    ec2 = boto3.client("ec2")
    return {"region": ec2.meta.region_name}
```

A script that is written for a newer Python than the step's:
```python runtime=python3.9
def main(events, context):
    match events["state"]:  # <-
        case "running":
            return {"ready": True}
    return {"ready": False}
```
Use instead:
```python runtime=python3.11
def main(events, context):
    match events["state"]:
        case "running":
            return {"ready": True}
    return {"ready": False}
```

## References
- [`aws:executeScript`](https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-executeScript.html)
- [`ast.parse`](https://docs.python.org/3/library/ast.html#ast.parse), on `feature_version`
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.python.scriptfacts import PythonScript
from ssmlint.rule import Problem, Severity, rule
from ssmlint.source import Span


@rule("PY001", "python-syntax-error", Severity.ERROR, on=PythonScript)
def python_syntax_error(script: PythonScript) -> Iterator[Problem]:
    """Report the first syntax error of a script."""
    problem = script.syntax.problem
    if problem is None or _has_reference(script, problem.span):
        return
    runtime = f"Python {script.runtime[0]}.{script.runtime[1]}" if script.runtime else "Python"
    if "only supported in" in problem.message or "only Python" in problem.message:
        message = f"{problem.message}, and the step runs on {runtime}"
    else:
        message = f"this is no {runtime}: {problem.message}"
    yield Problem(script.place(problem.span), message)


def _has_reference(script: PythonScript, span: Span) -> bool:
    """Whether a reference stands on the line, or nearby: what it stands for is not known."""
    lines = script.syntax.lines
    first, last = lines.line_of(span.start), lines.line_of(span.end)
    return any(
        first <= lines.line_of(placeholder.start) <= last
        for placeholder in script.script.placeholders
    )
