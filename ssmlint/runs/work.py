"""What a process of the pool does: checks some files of one group, and sends back bytes."""

from __future__ import annotations

from collections.abc import Iterable

from ssmlint import files
from ssmlint.errors import describe_defect
from ssmlint.files import Contents, File, Group
from ssmlint.packs import all_rules
from ssmlint.records import dataclass
from ssmlint.rule import Rule
from ssmlint.runs.results import Answer, answer_of, sources_called
from ssmlint.settings import Settings
from ssmlint.source import Source
from ssmlint.workspace import Workspace

#: The ids of the rules that run in a group, and its settings.
Terms = tuple[tuple[str, ...], Settings]


@dataclass(frozen=True, slots=True)
class Other:
    """A file with documents that policies may call."""

    path: str
    contents: Contents
    source: Source | None
    """None where no policy of the task calls them."""


Others = tuple[Other, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """Some files of one group."""

    group: int
    sources: tuple[Source, ...]
    others: Others | None = None
    """Every file of the run that has documents; None where files with policies are only to
    be read."""


_terms: tuple[tuple[tuple[Rule, ...], Settings], ...] = ()


def load() -> None:
    """Import what every process needs, so that those that come of this one have it."""
    from ssmlint import engine

    assert engine
    all_rules()


def prepare(terms: Iterable[Terms]) -> None:
    """Get ready for the files of these groups."""
    global _terms
    by_id = {rule.id: rule for rule in all_rules()}
    _terms = tuple((tuple(map(by_id.__getitem__, ids)), settings) for ids, settings in terms)


def work(task: Task) -> list[Answer]:
    """An answer for each source."""
    # Not at the top: the process that hands out the work has nothing to check.
    from ssmlint import engine

    rules, settings = _terms[task.group]
    files = [_read(source) for source in task.sources]
    able = [file for file in files if isinstance(file, File)]
    if task.others is None:
        workspace = Workspace(())
        able = [file for file in able if not file.contents.has_policies]
    else:
        promises = (promise for other in task.others for promise in _file(other).promises)
        workspace = Workspace(promises, settings.documents)
    group = Group(tuple(able), rules, settings)
    results = {result.file: result for result in engine.results_of(group, workspace)}
    return [
        Answer(None, crash=file)
        if isinstance(file, str)
        else answer_of(file, results.get(file), workspace)
        for file in files
    ]


def others(files: Iterable[File], asked: Iterable[File], workspace: Workspace) -> Others:
    """The files of a run as some of them, with policies, need to know them."""
    called = {source for file in asked for source in sources_called(file, workspace)}
    return tuple(
        Other(file.source.path, file.contents, file.source if file.source in called else None)
        for file in files
        if file.contents.documents
    )


def _read(source: Source) -> File | str:
    try:
        return files.read(source)
    except Exception as error:
        return describe_defect(error)


def _file(other: Other) -> File:
    return File(other.source or Source(other.path, ""), other.contents)
