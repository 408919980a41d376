"""Edits that several rules offer. No rule."""

from __future__ import annotations

import re

from ssmlint.restructuring import scalar_text, without_entry
from ssmlint.rewriting import in_scalar
from ssmlint.rule import Edit, Fix, Safety
from ssmlint.source import Source, Span
from ssmlint.tree import Entry, Mapping, Scalar, Sequence, Style

_NAME = re.compile(r"[\w.:-]+")
#: What stands in JSON without quotes.
_LITERAL = re.compile(r"-?\d+|true|false|null")


def rewritten(source: Source, scalar: Scalar, text: str) -> Edit:
    """Put another text in a one-line scalar's place and keep its quotes.

    In JSON a word that takes the place of a number, a boolean or null gets quotes.
    """
    if scalar.style is Style.JSON and not scalar.is_string and not _LITERAL.fullmatch(text):
        return Edit(scalar.span, scalar_text(source, scalar, text))
    found = in_scalar(source, scalar, [Edit(Span(0, len(scalar.text)), text)])
    return found[0] if found else Edit(scalar.span, scalar_text(source, scalar, text))


def instead(
    source: Source, scalar: Scalar, text: str, safety: Safety = Safety.UNSAFE, verb: str = "write"
) -> Fix:
    """The fix that puts another text in a scalar's place."""
    return Fix(f"{verb} `{text}`", (rewritten(source, scalar, text),), safety)


def if_case_differs(old: str, new: str) -> Safety:
    """How safe it is to write a word in the place of one that AWS refuses.

    Letters of the wrong case leave no doubt about what was meant.
    """
    return Safety.SAFE if old.casefold() == new.casefold() else Safety.UNSAFE


def word_instead(source: Source, span: Span, old: str, new: str, behind: int = 0) -> Fix | None:
    """The fix that replaces a name inside of a span of the file, from an offset in it on.

    None where it does not stand there as it is, or the new one would have to be escaped.
    """
    at = source.at(span).find(old, behind)
    if not old or at < 0 or not _NAME.fullmatch(new):
        return None
    start = span.start + at
    edit = Edit(Span(start, start + len(old)), new)
    return Fix(f"write `{new}`", (edit,), Safety.UNSAFE)


def number_instead(source: Source, scalar: Scalar, number: int) -> Fix:
    """The fix that puts a number in a scalar's place, as a string where it was one."""
    if scalar.is_string:
        return instead(source, scalar, str(number))
    return Fix(f"write `{number}`", (Edit(scalar.span, str(number)),), Safety.UNSAFE)


def taken_out(
    source: Source, mapping: Mapping, entry: Entry, safety: Safety = Safety.UNSAFE
) -> Fix | None:
    """The fix that drops a member, None where that takes something else along."""
    edit = without_entry(source, mapping, entry)
    return Fix(f"take `{entry.key.text}` out", (edit,), safety) if edit else None


def quoted(source: Source, scalar: Scalar) -> Edit | None:
    """Make a string of an unquoted number, boolean or null; None where there is no such."""
    if scalar.is_string or scalar.style not in (Style.PLAIN, Style.JSON) or len(scalar.span) == 0:
        return None
    mark = '"' if scalar.style is Style.JSON else "'"
    return Edit(scalar.span, f"{mark}{source.at(scalar.span)}{mark}")


def unquoted(scalar: Scalar) -> Edit | None:
    """Make a number of a quoted whole number, a boolean of `"true"`; None where it is neither."""
    if not scalar.is_string or scalar.style in (Style.LITERAL, Style.FOLDED):
        return None
    if scalar.text.isascii() and scalar.text.isdigit():
        return Edit(scalar.span, scalar.text.lstrip("0") or "0")
    is_boolean = scalar.text.casefold() in ("true", "false")
    return Edit(scalar.span, scalar.text.casefold()) if is_boolean else None


def appended(source: Source, items: Sequence, text: str) -> Edit | None:
    """Add a string at the end of a list of scalars, written like its last item.

    None where the list is empty or its last item is no scalar on one line, or a hyphen with
    nothing behind it.
    """
    last = items.items[-1] if items.items else None
    if not isinstance(last, Scalar) or last.style in (Style.LITERAL, Style.FOLDED):
        return None
    if not len(last.span):
        return None
    line = source.lines.line_span(source.lines.line_of(last.span.start))
    before = source.text[line.start : last.span.start]
    mark = '"' if last.style in (Style.JSON, Style.DOUBLE) else ""
    mark = "'" if last.style is Style.SINGLE else mark
    is_block = re.fullmatch(r"[ ]*-[ ]+", before)
    own_line = before if not before.strip() else None
    between = f"\n{before}" if is_block else f",\n{own_line}" if own_line is not None else ", "
    return Edit(Span(last.span.end, last.span.end), f"{between}{mark}{text}{mark}")
