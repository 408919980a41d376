"""What the words of a Python script mean: the handler, what it is passed, other names."""

from __future__ import annotations

import ast

from ssmlint.automation.runbook import declared_outputs
from ssmlint.engine import Facts
from ssmlint.python.passing import payload_of
from ssmlint.python.scriptfacts import PythonScript
from ssmlint.tree import Entry
from ssmlint_lsp.cursor import script_index
from ssmlint_lsp.hovering.types import (
    Hover,
    assigned_in,
    code,
    joined,
    lines_listed,
    lines_of,
    quoted,
)
from ssmlint_lsp.names.finding import Named, named_at
from ssmlint_lsp.names.types import Name, NameKind, Role
from ssmlint_lsp.values import kind_of_value


def hover(facts: Facts, offset: int) -> Hover | None:
    """The hover over a name of a script, over the handler of a step, over a key of its payload."""
    named = named_at(facts, offset)
    if named is None or not isinstance(named.name.scope, PythonScript):
        return None
    script: PythonScript = named.name.scope
    if named.name.kind is NameKind.PAYLOAD_KEY:
        return Hover(named.occurrence.span, _key(facts, script, named, offset))
    return Hover(named.occurrence.span, _name(facts, script, named.name))


# --- keys of the payload ------------------------------------------------------------------


def _key(facts: Facts, script: PythonScript, named: Named, offset: int) -> str:
    name = named.name
    payload = payload_of(script)
    if payload is None:
        return joined(f"**{name.text}**, of the `InputPayload`", "Its keys can not be told here.")
    entry = payload.keys.get(name.text)
    if entry is None:
        return joined(f"**{name.text}**", f"The step passes no `{name.text}`.")
    kind = kind_of_value(script.document, entry.value)
    head = f"**{name.text}**, of the `InputPayload`" + (f" ({kind})" if kind else "")
    if script_index(script.script, offset) is not None:
        text = lines_of(script.source, entry.span)
        return joined(head, code(text, script.document.tree.format))
    reads = [item.span for item in name.occurrences if item.role is Role.READ]
    return joined(head, f"Read in\n\n{lines_listed(facts, reads)}" if reads else "")


# --- names --------------------------------------------------------------------------------


def _name(facts: Facts, script: PythonScript, name: Name) -> str:
    node = _definition(script, name)
    if node is not None:
        return _defined(facts, script, name, node)
    where = f" of `{name.container}`" if name.container else ""
    handler = script.handler
    if handler is not None and name.container == handler.name and handler.function is not None:
        args = handler.function.args
        position = [arg.arg for arg in (*args.posonlyargs, *args.args)]
        if name.text in position[:1]:
            return joined(f"**{name.text}**, what the step passes{where}", _payload(script))
        if name.text in position[1:2]:
            return joined(f"**{name.text}**, the context{where}", "Automation's own argument.")
    places = [item.span for item in name.occurrences if item.role is not Role.READ]
    return joined(f"**{name.text}**, name{where}", assigned_in(facts, places) if places else "")


def _definition(
    script: PythonScript, name: Name
) -> ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | None:
    """The definition of a function or class, where a name has just one."""
    tree, declared = script.syntax.tree, name.declaration
    if tree is None or declared is None:
        return None
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            whole = script.place(script.syntax.span(node))
            if node.name == name.text and whole.covers(declared.span):
                return node
    return None


def _defined(
    facts: Facts,
    script: PythonScript,
    name: Name,
    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef,
) -> str:
    declared = name.declaration
    kind = "class" if isinstance(node, ast.ClassDef) else "function"
    is_handler = script.handler is not None and script.handler.function is node
    line = facts.file.source.lines.line_of(declared.span.start) + 1 if declared else 0
    body = script.syntax.span(node.body[0]).start
    head = script.script.text[script.syntax.span(node).start : body].rstrip()
    return joined(
        f"**{name.text}**, {'handler' if is_handler else kind}, defined in line {line}",
        code(head, "python"),
        ast.get_docstring(node) or "",
        _payload(script) if is_handler else "",
        _outputs(script) if is_handler else "",
    )


def _payload(script: PythonScript) -> str:
    """What the handler is given."""
    payload = payload_of(script)
    if payload is None:
        return "It is given the step's `InputPayload`, whose keys can not be told."
    if not payload.keys:
        return "The step passes no `InputPayload`."
    rows = [_row(script, key, entry) for key, entry in payload.keys.items()]
    return "It is given, by the step's `InputPayload`,\n\n" + "\n".join(rows)


def _row(script: PythonScript, key: str, entry: Entry) -> str:
    kind = kind_of_value(script.document, entry.value)
    value = script.source.at(entry.value.span)
    shown = f": {quoted(value)}" if "\n" not in value and len(value) <= 80 else ""
    return f"- `{key}`{f' ({kind})' if kind else ''}{shown}"


def _outputs(script: PythonScript) -> str:
    """What the step reads from what the handler returns."""
    rows = []
    for output in declared_outputs(script.step):
        selector, kind = output.field("Selector"), output.field("Type")
        shown = f" ({kind.text})" if kind is not None else ""
        read = f": {quoted(selector.text)}" if selector is not None else ""
        rows.append(f"- `{output.name}`{shown}{read}")
    return "Outputs of the step\n\n" + "\n".join(rows) if rows else ""
