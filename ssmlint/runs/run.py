"""One run over many files: by what is remembered of them, and with several processes.

However it is done, the findings are those of `engine.check_groups`.
"""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence

from ssmlint.errors import describe_defect
from ssmlint.files import Done, File, Group, Result, workspace_of
from ssmlint.runs import jobs, work
from ssmlint.runs.encoding import Unreadable
from ssmlint.runs.memory import Memory
from ssmlint.runs.results import Answer, Reader, answer_of
from ssmlint.runs.store import Store
from ssmlint.settings import wants_shellcheck
from ssmlint.workspace import Workspace

#: Says that something could not be done; the rest of the run goes on.
Fail = Callable[[str], object]


class Run:
    """Reads files, then checks them: two steps, because policies need to know all documents.

    `store` is the cache, if one is to be used; `wanted` is the number of processes, None to
    have as many as the files are worth.  `done` is called once with each file about which
    all is said.
    """

    def __init__(
        self,
        store: Store | None = None,
        wanted: int | None = 1,
        fail: Fail = lambda _: None,
        done: Done = lambda _: None,
    ) -> None:
        self._reader = Reader()
        self._memory = None if store is None else Memory(store, self._reader)
        self._wanted = wanted
        self._fail = fail
        self._done = done
        self._told: set[File] = set()

    def read(self, groups: Sequence[Group]) -> tuple[Group, ...]:
        """The groups, with files of which it is known what they hold.

        A file that reading crashes on is left out, and `fail` is called.
        """
        crashed: set[File] = set()
        asked = [(g, [f for f in g.files if not self._recall(f, g)]) for g in groups]
        for group, file, answer in self._answers(asked, None):
            if answer.crash is not None:
                self._crash(file, answer.crash)
                crashed.add(file)
            else:
                self._take(answer, file, group, None)
        for file in (file for _, files in asked for file in files if file not in crashed):
            if not self._look_into(file):
                crashed.add(file)
        for file in (file for group in groups for file in group.files):
            if file in self._reader.results or file in crashed or not file.is_ours:
                self._tell(file)
        return tuple(
            dataclasses.replace(g, files=tuple(f for f in g.files if f not in crashed))
            for g in groups
        )

    def check(self, groups: Sequence[Group], others: Iterable[File] = ()) -> list[Result]:
        """What there is to say of each file of groups that `read` gave back."""
        others = tuple(others)
        files = (*(file for group in groups for file in group.files), *others)
        found: list[Result] = []
        for group in groups:
            workspace = workspace_of(group, groups, others)
            self._check(group, workspace, files)
            results = [self._reader.results[file] for file in group.files]
            if wants_shellcheck(group.settings):
                results = list(_failing_once(results))
            group.hidden.extend(hidden for result in results for hidden in result.hidden)
            found.extend(results)
        return found

    def close(self) -> None:
        """Put the cache in order."""
        if self._memory is not None:
            self._memory.close()

    def _check(self, group: Group, workspace: Workspace, files: Sequence[File]) -> None:
        asked = [f for f in group.files if not self._is_settled(f, group, workspace)]
        others = work.others(files, asked, workspace)
        for _, file, answer in self._answers([(group, asked)], others):
            self._take(answer, file, group, workspace)
        asked = [file for file in asked if file not in self._reader.results]
        if not asked:
            return
        # Not at the top: where everything is remembered nothing is checked.
        from ssmlint import engine

        part = dataclasses.replace(group, files=tuple(asked), hidden=[])
        for result in engine.results_of(part, workspace, self._tell):
            self._reader.results[result.file] = result
            if self._memory is not None:
                made = answer_of(result.file, result, workspace)
                self._memory.remember(made, result.file, workspace)

    def _look_into(self, file: File) -> bool:
        """Find what a file holds; whether that went well."""
        try:
            contents = file.contents
        except Exception as error:
            self._crash(file, describe_defect(error))
            return False
        # What is found in any other file is remembered together with what it holds.
        is_all = contents.has_policies or contents.is_broken or not contents.is_ours
        if self._memory is not None and file.remembered is None and is_all:
            self._memory.remember(answer_of(file), file, None)
        return True

    def _recall(self, file: File, group: Group) -> bool:
        return self._memory is not None and self._memory.recall(file, group)

    def _is_settled(self, file: File, group: Group, workspace: Workspace) -> bool:
        if file in self._reader.results:
            return True
        if self._memory is None or not file.contents.has_policies:
            return False
        is_remembered = self._memory.recall_beside(file, group, workspace)
        if is_remembered:
            self._tell(file)
        return is_remembered

    def _take(self, answer: Answer, file: File, group: Group, workspace: Workspace | None) -> None:
        """Hold on to the answer of another process."""
        if answer.data is None:
            return
        with contextlib.suppress(Unreadable):
            self._reader.read(answer.data, file, group, workspace)
            if file in self._reader.results:
                self._tell(file)
            if self._memory is not None:
                self._memory.remember(answer, file, workspace)

    def _tell(self, file: File) -> None:
        if file not in self._told:
            self._told.add(file)
            self._done(file)

    def _crash(self, file: File, how: str) -> None:
        self._fail(f"{file.source.path}: internal error: {how}")

    def _answers(
        self, asked: Sequence[tuple[Group, Sequence[File]]], others: work.Others | None
    ) -> Iterator[tuple[Group, File, Answer]]:
        """What other processes say of the files, if there are any to ask."""
        files = [file for _, files in asked for file in files]
        number = jobs.processes(files, self._wanted)
        if number < 2:
            return
        # Not at the top: most runs have one process.
        from ssmlint.runs import pool

        work.load()
        portions = [
            (index, group, portion)
            for index, (group, files) in enumerate(asked)
            for portion in jobs.portions(files, number)
        ]
        tasks = [
            work.Task(index, tuple(file.source for file in portion), others)
            for index, _, portion in portions
        ]
        terms = [(tuple(rule.id for rule in group.rules), group.settings) for group, _ in asked]
        answers = pool.each(work.work, tasks, number, work.prepare, (terms,))
        for (_, group, portion), said in zip(portions, answers, strict=True):
            for file, answer in zip(portion, said, strict=True):
                yield group, file, answer


def _failing_once(results: Iterable[Result]) -> Iterator[Result]:
    """Results in which shellcheck fails once, however many processes have called it."""
    from ssmlint.external import is_failure

    is_said = False
    for result in results:
        failed = any(map(is_failure, result.findings))
        if failed and is_said:
            left = tuple(finding for finding in result.findings if not is_failure(finding))
            result = dataclasses.replace(result, findings=left)
        is_said = is_said or failed
        yield result
