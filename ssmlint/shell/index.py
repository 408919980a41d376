"""A statement tree with ways up and across: parents, kinds, what comes before."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, TypeVar

from ssmlint.shell.statements import Block, Function, Statement, children

Kind = TypeVar("Kind")


class Index:
    """Every node of a block, parents before children, in the order of the script."""

    def __init__(self, block: Block) -> None:
        self.block = block
        self._parents = parents = dict[int, Any]()
        nodes: list[Any] = []
        by_kind = defaultdict[Any, list[Any]](list)
        self._functions = functions = dict[int, Function]()
        stack: list[Any] = list(reversed(block))
        while stack:
            node = stack.pop()
            nodes.append(node)
            kind = type(node)
            by_kind[kind].append(node)
            below = children(node)
            if below:
                around = node if kind is Function else functions.get(id(node))
                for child in below:
                    parents[id(child)] = node
                    if around is not None:
                        functions[id(child)] = around
                stack += below[::-1]
        self.nodes: tuple[Any, ...] = tuple(nodes)
        self._by_kind = {kind: tuple(found) for kind, found in by_kind.items()}

    def of(self, kind: type[Kind]) -> tuple[Kind, ...]:
        """The nodes of one kind, in order."""
        return self._by_kind.get(kind, ())

    def parent(self, node: Any) -> Any | None:
        """The node that holds `node`, None at the top."""
        return self._parents.get(id(node))

    def ancestors(self, node: Any) -> Iterator[Any]:
        """The nodes around `node`, innermost first."""
        above = self.parent(node)
        while above is not None:
            yield above
            above = self.parent(above)

    def function_of(self, node: Any) -> Function | None:
        """The innermost function around `node`."""
        return self._functions.get(id(node))

    def enclosing(self, node: Any, *kinds: type[Any]) -> Any | None:
        """The innermost node of one of `kinds` around `node`, in the same function."""
        for above in self.ancestors(node):
            if isinstance(above, kinds):
                return above
            if isinstance(above, Function):
                return None
        return None

    @functools.cached_property
    def blocks(self) -> tuple[tuple[Any | None, Block], ...]:
        """Every list of statements that run one after the other, with the node it is in.

        The elements of a pipeline are no such list.
        """
        found: list[tuple[Any | None, Block]] = [(None, self.block)]
        for node in self.nodes:
            for name in ("body", "condition", "otherwise"):
                block = getattr(node, name, None)
                if isinstance(block, tuple):
                    found.append((node, block))
        return tuple(found)

    @functools.cached_property
    def _places(self) -> dict[int, tuple[Block, int]]:
        return {
            id(statement): (block, at)
            for _, block in self.blocks
            for at, statement in enumerate(block)
        }

    def before(self, statement: Statement) -> Statement | None:
        """The statement that stands before `statement` in its list."""
        block, at = self._places.get(id(statement), ((), 0))
        return block[at - 1] if at else None

    def after(self, statement: Statement) -> tuple[Statement, ...]:
        """The statements that stand behind `statement` in its list."""
        block, at = self._places.get(id(statement), ((), 0))
        return block[at + 1 :]

    def statement_of(self, node: Any) -> Statement | None:
        """The statement of a list that `node` is or is part of."""
        for candidate in (node, *self.ancestors(node)):
            if id(candidate) in self._places:
                found: Statement = candidate
                return found
        return None
