"""What is told of a place when the pointer rests there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from ssmlint.engine import Facts
from ssmlint_lsp.hovering import keys, powershell, python, references, rules, schedules, shell
from ssmlint_lsp.hovering.rules import Judged
from ssmlint_lsp.hovering.types import Hover

__all__ = ["Hover", "Judged", "hover"]

_RULER = "\n\n---\n\n"


def hover(facts: Facts, offset: int, now: datetime, judged: Iterable[Judged] = ()) -> Hover | None:
    """What is known of what stands at an offset of the file, None where that is nothing.

    `judged` is what rules have found in the file: their pages are shown below.
    """
    own = _own(facts, offset, now)
    found = [own] if own is not None else []
    found += rules.over_findings(judged, offset)
    if not found:
        return None
    return Hover(found[0].span, _RULER.join(hover.text for hover in found))


def _own(facts: Facts, offset: int, now: datetime) -> Hover | None:
    """The most particular that there is to say."""
    return (
        rules.over_name(facts, offset)
        or references.hover(facts, offset)
        or shell.hover(facts, offset)
        or python.hover(facts, offset)
        or powershell.hover(facts, offset)
        or schedules.hover(facts, offset, now)
        or keys.hover(facts, offset)
    )
