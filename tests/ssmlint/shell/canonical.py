"""Statement trees made equal where bash prints different scripts in one way."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

from ssmlint.shell.statements import (
    ArithmeticFor,
    For,
    If,
    Literal,
    Redirect,
    Test,
    TestExpression,
    TestLogic,
    TestNot,
    TestUnary,
    TestWord,
    Variable,
    Word,
)
from ssmlint.source import Span


def canonical(node: Any) -> Any:
    """The tree as `declare -f` prints it: `elif` as nested `if`, `[[ x ]]` as `[[ -n x ]]` ..."""
    if isinstance(node, tuple):
        return tuple(canonical(item) for item in node)
    if not is_dataclass(node) or isinstance(node, (type, Span)):
        return node
    changed = {f.name: canonical(getattr(node, f.name)) for f in fields(node)}
    node = replace(node, **changed)
    match node:
        case If(branches=(first, second, *others)):
            rest = replace(node, branches=(second, *others), redirects=())
            return replace(node, branches=(first,), otherwise=(canonical(rest),))
        case Test(bracket="[[", expression=expression) if expression is not None:
            return replace(node, expression=_explicit(expression))
        case Redirect(operator=">&", descriptor=None):
            return replace(node, descriptor=1)
        case Redirect(operator="<&", descriptor=None):
            return replace(node, descriptor=0)
        case Redirect(operator=">", descriptor=1):
            return replace(node, descriptor=None)
        case Redirect(operator="<&", target=Word(parts=(Literal(text="-"),))):
            return replace(node, operator=">&")
        case For(words=None):
            everything = Variable(node.span, "@", quoted=True)
            return replace(node, words=(Word(node.span, (everything,)),))
        case ArithmeticFor(header=header):
            return replace(node, header=tuple(replace(e, text=e.text or "1") for e in header))
        case Word(parts=parts):
            return replace(node, parts=tuple(_without_joints(parts)))
    return node


def _explicit(node: TestExpression) -> TestExpression:
    match node:
        case TestWord(span=span, word=word):
            return TestUnary(span, "-n", word)
        case TestNot(operand=operand):
            return replace(node, operand=_explicit(operand))
        case TestLogic(left=left, right=right):
            return replace(node, left=_explicit(left), right=_explicit(right))
    return node


def _without_joints(parts: tuple[Any, ...]) -> list[Any]:
    """Neighbouring literals joined: bash prints continued lines as one."""
    joined: list[Any] = []
    for part in parts:
        last = joined[-1] if joined else None
        if isinstance(part, Literal) and isinstance(last, Literal) and part.quoted == last.quoted:
            joined[-1] = replace(last, text=last.text + part.text)
        else:
            joined.append(part)
    return joined
