"""`dataclass` as in the standard library, for many small classes and a quick start.

A run on a small file spends most of its time on making classes: the standard decorator
compiles every method of every class.  Here it makes `__init__` alone, and what compares,
hashes and shows an instance is shared, which takes a third of the time.  To a type checker
this is the standard decorator, so it is the type checker that keeps frozen instances
frozen; at run time nothing stands in the way of an assignment, which also halves the time
to make an instance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    import dataclasses
    from operator import attrgetter

    def dataclass(cls=None, *, frozen=False, eq=True, order=False, slots=False):
        """Make a dataclass; the options mean what they mean in the standard library."""

        def make(cls):
            if order:
                return dataclasses.dataclass(cls, frozen=frozen, order=True, slots=slots)
            made = dataclasses.dataclass(cls, repr=False, eq=False, slots=slots)
            own = vars(made)
            if "__repr__" not in own:
                made.__repr__ = _repr
            if eq:
                _add_comparison(made, own, frozen)
            return made

        return make if cls is None else make(cls)

    def _add_comparison(cls, own, frozen):
        names = [field.name for field in dataclasses.fields(cls) if field.compare]
        compared = attrgetter(*names) if names else type

        def equal(self, other):
            if other.__class__ is self.__class__:
                return compared(self) == compared(other)
            return NotImplemented

        def hashed(self):
            return hash(compared(self))

        # A class that has an `__eq__` of its own has `__hash__` set to None by that.
        if "__eq__" not in own:
            cls.__eq__ = equal
        if own.get("__hash__") is None:
            cls.__hash__ = hashed if frozen else None

    def _repr(self):
        shown = (f"{f.name}={getattr(self, f.name)!r}" for f in dataclasses.fields(self) if f.repr)
        return f"{type(self).__qualname__}({', '.join(shown)})"
