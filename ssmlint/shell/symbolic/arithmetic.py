"""The shell's arithmetic, as far as its operands are known."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable

from ssmlint.shell.statements import Arithmetic
from ssmlint.shell.symbolic.machine import Machine, known_int
from ssmlint.shell.symbolic.state import State
from ssmlint.shell.symbolic.values import SymbolKind, is_known

Lookup = Callable[[str, "str | None", State], "str | None"]

_NAME = re.compile(r"\$\{#?(\w+)(?:\[[@*]\])?\}|\$?([A-Za-z_]\w*|\$?[?#@0-9])")
_STEP = re.compile(r"\s*(?:(\+\+|--)\s*([A-Za-z_]\w*)|([A-Za-z_]\w*)\s*(\+\+|--))\s*")
_ASSIGN = re.compile(r"\s*([A-Za-z_]\w*)\s*([-+*/%|&]?)=(?!=)(.*)", re.DOTALL)

_BINARY: dict[type[ast.AST], Callable[[int, int], int]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.FloorDiv: lambda a, b: int(a / b),
    ast.Mod: lambda a, b: a - int(a / b) * b,
    ast.BitOr: operator.or_,
    ast.BitAnd: operator.and_,
}
_COMPARE: dict[type[ast.AST], Callable[[int, int], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


def evaluate(expression: Arithmetic, state: State, machine: Machine, lookup: Lookup) -> str:
    """The value of an arithmetic expression; assigns in `state` what it assigns.

    An expression over unknown numbers is a new unknown.
    """
    text = expression.text.strip()
    step = _STEP.fullmatch(text)
    if step:
        name = step[2] or step[3]
        change = 1 if "++" in (step[1] or step[4]) else -1
        before = known_int(lookup(name, None, state) or "0")
        return _assign(expression, state, machine, name, before, change, postfix=bool(step[3]))
    assigned = _ASSIGN.fullmatch(text)
    if assigned:
        name, extra, right = assigned.groups()
        value = _number(f"{name} {extra} ({right})" if extra else right, state, lookup)
        return _assign(expression, state, machine, name, value, 0, postfix=False)
    value = _number(text, state, lookup)
    if value is None:
        for name in expression.assigns:
            state.assign(name, machine.symbol(state, SymbolKind.OTHER, expression.span, tag=name))
        return _lone_symbol(text, state, lookup) or machine.symbol(
            state, SymbolKind.OTHER, expression.span, tag="arithmetic"
        )
    return str(value)


def _assign(
    expression: Arithmetic,
    state: State,
    machine: Machine,
    name: str,
    value: int | None,
    change: int,
    postfix: bool,
) -> str:
    if value is None:
        unknown = machine.symbol(state, SymbolKind.OTHER, expression.span, tag=name)
        state.assign(name, unknown)
        return unknown
    state.assign(name, str(value + change))
    return str(value if postfix else value + change)


def _lone_symbol(text: str, state: State, lookup: Lookup) -> str | None:
    """`$((x))` of an unknown `x` is that same unknown."""
    match = _NAME.fullmatch(text.strip())
    if match is None or text.strip().startswith("${#"):
        return None
    value = lookup(match[1] or match[2], None, state)
    return value if value is not None and not is_known(value) else None


def _number(text: str, state: State, lookup: Lookup) -> int | None:
    unknown = False

    def replace(match: re.Match[str]) -> str:
        nonlocal unknown
        if match.group().startswith("${#"):
            unknown = True
            return "0"
        if match.group().isdigit():
            return match.group()
        value = lookup((match[1] or match[2]).lstrip("$"), None, state)
        number = 0 if value in (None, "") else known_int(value or "")
        unknown = unknown or number is None
        return f"({number})"

    readable = _NAME.sub(replace, text)
    if unknown or "=" in re.sub(r"[=!<>]=", "", readable):
        return None
    readable = readable.replace("&&", " and ").replace("||", " or ")
    readable = re.sub(r"!(?!=)", " not ", readable).replace("/", "//").strip()
    readable = re.sub(r"\b0+(?=\d)", "", readable)
    if len(readable) > 500:
        return None
    try:
        return _walk(ast.parse(readable, mode="eval").body)
    except (SyntaxError, ValueError, ZeroDivisionError, RecursionError, KeyError):
        return None


def _walk(node: ast.expr) -> int:
    match node:
        case ast.Constant(value=int() as value):
            return value
        case ast.BinOp():
            result = _BINARY[type(node.op)](_walk(node.left), _walk(node.right))
            if abs(result) > 2**63:
                raise ValueError("too large")
            return result
        case ast.UnaryOp(op=ast.USub()):
            return -_walk(node.operand)
        case ast.UnaryOp(op=ast.UAdd()):
            return _walk(node.operand)
        case ast.UnaryOp(op=ast.Not()):
            return int(not _walk(node.operand))
        case ast.BoolOp(op=ast.And()):
            return int(all(_walk(value) for value in node.values))
        case ast.BoolOp():
            return int(any(_walk(value) for value in node.values))
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            return int(_COMPARE[type(op)](_walk(left), _walk(right)))
    raise ValueError("not simple arithmetic")
