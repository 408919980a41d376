"""Where the report of `ssmlint check` goes and how it looks there."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Sequence
from typing import Any, TextIO

from ssmlint import report
from ssmlint.cli.options import one_of
from ssmlint.cli.streams import Streams
from ssmlint.errors import UserError
from ssmlint.rule import Finding

#: Cells that the line numbers beside an excerpt may take, and the least that is of use.
_GUTTER, _NARROWEST = 10, 40

#: Terminals that show the escapes of a link instead of obeying them.
_WITHOUT_LINKS = ("dumb", "linux")


def add_options(add: Callable[..., Any]) -> None:
    """Declare the options of this module; `add` is a parser's `add_argument`."""
    formats = tuple(report.FORMATS)
    add(
        "--output-format",
        type=one_of("--output-format", formats),
        metavar="FORMAT",
        help=f"one of {', '.join(formats)} (default: text)",
    )
    add("--output-file", metavar="FILE", help="write the report to a file")
    add("--statistics", action="store_true", help="count by rule instead of printing findings")


def require_sense(options: argparse.Namespace) -> None:
    """Raise `UserError` where the options of this module contradict each other."""
    if options.statistics and options.output_format not in report.STATISTICS:
        known = " or ".join(f"`{name}`" for name in report.STATISTICS)
        raise UserError(
            f"`--statistics` cannot be printed as `{options.output_format}`",
            hint=f"take `--output-format` {known}",
        )


def write(
    options: argparse.Namespace,
    findings: Sequence[Finding],
    summary: report.Summary,
    streams: Streams,
) -> None:
    """Write the report to standard output, or to the file that the options name.

    Raises `UserError` where that file cannot be written.
    """
    render = report.load(options.output_format, statistics=options.statistics)
    if options.output_file is None:
        streams.stdout.writelines(render(findings, summary, look(options, streams.stdout)))
        return
    path = options.output_file
    try:
        # Line breaks as they are: each format knows which it needs.
        with open(path, "w", encoding="utf-8", errors="backslashreplace", newline="") as file:
            file.writelines(render(findings, summary, report.Look(quiet=options.quiet)))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UserError(f"cannot write `{path}`: {reason}") from error


def look(options: argparse.Namespace, stdout: TextIO) -> report.Look:
    """How what is printed to a stream is to look."""
    if not stdout.isatty():
        return report.Look(_wants_color(is_terminal=False), quiet=options.quiet)
    width = max(terminal_columns() - _GUTTER, _NARROWEST)
    links = os.environ.get("TERM") not in _WITHOUT_LINKS
    return report.Look(_wants_color(is_terminal=True), links, width, options.quiet)


def terminal_columns() -> int:
    """The width of the terminal, in cells."""
    # Not at the top: a hook and a pipe need no width.
    import shutil

    return shutil.get_terminal_size().columns


def _wants_color(*, is_terminal: bool) -> bool:
    """Colour for people only; https://no-color.org and https://force-color.org decide first."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return is_terminal and os.environ.get("TERM") != "dumb"
