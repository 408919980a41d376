"""`ssmlint check --add-ignores`: write the comments that suppress what is found."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence

from ssmlint.cli.known import News
from ssmlint.errors import UserError
from ssmlint.files import File
from ssmlint.rule import INTERNAL_ERROR, Finding
from ssmlint.source import Source


def add_options(add_argument: Callable[..., object]) -> None:
    """Declare the option of this module."""
    add_argument(
        "--add-ignores",
        metavar="REASON",
        help="write comments that suppress what is found, with a reason behind `=` if you like",
    )


def without_word(arguments: list[str]) -> list[str]:
    """The arguments, with `--add-ignores` such that it takes no word from behind it."""
    return ["--add-ignores=" if word == "--add-ignores" else word for word in arguments]


def require_sense(options: argparse.Namespace) -> None:
    """Raise `UserError` where the option has nothing to write to."""
    if options.add_ignores is None:
        return
    if options.stdin_filename or "-" in options.paths:
        raise UserError("`--add-ignores` writes to files, not to standard input")
    if "\n" in options.add_ignores or "\r" in options.add_ignores:
        raise UserError("a reason is one line")


def added(options: argparse.Namespace, files: Iterable[File], news: News) -> News:
    """What is still news when comments about the rest are written, if that is asked for.

    Raises `UserError` where a file cannot be written.
    """
    if options.add_ignores is None:
        return news
    from ssmlint.added_suppressions import with_ignores
    from ssmlint.cli.writing import replace_text

    by_source: dict[Source, list[Finding]] = {}
    for finding in news.findings:
        by_source.setdefault(finding.source, []).append(finding)
    left: list[Finding] = []
    silenced = changed = 0
    for file in files:
        found = by_source.get(file.source, ())
        additions = with_ignores(file, found, options.add_ignores.strip())
        left.extend(additions.left)
        if additions.silenced:
            replace_text(file.source, additions.text)
            silenced, changed = silenced + len(additions.silenced), changed + 1
    left.sort(key=lambda finding: finding.sort_key)
    return News(left, (*news.notices, *_notices(silenced, changed, left)))


def _notices(silenced: int, changed: int, left: Sequence[Finding]) -> Iterable[str]:
    findings = "1 finding" if silenced == 1 else f"{silenced} findings"
    files = "1 file" if changed == 1 else f"{changed} files"
    yield f"{findings} suppressed in {files}" if silenced else "nothing suppressed"
    from ssmlint.suppressions import Suppression, UnusedSuppression

    fixable = (INTERNAL_ERROR.on, Suppression, UnusedSuppression)
    if any(finding.rule.on not in fixable for finding in left):
        yield "no comment can be about what is left: see `ssmlint config per-file-ignores`"
