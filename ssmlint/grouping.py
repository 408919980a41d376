"""The files of a run by what is configured for them, and documents that their policies name."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Iterable, Iterator

from ssmlint import discovery, files
from ssmlint.configuration import Configuration, Configurations
from ssmlint.discovery import FoundFile
from ssmlint.files import File, Group
from ssmlint.rule import Finding, Rule
from ssmlint.settings import enabled_rules
from ssmlint.source import Source


def groups_of(
    files: Iterable[File], configurations: Configurations, rules: Iterable[Rule]
) -> tuple[Group, ...]:
    """The files with the rules that run on them, those of one configuration together."""
    found: dict[Configuration, list[File]] = {}
    for file in files:
        found.setdefault(configurations.of_file(file.source.path), []).append(file)
    rules = tuple(rules)
    return tuple(
        Group(tuple(members), enabled_rules(rules, own.settings), own.settings)
        for own, members in found.items()
    )


def worth_checking(
    groups: Iterable[Group], promises_document: Callable[[Source], bool]
) -> tuple[Group, ...]:
    """The groups with the files that hold something; without those that are left empty.

    An error in a file counts where something promises that there is a document in it.
    """

    def is_worth(file: File) -> bool:
        return file.is_ours and (promises_document(file.source) or not file.contents.is_broken)

    kept = (dataclasses.replace(g, files=tuple(filter(is_worth, g.files))) for g in groups)
    return tuple(group for group in kept if group.files)


def named_files(groups: Iterable[Group], fail: Callable[[str], None]) -> Iterator[File]:
    """The files of `[documents]` that are not in the run, where it has policies."""
    groups = tuple(groups)
    known = {os.path.realpath(file.source.path) for group in groups for file in group.files}
    for group in groups:
        if not any(file.contents.has_policies for file in group.files):
            continue
        for path in group.settings.documents.values():
            real = os.path.realpath(path)
            if real not in known and os.path.isfile(path):
                known.add(real)
                yield from _file(path, fail)


def _file(path: str, fail: Callable[[str], None]) -> Iterable[File]:
    shown = os.path.relpath(path)
    try:
        source = discovery.load(FoundFile(shown, named=True))
    except (discovery.TooLarge, OSError) as error:
        fail(f"{shown}: {error or 'too large'}")
        return ()
    return () if source is None else (files.read(source),)


def fails(findings: Iterable[Finding], configurations: Configurations) -> bool:
    """Whether any finding is as grave as the configuration of its file lets make a run fail."""
    return any(
        finding.severity.rank <= configurations.of_file(finding.source.path).fail_on.rank
        for finding in findings
    )
