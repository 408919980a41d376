"""What to change in a document, by what was found in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ssmlint.editing import changed_part
from ssmlint.engine import File
from ssmlint.rule import Edit, Finding
from ssmlint.source import Source, Span
from ssmlint_lsp.messages import How


class Refused(Exception):
    """There is nothing to change, for a reason that a user can read."""


class Mender:
    """Changes of one file; `check` says what is found in another text of it."""

    def __init__(
        self, file: File, findings: Sequence[Finding], check: Callable[[Source], Sequence[Finding]]
    ) -> None:
        self._file = file
        self._findings = findings
        self._check = check

    def edits(self, how: How, number: int) -> Sequence[Edit]:
        """The edits of the text.  Raises `Refused`."""
        if how is How.ALL:
            return self._fixed(lambda finding: True)
        if not 0 <= number < len(self._findings):
            raise Refused("it is not there any more")
        chosen = self._findings[number]
        if how is How.SAME:
            return self._fixed(lambda finding: finding.rule.id == chosen.rule.id)
        return (self._comment(chosen),)

    def _fixed(self, may: Callable[[Finding], bool]) -> Sequence[Edit]:
        from ssmlint.fixing import fix_all, is_safely_fixable

        fixed = fix_all(self._file.source, self._check, lambda f: is_safely_fixable(f) and may(f))
        if not fixed.edits:
            raise Refused("there is nothing that can be fixed without a look at it")
        return fixed.edits

    def _comment(self, finding: Finding) -> Edit:
        from ssmlint.added_suppressions import with_ignores

        additions = with_ignores(self._file, [finding])
        if not additions.silenced:
            raise Refused("no comment can be about this place; see `per-file-ignores`")
        before = self._file.source.text
        start, end, text = changed_part(before, additions.text)
        return Edit(Span(start, end), text)
