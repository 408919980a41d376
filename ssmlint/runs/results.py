"""The results of a run by their files, as they come: from here, the cache, other processes."""

from __future__ import annotations

from ssmlint.files import File, Group, Result
from ssmlint.records import dataclass
from ssmlint.runs.encoding import Found, NotEncodable, Rules, decoded, encoded, rules_by_id
from ssmlint.source import Source
from ssmlint.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Answer:
    """What there is to say of one file, as it goes into the cache or to another process."""

    data: bytes | None
    """See `ssmlint.runs.encoding`; None where it cannot be written down."""
    is_lasting: bool = False
    crash: str | None = None
    """How reading the file has crashed."""


def answer_of(
    file: File, result: Result | None = None, workspace: Workspace | None = None
) -> Answer:
    """What a file holds and, with a result, what was found in it."""
    others = () if workspace is None else sources_called(file, workspace)
    found = None if result is None else Found(result.findings, result.hidden)
    try:
        data = encoded(file.contents, found, file.source, others)
    except NotEncodable:
        return Answer(None)
    return Answer(data, result is None or result.is_lasting)


class Reader:
    """Reads answers: what files hold, and their results."""

    def __init__(self) -> None:
        self.results: dict[File, Result] = {}
        self._rules: dict[Group, Rules] = {}

    def read(self, data: bytes, file: File, group: Group, workspace: Workspace | None) -> None:
        """Tell a file what it holds, and keep its result if there is one.

        Raises `Unreadable`.
        """
        if group not in self._rules:
            self._rules[group] = rules_by_id(group.rules)
        others = () if workspace is None else sources_called(file, workspace)
        contents, found = decoded(data, self._rules[group], file.source, others)
        file.remembered = contents
        if found is not None:
            self.results[file] = Result(file, found.findings, found.hidden)


def sources_called(file: File, workspace: Workspace) -> tuple[Source, ...]:
    """The files of the documents that the policies of a file call, in the order of the calls."""
    found = (workspace.documents(call, file.source.path) for call in file.contents.calls)
    return tuple(dict.fromkeys(named.source for documents in found for named in documents))
