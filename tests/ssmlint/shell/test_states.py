"""What paths know, what they share, and where they meet."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ssmlint.shell.effects import default_table
from ssmlint.shell.symbolic.events import Event, Happening
from ssmlint.shell.symbolic.machine import FEW_STATES, Bindings, Machine
from ssmlint.shell.symbolic.settled import Settled, Variables
from ssmlint.shell.symbolic.state import Flow, State
from ssmlint.shell.symbolic.values import Array, Constraint, Place, SymbolKind
from ssmlint.source import Span

SYMBOL = "\U000f0000"


def machine() -> Machine:
    return Machine(Bindings(), default_table(), lambda _: None)


def test_a_settled_dictionary_stays_as_it_is() -> None:
    one = Settled({"a": 1})
    two = one.plus("b", 2)
    assert (one, two, two.without(["a"])) == ({"a": 1}, {"a": 1, "b": 2}, {"b": 2})
    assert two.without(["c"]) is two
    assert type(Variables().plus("a", "b").without(["a"])) is Variables


def test_the_same_in_another_order_has_the_same_digest() -> None:
    one, two = Settled({"a": 1, "b": 2}), Settled({"b": 2, "a": 1})
    assert one.digest == two.digest
    assert one.digest != one.plus("a", 3).digest
    assert one.names == two.names


def test_symbols_of_variables() -> None:
    variables = Variables({"a": f"x{SYMBOL}", "b": Array(("plain", "\U000f0001"), ""), "c": "y"})
    assert {SYMBOL, "\U000f0001"} <= variables.symbols
    assert not Variables({"c": "y"}).symbols


def test_a_copy_shares_until_it_is_changed() -> None:
    one = State()
    one.assign("a", "1")
    two = one.fork()
    assert two.variables is one.variables
    two.assign("a", "2")
    two.know(SYMBOL, Constraint(equal="x"))
    assert (one.variables, one.constraints) == ({"a": "1"}, {})
    two.drop("a")
    assert two.variables == {}


def test_what_nothing_refers_to_is_forgotten() -> None:
    state = State()
    state.assign("a", SYMBOL)
    for symbol in (SYMBOL, "\U000f0001", "\U000f0002"):
        state.know(symbol, Constraint(equal="x"))
    state.forget_dead(lambda symbol: symbol == "\U000f0002")
    assert set(state.constraints) == {SYMBOL, "\U000f0002"}


@st.composite
def states(draw: st.DrawFn) -> State:
    """One of few different states, so that some are equal."""
    state = State()
    state.status = draw(st.sampled_from("01"))
    state.flow = draw(st.sampled_from([Flow.NORMAL, Flow.EXIT]))
    for name in draw(st.sets(st.sampled_from("ab"))):
        state.assign(name, draw(st.sampled_from("xy")))
    for at in draw(st.lists(st.integers(0, 1), max_size=2)):
        state.record(Event(Happening.FLUSH, Place(0, Span(at, at + 1)), ok=True))
    return state


@given(st.lists(states(), max_size=FEW_STATES))
def test_paths_meet_where_their_keys_are_equal(found: list[State]) -> None:
    merged = machine().merge(found)
    assert [state.key() for state in merged] == list(dict.fromkeys(s.key() for s in found))
    last = {state.key(): state for state in found}
    assert all(state is last[state.key()] for state in merged)


@given(st.lists(states(), min_size=FEW_STATES + 1, max_size=16))
def test_many_paths_meet_though_they_know_of_other_unknowns(found: list[State]) -> None:
    made = machine()
    for number, state in enumerate(found):
        # An unknown that nothing refers to any more, another one on each path.
        symbol = made.symbol(State(), SymbolKind.OTHER, Span(number, number + 1))
        state.know(symbol, Constraint(equal="x"))
    merged = made.merge(found)
    told = [(state.status, state.flow, state.story, state.variables.digest) for state in found]
    assert len(merged) == len(set(told))
