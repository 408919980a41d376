"""Edits of texts: what stands outside of their spans stays, and rounds of them add up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssmlint.editing import Overlap, Taken, composed, edited, in_order, moved
from ssmlint.rule import Edit
from ssmlint.source import Span

chars = st.one_of(st.sampled_from("ab \n\r😀é\ufeff"), st.characters())
texts = st.text(chars, max_size=20)


@st.composite
def edits_of(draw: st.DrawFn, text: str) -> list[Edit]:
    """Edits that are apart from each other, in any order."""
    ends = draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True).map(sorted))
    spans = [Span(a, b) for a, b in zip(ends[::2], ends[1::2], strict=False)]
    edits = [Edit(span, draw(st.text(chars, max_size=4))) for span in spans]
    return draw(st.permutations(edits))


def edit(start: int, end: int, text: str) -> Edit:
    return Edit(Span(start, end), text)


def test_edits_are_made_whatever_their_order() -> None:
    assert edited("abc", [edit(2, 3, "z"), edit(0, 1, "x")]) == "xbz"
    assert edited("abc", [edit(1, 2, "y"), edit(0, 1, "x")]) == "xyc"
    assert edited("abc", [edit(1, 1, "-"), edit(1, 2, "y")]) == "a-yc"
    assert edited("", [edit(0, 0, "new")]) == "new"


@pytest.mark.parametrize("spans", [[(0, 2), (1, 3)], [(1, 1), (1, 1)], [(0, 3), (1, 1)]])
def test_edits_that_overlap_are_refused(spans: list[tuple[int, int]]) -> None:
    with pytest.raises(Overlap):
        edited("abc", [edit(*span, "x") for span in spans])


@given(text=texts, data=st.data())
def test_what_stands_outside_stays(text: str, data: st.DataObject) -> None:
    edits = data.draw(edits_of(text))
    after = edited(text, edits)
    kept_before, kept_after, at, now = [], [], 0, 0
    for one in in_order(edits):
        length = one.span.start - at
        kept_before.append(text[at : one.span.start])
        kept_after.append(after[now : now + length])
        now += length + len(one.text)
        at = one.span.end
    assert kept_before == kept_after
    assert text[at:] == after[now:]


@given(text=texts, data=st.data())
def test_rounds_add_up_to_edits_of_the_first_text(text: str, data: st.DataObject) -> None:
    rounds, now = [], text
    for _ in range(3):
        rounds.append(data.draw(edits_of(now)))
        now = edited(now, rounds[-1])
    assert edited(text, composed(text, rounds)) == now


def test_what_is_put_and_taken_out_again_is_no_edit() -> None:
    assert composed("ab", [[edit(1, 1, "x")], [edit(1, 2, "")]]) == ()
    assert composed("ab", [[edit(1, 1, "xy")], [edit(2, 3, "")]]) == (edit(1, 1, "x"),)


@given(text=texts, data=st.data())
def test_a_place_outside_of_edits_moves_with_its_text(text: str, data: st.DataObject) -> None:
    edits = data.draw(edits_of(text))
    after = edited(text, edits)
    for at, char in enumerate(text):
        if not any(at in one.span or one.span.start == at for one in edits):
            assert after[moved(at, edits)] == char


@given(text=texts, data=st.data())
def test_what_touches_is_what_stands_side_by_side(text: str, data: st.DataObject) -> None:
    taken = Taken()
    spans: list[Span] = []
    for one in data.draw(edits_of(text)) + data.draw(edits_of(text)):
        touches = any(s.start <= one.span.end and one.span.start <= s.end for s in spans)
        assert taken.touch([one]) == touches
        if not touches:
            taken.take([one])
            spans.append(one.span)
            assert taken.has([one])
