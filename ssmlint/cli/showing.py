"""`ssmlint check --show-settings` and `--show-files`: what a run would go by."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ssmlint.cli.streams import ExitStatus, Streams
from ssmlint.configuration import Configuration, Configurations
from ssmlint.errors import UserError
from ssmlint.files import File
from ssmlint.report.cells import safe

#: Of `--show-settings --output-format json`.
VERSION = 1


def add_options(add: Callable[..., Any]) -> None:
    """Declare the options of this module; `add` is a parser's `add_argument`."""
    add(
        "--show-settings",
        action="store_true",
        help="print what is configured for the paths, and where, and check nothing",
    )
    add(
        "--show-files",
        action="store_true",
        help="print the files that would be checked, and check nothing",
    )


def settings(
    options: argparse.Namespace, configurations: Configurations, streams: Streams
) -> ExitStatus:
    """Print what is configured for each path, `text` or `json`.

    Raises `UserError` for another output format.
    """
    paths = options.paths or [options.stdin_filename or os.curdir]
    found = [(path, _of(path, configurations)) for path in paths]
    if options.output_format == "json":
        data = {"version": VERSION, "settings": [_as_data(*item) for item in found]}
        streams.stdout.write(json.dumps(data, indent=2) + "\n")
    elif options.output_format in (None, "text"):
        streams.stdout.write("\n".join("".join(_as_text(*item)) for item in found))
    else:
        raise UserError("`--show-settings` prints `text` or `json`")
    return ExitStatus.CLEAN


def _of(path: str, configurations: Configurations) -> Configuration:
    if os.path.isdir(path):
        return configurations.of_directory(path)
    return configurations.of_file(path)


def _as_text(path: str, configuration: Configuration) -> Iterator[str]:
    from ssmlint.configuration.showing import as_text

    file = configuration.path
    where = "no configuration file" if file is None else os.path.relpath(file)
    yield f"# {safe(path)}: {safe(where)}\n"
    yield from (f"{safe(line)}\n" for line in as_text(configuration))


def _as_data(path: str, configuration: Configuration) -> dict[str, Any]:
    from ssmlint.configuration.showing import as_data

    return {"path": path, "file": configuration.path, "options": as_data(configuration)}


def files(found: Iterable[File], streams: Streams, failed: bool) -> ExitStatus:
    """Print the files of a run, one a line."""
    streams.stdout.writelines(f"{safe(file.source.path)}\n" for file in found)
    return ExitStatus.ERROR if failed else ExitStatus.CLEAN
