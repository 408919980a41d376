"""The options of `ssmlint check` that say what is configured."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from typing import Any

from ssmlint.cli.options import Words, one_of
from ssmlint.configuration import Configurations
from ssmlint.errors import UserError
from ssmlint.rule import Severity

_SEVERITIES = tuple(severity.value for severity in Severity)


def add_options(add: Callable[..., Any]) -> None:
    """Declare the options of this module; `add` is a parser's `add_argument`."""
    for option, purpose in (
        ("--select", "run these rules and no others: ids, names, families, ALL"),
        ("--extend-select", "run these rules, too"),
        ("--ignore", "do not run these rules"),
        ("--fixable", "offer and make the fixes of these rules and no others"),
        ("--unfixable", "leave the fixes of these rules alone"),
    ):
        add(option, action=Words, default=(), metavar="RULE,...", help=purpose)
    add(
        "--shellcheck",
        type=one_of("--shellcheck", ("on", "off", "require")),
        nargs="?",
        metavar="on|off|require",
        help="check the scripts with shellcheck, too; `require` makes it an error where it is "
        "not installed (without a word: on; default: off)",
    )
    add(
        "--fail-on",
        type=one_of("--fail-on", _SEVERITIES),
        metavar="|".join(_SEVERITIES),
        help="the least severity that makes the exit status 1 (default: warning)",
    )
    add(
        "--config",
        action="append",
        default=[],
        metavar="FILE|KEY=VALUE",
        help="take this configuration file for all files, or set one option "
        "(`ssmlint config` lists them)",
    )
    add("--isolated", action="store_true", help="do not look for configuration files")


def configurations(options: argparse.Namespace) -> Configurations:
    """What the options come to.  Raises `UserError`."""
    words = [word for word in options.config if _is_assignment(word)]
    files = [word for word in options.config if not _is_assignment(word)]
    if len(files) > 1:
        raise UserError("`--config` takes one file", hint="a file can `extend` another one")
    if files and not os.path.isfile(files[0]):
        hint = "expected a file, or KEY=VALUE"
        raise UserError(f"`--config {files[0]}`: there is no such file", hint=hint)
    path = files[0] if files else None
    return Configurations(_flags(options), words, path, isolated=options.isolated)


def _is_assignment(word: str) -> bool:
    return "=" in word and not os.path.isfile(word)


def _flags(options: argparse.Namespace) -> dict[str, Any]:
    """What the command line sets, by the names of the configuration's options."""
    given = {
        "select": options.select,
        "extend-select": options.extend_select,
        "ignore": options.ignore,
        "shellcheck": options.shellcheck,
        "fail-on": options.fail_on,
        "output-format": options.output_format,
        "fix": options.fix,
        "unsafe-fixes": options.unsafe_fixes,
        "fixable": options.fixable,
        "unfixable": options.unfixable,
    }
    return {name: value for name, value in given.items() if value not in (None, (), "")}
