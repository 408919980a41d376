"""Work that is not done again: by the fact that it is about, or by the text.

What is remembered of a fact goes with the fact.  What is remembered of a text is found again
by that text alone, whatever document it stands in, so that nothing can be out of date; only
what a text says by itself may be remembered so.
"""

from __future__ import annotations

import functools
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Concatenate, Generic, ParamSpec, TypeVar, cast

Fact = TypeVar("Fact")
More = ParamSpec("More")
Key = TypeVar("Key", bound=Hashable)
Made = TypeVar("Made")


def once(
    function: Callable[Concatenate[Fact, More], Made],
) -> Callable[Concatenate[Fact, More], Made]:
    """Ask a function about a fact once; further answers are the first one.

    A document may have hundreds of scripts, and every rule goes over all of them in turn: a
    cache of a fixed size would forget each before it is asked for again.  What else the
    function takes has to be hashable.
    """
    key = f"{function.__module__}.{function.__qualname__}"

    @functools.wraps(function)
    def remembered(fact: Fact, *more: More.args, **named: More.kwargs) -> Made:
        kept = vars(fact).setdefault(key, {})
        asked = (more, *named.items())
        if asked not in kept:
            kept[asked] = function(fact, *more, **named)
        made: Made = kept[asked]
        return made

    # `wraps` would have the name of the first argument be part of the type.
    return cast("Callable[Concatenate[Fact, More], Made]", remembered)


def forget() -> None:
    """Remember nothing of any text: for whoever measures what it costs to read one."""
    for clear in _CLEARING:
        clear()


def on_forget(clear: Callable[[], object]) -> None:
    """Have something called by `forget`: it belongs to a module that keeps things of texts."""
    _CLEARING.append(clear)


_CLEARING: list[Callable[[], object]] = []


class Kept(Generic[Key, Made]):
    """Things by what they were made of, the last used ones up to a total weight."""

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self._weight = 0
        self._things: OrderedDict[Key, tuple[int, Made]] = OrderedDict()
        on_forget(self.clear)

    def get(self, key: Key, weight: int, make: Callable[[], Made]) -> Made:
        """The thing of that key, made if it is not there."""
        found = self._things.get(key)
        if found is not None:
            self._things.move_to_end(key)
            return found[1]
        made = make()
        self._things[key] = (weight, made)
        self._weight += weight
        while self._weight > self._budget and len(self._things) > 1:
            _, (gone, _) = self._things.popitem(last=False)
            self._weight -= gone
        return made

    def clear(self) -> None:
        """Keep nothing of what there is."""
        self._things.clear()
        self._weight = 0

    def __len__(self) -> int:
        return len(self._things)
