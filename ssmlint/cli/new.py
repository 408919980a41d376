"""`ssmlint new`: a document to start from that obeys every rule."""

from __future__ import annotations

import os

from ssmlint.cli.options import Parser
from ssmlint.cli.streams import ExitStatus, Streams
from ssmlint.errors import UserError
from ssmlint.near import nearest
from ssmlint.templates import TEMPLATES, template

_STDOUT = "-"


def main(arguments: list[str], streams: Streams) -> ExitStatus:
    """Write a template; raises `UserError` for an unknown one or a file that exists."""
    options = parser().read(arguments)
    if options.template is None:
        width = max(map(len, TEMPLATES))
        streams.stdout.writelines(f"{n:<{width}}  {TEMPLATES[n]}\n" for n in TEMPLATES)
        return ExitStatus.CLEAN
    text = _text(options.template)
    path = options.output or f"{options.template}.yaml"
    if path == _STDOUT:
        streams.stdout.write(text)
        return ExitStatus.CLEAN
    _write(path, text, options.force)
    streams.stdout.write(f"wrote {path}\n")
    return ExitStatus.CLEAN


def _text(name: str) -> str:
    if name not in TEMPLATES:
        near = nearest(name, TEMPLATES)
        hint = f"did you mean `{near}`?" if near else f"there are {', '.join(TEMPLATES)}"
        raise UserError(f"no template `{name}`", hint=hint)
    return template(name)


def parser() -> Parser:
    """The options of the command."""
    made = Parser("new", "Write a pre/post document for snapshots to start from.")
    add = made.add_argument
    add("template", nargs="?", metavar="TEMPLATE", help="which one; without it, list them all")
    add("-o", "--output", metavar="FILE", help="where to (default: TEMPLATE.yaml; `-` prints it)")
    add("--force", action="store_true", help="replace a file that is there")
    return made


def _write(path: str, text: str, force: bool) -> None:
    try:
        with open(path, "w" if force else "x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        hint = "--force replaces it, --output names another"
        raise UserError("the file is there already", path=path, hint=hint) from None
    except OSError as error:
        raise UserError(os.strerror(error.errno or 0), path=path) from None
