"""The names that results go by in the cache: digests of everything that they depend on.

What a file holds, and what is found in it, depends on its text and path, on the settings
that hold for it, and on what is running.  What is found in a file with policies depends on
the documents that it calls as well, and on the names of all others: those are suggested
where there is no document of a name.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from ssmlint.files import File, Group
from ssmlint.runs.hashing import digest, digest_of_all, digest_of_source
from ssmlint.runs.identity import identity
from ssmlint.runs.store import Store
from ssmlint.settings import Settings, ignored_in, wants_shellcheck
from ssmlint.source import Source
from ssmlint.workspace import Workspace

#: Settings that reach a file by another way: what they come to for its path, and the
#: documents that its policies find.
_ELSEWHERE = frozenset({"per_file_ignores", "documents"})


class Keys:
    """Makes the names of one run."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._identity: str | None = None
        self._groups: dict[Group, str] = {}
        self._sources: dict[Source, str] = {}
        self._shellcheck: str | None = None

    def of_file(self, file: File, group: Group) -> str:
        """The name for a file under the rules and settings of its group."""
        if group not in self._groups:
            self._groups[group] = self._of_group(group)
        ignored = ignored_in(file.source.path, group.settings)
        return digest(self._groups[group], repr(ignored), self._of_source(file.source))

    def of_policies(self, name: str, file: File, workspace: Workspace) -> str:
        """The name for a file (with its name alone) beside the documents of a run."""
        path = file.source.path
        called = [
            (call, [(d.name, self._of_source(d.source)) for d in workspace.documents(call, path)])
            for call in file.contents.calls
        ]
        return digest_of_all((name, workspace.known, called))

    def _of_source(self, source: Source) -> str:
        if source not in self._sources:
            self._sources[source] = digest_of_source(source)
        return self._sources[source]

    def _of_group(self, group: Group) -> str:
        rules = [(rule.id, rule.name) for rule in group.rules]
        if self._identity is None:
            self._identity = identity(self._store)
        shellcheck = self._of_shellcheck() if wants_shellcheck(group.settings) else None
        return digest_of_all((self._identity, rules, *_values(group.settings), shellcheck))

    def _of_shellcheck(self) -> str:
        if self._shellcheck is None:
            self._shellcheck = _shellcheck()
        return self._shellcheck


def _values(settings: Settings) -> Iterable[tuple[str, object]]:
    for field in dataclasses.fields(settings):
        if field.name not in _ELSEWHERE:
            yield field.name, getattr(settings, field.name)


def _shellcheck() -> str:
    """Which shellcheck it is; its path says little, since the program may be replaced."""
    # Not at the top: a run without it needs none of this.
    import subprocess

    from ssmlint.shell.shellcheck import find_program

    program = find_program()
    if program is None:
        return "none"
    try:
        ended = subprocess.run([program, "--version"], capture_output=True, timeout=20, check=False)
    except (OSError, subprocess.SubprocessError) as error:
        return f"cannot be started: {error}"
    return repr((ended.returncode, ended.stdout))
