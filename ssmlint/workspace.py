"""What the files of one run have to do with each other: policies and their documents.

A document goes by the name of its comment `# ssmlint: name=...`, else by its file's stem
(`SsmDocument.name`), and by every name that the configuration's `[documents]` table gives
to its path.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias, Union

from ssmlint.records import dataclass
from ssmlint.source import Source

if TYPE_CHECKING:
    # A run in which everything is remembered names documents, and looks into none.
    from ssmlint.model.document import SsmDocument
    from ssmlint.model.pair import Handler, Pair
    from ssmlint.model.policy import LifecyclePolicy


@dataclass(frozen=True, eq=False)
class Promise:
    """A document that is read only where a policy calls it."""

    name: str
    source: Source
    make: Callable[[], SsmDocument]


Named: TypeAlias = Union["SsmDocument", Promise]


class Workspace:
    """The documents of one run by the names that policies call them.

    `names` maps a name that policies use to the path of the document's file (or the end of
    that path, in whole parts) or to the document's own name.
    """

    def __init__(self, documents: Iterable[Named], names: Mapping[str, str] | None = None) -> None:
        self._documents: dict[str, list[Named]] = {}
        for document in documents:
            self._documents.setdefault(document.name, []).append(document)
        self._names = dict(names or {})

    def handlers(self, policy: LifecyclePolicy) -> Iterator[Handler]:
        """The scripts of a policy that name a document of the user's own."""
        from ssmlint.model.pair import Handler

        for script in policy.scripts:
            name = script.document_name
            if name is not None:
                found = self.documents(name, policy.source.path)
                documents = tuple(d.make() if isinstance(d, Promise) else d for d in found)
                yield Handler(script, name, documents, self.known)

    @property
    def known(self) -> tuple[str, ...]:
        """Every name that a policy can call a document by, in the order of the run."""
        return tuple(dict.fromkeys([*self._documents, *self._names]))

    def pairs(self, policy: LifecyclePolicy) -> Iterator[Pair]:
        """The scripts of a policy for which exactly one document is known."""
        from ssmlint.model.pair import Pair

        for handler in self.handlers(policy):
            if len(handler.documents) == 1:
                yield Pair(handler.script, handler.documents[0])

    def documents(self, name: str, path: str) -> tuple[Named, ...]:
        """What a policy in the file of that path calls by a name: one in the best case."""
        if name in self._names:
            wanted = self._names[name]
            found = [
                document
                for documents in self._documents.values()
                for document in documents
                if document.name == wanted or _ends_with(document.source.path, wanted)
            ]
        else:
            found = self._documents.get(name, [])
        if len(found) > 1:
            # The same set of files may stand in several directories, one per environment.
            here = os.path.dirname(path)
            near = [d for d in found if os.path.dirname(d.source.path) == here]
            found = near or found
        return tuple(found)


def _ends_with(path: str, end: str) -> bool:
    parts, wanted = (os.path.normpath(p).split(os.sep) for p in (os.path.abspath(path), end))
    return parts[-len(wanted) :] == wanted
