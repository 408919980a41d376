"""The SSM agent that a document must work with."""

from __future__ import annotations

from ssmlint.model.document import SsmDocument
from ssmlint.records import dataclass

#: A version in its parts: `3.3.2746.0` is (3, 3, 2746, 0).
Version = tuple[int, ...]


def version_of(text: str) -> Version:
    """A version in its parts.  Raises ValueError for what is none."""
    return tuple(int(part) for part in text.split("."))


@dataclass(frozen=True, eq=False)
class TargetedDocument:
    """A document with the oldest agent that the user's hosts run (`target-agent`)."""

    document: SsmDocument
    agent: str

    def lacks(self, needed: str) -> bool:
        """Whether that agent is older than a version."""
        have, need = version_of(self.agent), version_of(needed)
        longest = max(len(have), len(need))
        return _padded(have, longest) < _padded(need, longest)


def _padded(version: Version, length: int) -> Version:
    return version + (0,) * (length - len(version))
