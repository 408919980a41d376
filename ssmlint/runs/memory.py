"""What is remembered of files that were checked before: the cache, as a run sees it."""

from __future__ import annotations

from ssmlint.files import File, Group
from ssmlint.runs.encoding import Unreadable
from ssmlint.runs.keys import Keys
from ssmlint.runs.results import Answer, Reader
from ssmlint.runs.store import Store
from ssmlint.workspace import Workspace


class Memory:
    """Recalls and remembers what there is to say of the files of one run.

    A file without policies is remembered by itself.  Of one with policies it is remembered
    what it holds, and, together with the documents of a run, what was found in it.
    """

    def __init__(self, store: Store, reader: Reader) -> None:
        self._store = store
        self._reader = reader
        self._keys = Keys(store)
        self._names: dict[File, str] = {}

    def recall(self, file: File, group: Group) -> bool:
        """Whether a file by itself is remembered, which tells the reader about it."""
        self._names[file] = self._keys.of_file(file, group)
        return self._recall(self._names[file], file, group, None)

    def recall_beside(self, file: File, group: Group, workspace: Workspace) -> bool:
        """The same for a file with policies, which was asked for by itself before."""
        name = self._keys.of_policies(self._names[file], file, workspace)
        return self._recall(name, file, group, workspace)

    def _recall(self, name: str, file: File, group: Group, workspace: Workspace | None) -> bool:
        data = self._store.get(name)
        if data is None:
            return False
        try:
            self._reader.read(data, file, group, workspace)
        except Unreadable:
            return False
        return True

    def remember(self, answer: Answer, file: File, workspace: Workspace | None) -> None:
        """Keep what there is to say of a file, if that lasts."""
        if answer.data is None or not answer.is_lasting:
            return
        name = self._names[file]
        if workspace is not None and file.contents.has_policies:
            name = self._keys.of_policies(name, file, workspace)
        self._store.put(name, answer.data)

    def close(self) -> None:
        """Put the cache in order."""
        self._store.close()
