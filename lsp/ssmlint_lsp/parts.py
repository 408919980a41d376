"""The functions and classes that a script consists of, in whatever language."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from ssmlint.embedded import Script
from ssmlint.powershell.scriptfacts import PowerShellScript
from ssmlint.python.scriptfacts import PythonScript
from ssmlint.records import dataclass
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import Function
from ssmlint.source import Span
from ssmlint_lsp.names.powershell import definitions
from ssmlint_lsp.names.scopes import defined_name


@dataclass(frozen=True, slots=True)
class Part:
    """A function or class; spans are in the script."""

    name: str
    span: Span
    name_span: Span
    is_class: bool = False
    parts: tuple[Part, ...] = ()
    """The methods of a class."""


@dataclass(frozen=True, eq=False)
class Outlined:
    """A script with its parts, in order."""

    script: Script
    name: str
    """What it is for: `bash`, `python3.11` ..."""
    parts: tuple[Part, ...]


def of_shell(shell: ShellScript) -> Outlined:
    """The functions of a shell script that stand in no other one."""
    parts = tuple(
        Part(function.name, function.span, function.name_span)
        for function in shell.index.of(Function)
        if shell.index.function_of(function) is None
    )
    return Outlined(shell.script, shell.script.interpreter, parts)


def of_python(script: PythonScript) -> Outlined:
    """The functions and classes of a Python script; none where it can not be read."""
    version = script.runtime
    name = f"python{version[0]}.{version[1]}" if version is not None else "python"
    tree = script.syntax.tree
    parts = tuple(_of_body(script, tree.body)) if tree is not None else ()
    return Outlined(script.script, name, parts)


def _of_body(script: PythonScript, body: Iterable[ast.stmt]) -> Iterator[Part]:
    for node in body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            name_span = defined_name(script.syntax, script.script.masked, node)
            is_class = isinstance(node, ast.ClassDef)
            inner = tuple(_of_body(script, node.body)) if is_class else ()
            if name_span is not None:
                yield Part(node.name, script.syntax.span(node), name_span, is_class, inner)


def of_powershell(script: PowerShellScript) -> Outlined:
    """The functions of a PowerShell script."""
    parts = tuple(
        Part(found.text, Span(found.start, max(found.whole.end, found.span.end)), found.span)
        for found in definitions(script)
    )
    return Outlined(script.script, "powershell", parts)
