"""`ssmlint clean`: remove the cache."""

from __future__ import annotations

import os

from ssmlint.cli.options import Parser
from ssmlint.cli.speeding import add_cache_dir, cache_folder
from ssmlint.cli.streams import ExitStatus, Streams
from ssmlint.configuration import Configurations
from ssmlint.runs.store import clean


def main(arguments: list[str], streams: Streams) -> ExitStatus:
    """Remove the cache that a run in this directory would use.  Raises `UserError`."""
    options = parser().read(arguments)
    folder = cache_folder(options, Configurations().of_directory(os.curdir))
    if folder is None or not os.path.lexists(folder):
        streams.stderr.write("ssmlint: there is no cache\n")
        return ExitStatus.CLEAN
    count = clean(folder)
    entries = "1 entry" if count == 1 else f"{count} entries"
    streams.stderr.write(f"ssmlint: removed the cache `{folder}`, {entries}\n")
    return ExitStatus.CLEAN


def parser() -> Parser:
    """The options of the command."""
    made = Parser("clean", "Remove what is kept of earlier runs.")
    add_cache_dir(made.add_argument)
    return made
