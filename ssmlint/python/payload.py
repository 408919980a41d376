"""What a handler does with its first argument, the step's `InputPayload`.

Followed are `events["key"]`, `events.get("key")`, `"key" in events`, and functions of the
script that get the whole argument.  Whatever else is done with it may read any key.
"""

from __future__ import annotations

import ast
import enum
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Union

from ssmlint.records import dataclass

Function = Union[ast.FunctionDef, ast.AsyncFunctionDef]

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_KEY_ERRORS = frozenset({"KeyError", "LookupError"})


class How(enum.Enum):
    """How a key is read."""

    NEEDED = "needed"
    """`events["key"]`: without it the run ends in a `KeyError`."""
    ASKED = "asked"
    """`events.get("key")`: without it the value is None."""
    OPTIONAL = "optional"
    """With a default, behind a test, or where the `KeyError` is caught."""


@dataclass(frozen=True, slots=True)
class KeyRead:
    """One place where a key is read."""

    key: str
    node: ast.AST
    how: How

    @property
    def is_asked(self) -> bool:
        """Whether the value is None where the key is not there."""
        return self.how is How.ASKED

    @property
    def is_optional(self) -> bool:
        """Whether the script is ready for the key not to be there."""
        return self.how is How.OPTIONAL


@dataclass(eq=False)
class PayloadUse:
    """All that is done with the payload."""

    reads: list[KeyRead] = field(default_factory=list)
    reads_any: bool = False
    """Whether any key may be read in a way that can not be followed."""
    is_changed: bool = False
    """Whether keys may come from somewhere else than from the step."""

    @property
    def keys(self) -> frozenset[str]:
        """The keys that are read by name."""
        return frozenset(read.key for read in self.reads)


def payload_use(
    function: Function, parameter: str, functions: Mapping[str, Function]
) -> PayloadUse:
    """What a function does with a parameter, in the functions too that it hands it to."""
    use = PayloadUse()
    todo = [(function, parameter)]
    seen: set[tuple[str, str]] = set()
    while todo:
        current, name = todo.pop()
        if (current.name, name) in seen:
            continue
        seen.add((current.name, name))
        parents = {
            child: node for node in ast.walk(current) for child in ast.iter_child_nodes(node)
        }
        if any(name in _parameters(node) for node in parents if isinstance(node, _SCOPES)):
            use.reads_any = use.is_changed = True  # the same name for something else inside
            continue
        for node in parents:
            if isinstance(node, ast.Name) and node.id == name:
                todo.extend(_look(node, parents, functions, use))
    return _sorted(use)


def _sorted(use: PayloadUse) -> PayloadUse:
    tested = {read.key for read in use.reads if read.how is How.OPTIONAL}
    use.reads = [
        KeyRead(read.key, read.node, How.OPTIONAL) if read.key in tested else read
        for read in use.reads
    ]
    use.reads.sort(key=lambda read: (getattr(read.node, "lineno", 0), read.key))
    return use


def _look(
    node: ast.Name,
    parents: Mapping[ast.AST, ast.AST],
    functions: Mapping[str, Function],
    use: PayloadUse,
) -> Iterator[tuple[Function, str]]:
    """Note one use; yields the functions that get the payload, with their parameters."""
    if not isinstance(node.ctx, ast.Load):
        use.is_changed = use.reads_any = True
        return
    parent = parents.get(node)
    match parent:
        case ast.Subscript(value=value, slice=ast.Constant(value=str(key))) if value is node:
            if isinstance(parent.ctx, ast.Load):
                caught = _is_caught(parent, parents)
                use.reads.append(KeyRead(key, parent, How.OPTIONAL if caught else How.NEEDED))
            else:
                use.is_changed = True
        case ast.Attribute(attr=attribute):
            _look_at_method(parents.get(parent), parent, attribute, use)
        case ast.Compare(left=ast.Constant(value=str(key)), ops=[ast.In() | ast.NotIn()]):
            use.reads.append(KeyRead(key, parent, How.OPTIONAL))
        case ast.If() | ast.UnaryOp(op=ast.Not()):
            pass
        case ast.Call(func=ast.Name(id=called)) if called in functions and node in parent.args:
            target = functions[called]
            taken = [*target.args.posonlyargs, *target.args.args]
            index = parent.args.index(node)
            if index < len(taken) and not any(isinstance(a, ast.Starred) for a in parent.args):
                yield target, taken[index].arg
            else:
                use.reads_any = use.is_changed = True
        case _:
            # A function that is not ours may fill a dictionary; `print` and its like do not.
            use.reads_any = True
            use.is_changed = use.is_changed or not _only_reads(parent)


def _look_at_method(call: ast.AST | None, method: ast.AST, name: str, use: PayloadUse) -> None:
    match call:
        case ast.Call(func=func, args=[ast.Constant(value=str(key)), *rest]) if func is method:
            if name == "get":
                how = How.OPTIONAL if rest or call.keywords else How.ASKED
                use.reads.append(KeyRead(key, call, how))
                return
            if name == "pop":
                how = How.OPTIONAL if rest else How.NEEDED
                use.reads.append(KeyRead(key, call, how))
                return
    use.reads_any = True
    use.is_changed = use.is_changed or name not in ("get", "items", "keys", "values", "copy")


def _only_reads(parent: ast.AST | None) -> bool:
    match parent:
        case ast.Call(func=ast.Name(id="print" | "str" | "repr" | "len" | "dict" | "sorted")):
            return True
        case ast.Call(func=ast.Attribute(attr=name)):
            return name in ("dumps", "info", "debug", "warning", "error", "exception", "format")
        case (
            ast.FormattedValue() | ast.Subscript() | ast.Compare() | ast.For() | ast.comprehension()
        ):
            return True
    return False


def _is_caught(node: ast.AST, parents: Mapping[ast.AST, ast.AST]) -> bool:
    """Whether a `KeyError` of the node is caught by name."""
    below, around = node, parents.get(node)
    while around is not None:
        if isinstance(around, ast.Try) and below in around.body:
            caught = (
                n for handler in around.handlers if handler.type for n in ast.walk(handler.type)
            )
            if any(isinstance(n, ast.Name) and n.id in _KEY_ERRORS for n in caught):
                return True
        below, around = around, parents.get(around)
    return False


def _parameters(scope: ast.AST) -> set[str]:
    return {
        node.arg for node in ast.walk(getattr(scope, "args", scope)) if isinstance(node, ast.arg)
    }
