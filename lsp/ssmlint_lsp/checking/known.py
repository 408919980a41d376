"""Findings that a baseline lists, which an editor does not show either."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ssmlint.errors import UserError
from ssmlint.records import dataclass
from ssmlint.rule import Finding
from ssmlint_lsp.checking.disk import Signature, signature_of

if TYPE_CHECKING:
    from ssmlint.baseline import Entry


@dataclass(eq=False)
class Baseline:
    """A baseline as it was at some time."""

    path: str
    signature: Signature
    entries: tuple[Entry, ...]
    problem: UserError | None = None
    """Why it could not be read."""

    def without_known(self, findings: Sequence[Finding]) -> Sequence[Finding]:
        """The findings of one file that it does not list."""
        # Not at the top: most folders have none.
        from ssmlint.baseline import can_hold, compare

        lasting = [finding for finding in findings if can_hold(finding)]
        known = compare(lasting, self.entries, self.path, lambda path, rule: False).known
        hidden = {id(finding) for finding in known}
        return [finding for finding in findings if id(finding) not in hidden]


class Baselines:
    """Baselines by their paths, each read again when it has changed."""

    def __init__(self) -> None:
        self._known: dict[str, Baseline] = {}

    def at(self, path: str) -> Baseline:
        """The baseline of a path: the same object while it is the same."""
        signature = signature_of(path)
        known = self._known.get(path)
        if known is None or known.signature != signature:
            known = self._known[path] = _load(path, signature)
        return known


def _load(path: str, signature: Signature) -> Baseline:
    from ssmlint.baseline import read

    try:
        return Baseline(path, signature, read(path))
    except UserError as error:
        return Baseline(path, signature, (), error)
