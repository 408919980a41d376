"""What of scripts in Python and PowerShell goes over lines and belongs together."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ssmlint.powershell.scriptfacts import PowerShellScript
from ssmlint.powershell.tokens import Kind, Quoting
from ssmlint.python.scriptfacts import PythonScript
from ssmlint.records import dataclass
from ssmlint.source import Span

_BRACKETED = (ast.Dict, ast.List, ast.Set, ast.Tuple, ast.Call)
_SUITES = ("orelse", "finalbody")


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a script (code points of it)."""

    span: Span
    closes: bool = False
    """Whether its last line only closes it, and stays in sight when it is folded away."""


def python_blocks(script: PythonScript) -> Iterator[Block]:
    """Statements with a body, and what stands in brackets; nothing of what can not be read."""
    tree, span = script.syntax.tree, script.syntax.span
    for node in ast.walk(tree) if tree is not None else ():
        body = getattr(node, "body", None)
        if isinstance(node, ast.mod):
            continue
        if isinstance(body, list) and body and not isinstance(node, ast.match_case):
            yield Block(Span(span(node).start, span(body[-1]).end))
            yield from _else_blocks(script, node)
        elif isinstance(node, ast.Match):
            yield Block(span(node))
        elif isinstance(node, ast.match_case):
            start = script.script.masked.rfind("case", 0, span(node.pattern).start)
            yield Block(Span(max(start, 0), span(node.body[-1]).end))
        elif isinstance(node, _BRACKETED):
            yield Block(span(node), closes=True)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield Block(span(node))


def _else_blocks(script: PythonScript, node: ast.AST) -> Iterator[Block]:
    """What begins with `else` or `finally`, which the tree has no place of."""
    text, span = script.script.masked, script.syntax.span
    for name in _SUITES:
        suite = getattr(node, name, None)
        if suite and not text.startswith("elif", span(suite[0]).start):
            word = "else" if name == "orelse" else "finally"
            start = text.rfind(word, 0, span(suite[0]).start)
            if start >= 0:
                yield Block(Span(start, span(suite[-1]).end))


def powershell_blocks(script: PowerShellScript) -> Iterator[Block]:
    """Brackets, strings and comments."""
    statements = script.statements
    for index, token in enumerate(statements.tokens):
        if token.kind is Kind.OPEN:
            closing = statements.closing(index)
            if closing is not None:
                end = statements.tokens[closing].span.end
                yield Block(Span(token.span.start, end), closes=True)
        elif token.kind is Kind.STRING:
            yield Block(token.span, closes=token.text.startswith("@"))
    for region in script.reader.regions:
        if region.quoting is Quoting.COMMENT:
            yield Block(region.span)
