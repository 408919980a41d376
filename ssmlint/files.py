"""Files on their way through a run, and what becomes of them.

Whoever only passes a file on, or takes what is remembered of it, pays for no parser: those
are imported when a tree is asked for.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from dataclasses import field
from typing import TYPE_CHECKING

from ssmlint.carriers.looks import looks_like_ours
from ssmlint.records import dataclass
from ssmlint.rule import Finding, Rule
from ssmlint.settings import Settings
from ssmlint.source import Source
from ssmlint.workspace import Promise, Workspace

if TYPE_CHECKING:
    from ssmlint.model.document import SsmDocument
    from ssmlint.model.policy import LifecyclePolicy
    from ssmlint.tree import Tree


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file holds, as far as it matters to whoever does not look into it."""

    is_ours: bool
    """Whether there is anything here for us to say something about."""
    is_broken: bool
    """Whether it cannot be read to its end."""
    documents: tuple[str, ...] = ()
    """The names of its documents, in order."""
    has_policies: bool = False
    calls: tuple[str, ...] = ()
    """The documents that its policies name, each once."""
    calls_api: bool = False
    """Whether its documents call operations of the AWS API."""


@dataclass(eq=False)
class File:
    """One file on its way through: source, tree, and what it carries.

    The source is parsed when the tree, or what it carries, is first asked for.
    """

    source: Source
    remembered: Contents | None = None
    """What it holds, where that is known from another run."""

    @functools.cached_property
    def tree(self) -> Tree:
        """The source as a tree."""
        return parse(self.source)

    @functools.cached_property
    def documents(self) -> tuple[SsmDocument, ...]:
        """The documents in it."""
        from ssmlint.carriers import plain

        return plain.documents(self.tree)

    @functools.cached_property
    def policies(self) -> tuple[LifecyclePolicy, ...]:
        """The policies in it."""
        from ssmlint.carriers import policies

        return policies.policies(self.tree)

    @functools.cached_property
    def contents(self) -> Contents:
        """What it holds; where that is remembered, without a look at the text."""
        if self.remembered is not None:
            return self.remembered
        from ssmlint.aws.calls import calls_api

        if not looks_like_ours(self.source.text):
            # Who searches folders leaves such a file out, unread.
            return Contents(False, self.tree.broken)
        scripts = (script for policy in self.policies for script in policy.scripts)
        calls = dict.fromkeys(s.document_name for s in scripts if s.document_name is not None)
        carries = bool(self.documents or self.policies)
        return Contents(
            carries or self.tree.broken,
            self.tree.broken,
            tuple(document.name for document in self.documents),
            bool(self.policies),
            tuple(calls),
            any(map(calls_api, self.documents)),
        )

    @property
    def is_ours(self) -> bool:
        """Whether there is anything here for us to say something about."""
        return self.contents.is_ours

    @property
    def promises(self) -> tuple[Promise, ...]:
        """Its documents, for whoever may not need them."""
        return tuple(
            Promise(name, self.source, functools.partial(self._document, number))
            for number, name in enumerate(self.contents.documents)
        )

    def _document(self, number: int) -> SsmDocument:
        return self.documents[number]


@dataclass(frozen=True, eq=False)
class Group:
    """Files of one run that the same settings hold for."""

    files: tuple[File, ...]
    rules: tuple[Rule, ...]
    settings: Settings
    hidden: list[Finding] = field(default_factory=list)
    """What comments in the files have suppressed, once the group is checked."""


@dataclass(frozen=True, eq=False)
class Result:
    """What a run has to say of one file."""

    file: File
    findings: tuple[Finding, ...]
    hidden: tuple[Finding, ...] = ()
    """What comments in the file suppress."""
    is_lasting: bool = True
    """Whether the same file would give the same tomorrow: not where a rule has crashed, or
    has looked at the clock."""


#: Called with each file when it is checked, by whoever shows how far a run is.
Done = Callable[[File], object]


def read(source: Source) -> File:
    """Parse a source and find what it carries; never raises."""
    file = File(source)
    assert file.contents
    return file


def parse(source: Source) -> Tree:
    """The tree of a source, as JSON or YAML by its name and its first character."""
    # Not at the top: a file that is remembered is not parsed.
    from ssmlint.json_tree import parse_json
    from ssmlint.yaml_tree import parse_yaml

    head = source.text.lstrip()[:1]
    if source.path.endswith(".json"):
        return parse_json(source)
    if head in ("{", "[") and not source.path.endswith((".yaml", ".yml")):
        return parse_json(source)
    if head == "{":
        # A .yaml file that begins like JSON may be JSON (tabs and all), or a flow mapping.
        tree = parse_json(source)
        return tree if not tree.broken else parse_yaml(source)
    return parse_yaml(source)


def in_order(results: Iterable[Result]) -> list[Finding]:
    """The findings of a run, in a stable order."""
    found = (finding for result in results for finding in result.findings)
    return sorted(found, key=lambda finding: finding.sort_key)


def workspace_of(group: Group, groups: Iterable[Group], others: Iterable[File] = ()) -> Workspace:
    """What the policies of a group find in a run: the documents of all groups, and others."""
    files = (*(file for g in groups for file in g.files), *others)
    promises = (promise for file in files for promise in file.promises)
    return Workspace(promises, group.settings.documents)
