"""The options of `ssmlint check` that say how fast it is done: the cache, and processes."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from typing import Any

from ssmlint.configuration import Configuration
from ssmlint.errors import UserError
from ssmlint.runs import store
from ssmlint.runs.store import Store

#: In the environment: a folder, anything but nothing, a number.
CACHE_DIR, NO_CACHE, JOBS = "SSMLINT_CACHE_DIR", "SSMLINT_NO_CACHE", "SSMLINT_JOBS"

_AUTO = "auto"


def add_options(add: Callable[..., Any]) -> None:
    """Declare the options of this module; `add` is a parser's `add_argument`."""
    add_cache_dir(add)
    add("--no-cache", action="store_true", help="neither read nor write the cache")
    add(
        "--jobs",
        metavar="N|auto",
        help="check with so many processes (default: auto, several where there is much to check)",
    )


def add_cache_dir(add: Callable[..., Any]) -> None:
    """Declare the option that names the cache."""
    add(
        "--cache-dir",
        metavar="DIR",
        help="where results are kept for the next run (default: your cache directory)",
    )


def cache(options: argparse.Namespace, own: Configuration) -> Store | None:
    """The cache, None where there is to be none.  Raises `UserError`."""
    if options.no_cache or os.environ.get(NO_CACHE):
        return None
    folder = cache_folder(options, own)
    return None if folder is None else Store(folder)


def cache_folder(options: argparse.Namespace, own: Configuration) -> str | None:
    """Where the cache is: by the command line, the environment, the configuration, in this order."""
    named: str | None = options.cache_dir or os.environ.get(CACHE_DIR) or own.cache_dir
    return os.path.abspath(named) if named else store.default_folder()


def jobs(options: argparse.Namespace) -> int | None:
    """How many processes are asked for, None where that is left to us.  Raises `UserError`."""
    for word, where in ((options.jobs, "--jobs"), (os.environ.get(JOBS), JOBS)):
        if word:
            return _number(word, where)
    return None


def _number(word: str, where: str) -> int | None:
    if word == _AUTO:
        return None
    number = int(word) if word.isascii() and word.isdigit() else 0
    if number < 1:
        hint = f"expected a number of processes, 1 or more, or `{_AUTO}`"
        raise UserError(f"`{where}` is `{word}`", hint=hint)
    return number
