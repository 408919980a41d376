"""
## What it does
Reports a name in a Python script that nothing defines: no assignment, no function, no import, and
Python itself does not have it. Also a local variable that is read in front of every place that sets
it.

## Why is this bad?
The run ends in a `NameError` when it gets there, which may be a branch that is taken once a year:
the one that handles the failure. A forgotten `import` is the most frequent case.

Nothing is said where names may come from elsewhere: `from module import *`, `exec`, `globals()`.

## Example
```python
import boto3

def main(events, context):
    reply = boto3.client("ssm").describe_instance_information()
    return {"instances": json.dumps(reply, default=str)}  # <-
```
Use instead:
```python
import json
import boto3

def main(events, context):
    reply = boto3.client("ssm").describe_instance_information()
    return {"instances": json.dumps(reply, default=str)}
```

A misspelt variable:
```python
import boto3

def main(events, context):
    snapshots = boto3.client("ec2").describe_snapshots(OwnerIds=["self"])
    return {"count": len(snapshot["Snapshots"])}  # <-
```
Use instead:
```python
import boto3

def main(events, context):
    snapshots = boto3.client("ec2").describe_snapshots(OwnerIds=["self"])
    return {"count": len(snapshots["Snapshots"])}
```

## Fix safety
Safe where a module of the standard library, `boto3` or `botocore` is imported. Unsafe where a
similar name is written instead.

## References
- [Naming and binding](https://docs.python.org/3/reference/executionmodel.html#naming-and-binding)
- [pyflakes](https://github.com/PyCQA/pyflakes), which finds them
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ssmlint.near import nearest
from ssmlint.python.scriptfacts import PythonScript
from ssmlint.rewriting import in_script
from ssmlint.rule import Edit, Fix, Problem, Safety, Severity, rule
from ssmlint.source import Span

if TYPE_CHECKING:
    from ssmlint.python.names import UndefinedName


@rule("PY101", "undefined-python-name", Severity.ERROR, on=PythonScript)
def undefined_python_name(script: PythonScript) -> Iterator[Problem]:
    """Report each name that nothing defines; a missing import once."""
    imported: set[str] = set()
    for found in script.undefined_names:
        if found.name in imported:
            continue
        place = script.place(found.span)
        if found.is_local:
            yield Problem(place, f"`{found.name}` is read here before the function sets it")
        elif found.is_module:
            imported.add(found.name)
            text = f"`{found.name}` is not defined: `import {found.name}` is missing"
            yield Problem(place, text, fix=_import(script, found.name))
        else:
            yield Problem(place, _message(found), fix=_rename(script, found))


def _meant(found: UndefinedName) -> str | None:
    # A name of another function is among the known ones.
    return nearest(found.name, (n for n in found.known if n != found.name), cutoff=0.8)


def _message(found: UndefinedName) -> str:
    meant = _meant(found)
    hint = f"; did you mean `{meant}`?" if meant else ""
    return f"`{found.name}` is never defined{hint}"


def _rename(script: PythonScript, found: UndefinedName) -> Fix | None:
    meant = _meant(found)
    if meant is None:
        return None
    edits = in_script(script.script, [Edit(found.span, meant)])
    return Fix(f"write `{meant}`", edits, Safety.UNSAFE) if edits else None


def _import(script: PythonScript, name: str) -> Fix | None:
    """A line in front of the first import, or of the first statement."""
    at = script.syntax.place_for_import
    if at is None or script.script.text[:at].rpartition("\n")[2]:
        return None
    edits = in_script(script.script, [Edit(Span(at, at), f"import {name}\n")])
    return Fix(f"import `{name}`", edits) if edits else None
