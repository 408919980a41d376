"""`ssmlint check -v`: what a run looked at, and by what it went."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from ssmlint.configuration import Configurations
from ssmlint.files import Group


def account(
    groups: Iterable[Group], configurations: Configurations, seen: int, seconds: float
) -> Iterator[str]:
    """The account of a run over so many files, in lines."""
    groups = tuple(groups)
    checked = sum(len(group.files) for group in groups)
    yield f"{_files(seen)} looked at, {checked} checked"
    for group in groups:
        path = configurations.of_file(group.files[0].source.path).path
        where = "no configuration file" if path is None else os.path.relpath(path)
        yield f"{where}: {_files(len(group.files))}, {len(group.rules)} rules"
    hidden = sum(len(group.hidden) for group in groups)
    if hidden:
        findings = "1 finding" if hidden == 1 else f"{hidden} findings"
        yield f"not reported: {findings} suppressed by comments"
    yield f"{seconds:.2f} seconds"


def _files(number: int) -> str:
    return "1 file" if number == 1 else f"{number} files"
