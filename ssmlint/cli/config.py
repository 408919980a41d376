"""`ssmlint config`: explain the options of a configuration file."""

from __future__ import annotations

import json

from ssmlint.cli.options import Parser, near, one_of
from ssmlint.cli.streams import ExitStatus, Streams
from ssmlint.configuration.explaining import as_data, line, page
from ssmlint.configuration.table import BY_NAME, OPTIONS, Option
from ssmlint.errors import UserError

#: Of `--output-format json`.
VERSION = 1


def main(arguments: list[str], streams: Streams) -> ExitStatus:
    """Print all about one option, one line for each, or the JSON Schema of them all."""
    options = parser().read(arguments)
    if options.schema:
        from ssmlint.configuration.schema import schema

        streams.stdout.write(json.dumps(schema(), indent=2) + "\n")
        return ExitStatus.CLEAN
    chosen = OPTIONS if options.key is None else (_find(options.key),)
    if options.output_format == "json":
        result = {"version": VERSION, "options": [as_data(option) for option in chosen]}
        streams.stdout.write(json.dumps(result, indent=2) + "\n")
    elif options.key is None:
        streams.stdout.writelines(f"{line(option)}\n" for option in chosen)
    else:
        streams.stdout.write(page(chosen[0]))
    return ExitStatus.CLEAN


def parser() -> Parser:
    """The options of the command."""
    made = Parser("config", "Explain an option of the configuration, or list them all.")
    made.add_argument("key", nargs="?", metavar="KEY", help="the name of an option")
    made.add_argument(
        "--output-format",
        type=one_of("--output-format", ("text", "json")),
        default="text",
        metavar="FORMAT",
        help="one of text, json (default: text)",
    )
    made.add_argument(
        "--schema", action="store_true", help="print the JSON Schema of a configuration file"
    )
    return made


def _find(word: str) -> Option:
    option = BY_NAME.get(word.lower().replace("_", "-"))
    if option is None:
        raise UserError(f"unknown option `{word}`", hint=near(word, BY_NAME))
    return option
