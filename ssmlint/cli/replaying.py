"""`--replay` of `ssmlint check`: findings of paths are run on a simulated host."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from ssmlint.files import Group
from ssmlint.rule import Finding


def add_options(add: Callable[..., Any]) -> None:
    """Declare the option; `add` is a parser's `add_argument`."""
    add(
        "--replay",
        action="store_true",
        help="run the path of a finding on a simulated host, and say whether it came true",
    )


def replayed(
    findings: Sequence[Finding], groups: Iterable[Group], note: Callable[[str], None]
) -> list[Finding]:
    """The findings, each that came true with what showed it; raises `UserError`."""
    # Not at the top: a run without the option needs none of it.
    from ssmlint.dryrun.host.settings import default_settings
    from ssmlint.dryrun.matrix import Laboratory, commands_elsewhere
    from ssmlint.dryrun.replay import Replay, mark
    from ssmlint.dryrun.sandbox.bubblewrap import find_bubblewrap, workshop

    with_paths = {id(f.source) for f in findings if f.problem.trace}
    files = [file for group in groups for file in group.files]
    documents = [d for file in files for d in file.documents if id(d.source) in with_paths]
    if not documents:
        return list(findings)
    bwrap = find_bubblewrap()
    elsewhere = {path for document in documents for path in commands_elsewhere(document)}
    with workshop(elsewhere) as toolbox:
        replays = {
            document: Replay(Laboratory(document, default_settings(), bwrap, toolbox))
            for document in documents
        }
        marked = list(mark(findings, replays))
    came_true = sum(a is not b for a, b in zip(findings, marked, strict=True))
    paths = sum(bool(f.problem.trace) for f in findings)
    note(f"{came_true} of {paths} findings with a path reproduced by a dry run")
    return marked
