"""Dictionaries that are replaced, never changed: what paths share until one of them differs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeVar

from ssmlint.shell.symbolic.values import Array

if TYPE_CHECKING:
    from typing_extensions import Self

_Value = TypeVar("_Value")


class Settled(dict[str, _Value]):
    """A dictionary that is replaced, never changed, so that its digest is made only once."""

    __slots__ = ("_digest", "_names")

    def plus(self, name: str, value: _Value) -> Self:
        """One that has this entry as well, or instead."""
        new = type(self)(self)
        new[name] = value
        return new

    def without(self, names: Iterable[str]) -> Self:
        """One that lacks these entries; the same where there are none of them."""
        gone = [name for name in names if name in self]
        if not gone:
            return self
        new = type(self)(self)
        for name in gone:
            del new[name]
        return new

    @property
    def digest(self) -> frozenset[tuple[str, _Value]]:
        """Equal for dictionaries that are equal."""
        try:
            return self._digest
        except AttributeError:
            self._digest: frozenset[tuple[str, _Value]] = frozenset(self.items())
            return self._digest

    @property
    def names(self) -> frozenset[str]:
        """The keys alone."""
        try:
            return self._names
        except AttributeError:
            self._names: frozenset[str] = frozenset(self)
            return self._names


class Variables(Settled[str | Array]):
    """The shell's variables by name."""

    __slots__ = ("_symbols",)

    @property
    def symbols(self) -> frozenset[str]:
        """The symbols in the values, and other characters that are not ASCII."""
        try:
            return self._symbols
        except AttributeError:
            found: set[str] = set()
            for value in self.values():
                found.update(symbols_of(value))
            self._symbols: frozenset[str] = frozenset(found)
            return self._symbols


def symbols_of(value: str | Array | None) -> str:
    """The characters of a value among which its symbols are; nothing where it has none."""
    if isinstance(value, str):
        return "" if value.isascii() else value
    return "" if value is None else "".join((value.symbol, *(value.items or ())))
