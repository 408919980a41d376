"""`ssmlint.records.dataclass` behaves like the standard decorator, which it stands in for."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from dataclasses import field
from typing import Any

import pytest

from ssmlint import records


@records.dataclass(frozen=True, slots=True)
class Ours:
    """The class of the tests."""

    number: int
    text: str = "x"
    items: list[int] = field(default_factory=list, compare=False)
    secret: str = field(default="", repr=False)


@dataclasses.dataclass(frozen=True, slots=True)
class Standard:
    number: int
    text: str = "x"
    items: list[int] = field(default_factory=list, compare=False)
    secret: str = field(default="", repr=False)


both = pytest.mark.parametrize("cls", [Ours, Standard])


@both
def test_comparison_and_hash(cls: Any) -> None:
    assert cls(1) == cls(1, items=[1])
    assert cls(1) != cls(2)
    assert cls(1) != (1, "x")
    assert len({cls(1), cls(1, "x"), cls(1, "y")}) == 2


@both
def test_repr(cls: Any) -> None:
    assert repr(cls(1, secret="s")) == f"{cls.__name__}(number=1, text='x', items=[])"


@both
def test_what_the_standard_library_does_with_it(cls: Any) -> None:
    made = cls(1)
    assert dataclasses.replace(made, text="y") == cls(1, "y")
    assert [f.name for f in dataclasses.fields(made)] == ["number", "text", "items", "secret"]
    assert not hasattr(made, "__dict__")
    assert copy.copy(made) == copy.deepcopy(made) == pickle.loads(pickle.dumps(made)) == made
    assert cls.__match_args__ == ("number", "text", "items", "secret")
    assert dataclasses.is_dataclass(cls)


def test_identity() -> None:
    @records.dataclass(eq=False, slots=True)
    class Node:
        number: int

    assert Node(1) != Node(1)
    assert len({Node(1), Node(1)}) == 2


def test_what_may_change_has_no_hash() -> None:
    @records.dataclass(slots=True)
    class Changing:
        number: int

    assert Changing(1) == Changing(1)
    with pytest.raises(TypeError, match="unhashable"):
        hash(Changing(1))


def test_order() -> None:
    @records.dataclass(frozen=True, slots=True, order=True)
    class Ordered:
        number: int

    assert sorted([Ordered(2), Ordered(1)]) == [Ordered(1), Ordered(2)]
    assert len({Ordered(1), Ordered(1)}) == 1


def test_methods_of_the_class_itself_stay() -> None:
    @records.dataclass(frozen=True)
    class Own:
        number: int

        def __eq__(self, other: object) -> bool:
            return True

        def __hash__(self) -> int:
            return 7

        def __repr__(self) -> str:
            return "own"

    assert Own(1) == Own(2)
    assert hash(Own(1)) == 7
    assert repr(Own(1)) == "own"


def test_no_fields() -> None:
    @records.dataclass(frozen=True, slots=True)
    class Nothing:
        """No fields."""

    assert Nothing() == Nothing()
    assert len({Nothing(), Nothing()}) == 1
