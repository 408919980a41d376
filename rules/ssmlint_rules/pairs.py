"""Places, words and questions for rules on a policy and its document. No rule."""

from __future__ import annotations

from ssmlint.model.pair import Pair
from ssmlint.rule import Note
from ssmlint.shell.paths import left_behind
from ssmlint.shell.stages import StageReport
from ssmlint.shell.symbolic.values import Place
from ssmlint.source import Span


def in_document(pair: Pair, span: Span, message: str) -> Note:
    """A note at a place in the document's file."""
    return Note(span, message, pair.document.source)


def script_place(pair: Pair, member: str) -> Span:
    """The value of a member of the policy's script, else where the script itself is shown."""
    node = pair.script_node.get(member)
    return pair.script.label_span if node is None else node.span


def half_frozen(report: StageReport) -> Place | None:
    """Something that a failing pre-script can leave held with nothing that will release it."""
    failing = (end for end in report.pre.ends if not end.succeeds and not end.watchdogs)
    return next((item.place for end in failing for item in left_behind(end)), None)
