"""Which of the names in a script somebody meant who wrote another one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

#: Names that are compared letter by letter, for one script: more than any script needs,
#: and little enough that none can keep us busy.
_MOST_COMPARED = 5_000


class Names:
    """The names that a misspelled one is compared with."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(names)
        self._folded: dict[str, list[str]] = {}
        self._by_length: dict[int, list[str]] = {}
        self._nearest: dict[str, str | None] = {}
        self._left = _MOST_COMPARED
        for name in sorted(self._names):
            self._folded.setdefault(folded(name), []).append(name)
            self._by_length.setdefault(len(name), []).append(name)

    def alike(self, name: str) -> list[str]:
        """The other names that differ in nothing but case and underscores."""
        return [other for other in self._folded.get(folded(name), ()) if other != name]

    def prefix(self, name: str) -> str | None:
        """The longest name, of two letters or more, that `name` begins with."""
        starts = (name[:end] for end in range(len(name) - 1, 1, -1))
        return next((start for start in starts if start in self._names), None)

    def nearest(self, name: str) -> str | None:
        """The name that differs by one slip of the fingers, or by two in a long name."""
        if name not in self._nearest:
            self._nearest[name] = self._find(name)
        return self._nearest[name]

    def _find(self, name: str) -> str | None:
        limit = 0 if len(name) < 4 else 1 if len(name) < 8 else 2
        return min(self._within(name, limit), default=(0, None))[1]

    def slips(self, name: str) -> list[str]:
        """The other names that differ by one slip of the fingers."""
        return [other for _, other in self._within(name, 1)]

    def _within(self, name: str, limit: int) -> Iterator[tuple[int, str]]:
        """The other names that differ by so many letters at most, with how many."""
        for length in range(len(name) - limit, len(name) + limit + 1):
            for other in self._by_length.get(length, ()):
                if other == name or self._left <= 0:
                    continue
                self._left -= 1
                apart = distance(name, other, limit)
                if apart <= limit:
                    yield apart, other


def folded(name: str) -> str:
    """A name without underscores, in lower case."""
    return name.replace("_", "").casefold()


def distance(one: str, two: str, limit: int) -> int:
    """Edits (insert, delete, replace, swap neighbours) between two names, up to `limit` + 1."""
    if abs(len(one) - len(two)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        before, previous, row = row, before, [i, *[0] * len(two)]
        for j, b in enumerate(two, 1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == two[j - 2] and one[i - 2] == b:
                row[j] = min(row[j], previous[j - 2] + 1)
        if min(row) > limit:
            return limit + 1
    return row[-1]
