"""`ssmlint dry-run`: run a document against a simulated host, and see what happens."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from ssmlint import discovery, files
from ssmlint.cli.options import Parser, one_of
from ssmlint.cli.progress import Progress
from ssmlint.cli.streams import ExitStatus, Streams
from ssmlint.discovery import FoundFile
from ssmlint.dryrun.host.settings import default_settings, read_settings
from ssmlint.dryrun.matrix import Plan, baseline, split_faults
from ssmlint.dryrun.model import RunReport
from ssmlint.dryrun.running import run
from ssmlint.dryrun.scenarios import SCENARIOS, scenario_named
from ssmlint.dryrun.variants import VARIANTS
from ssmlint.errors import UserError
from ssmlint.model.document import DocumentKind, SsmDocument
from ssmlint.source import Source, decode

_STDIN = "-"
_FORMATS = ("text", "json", "html")


def main(arguments: list[str], streams: Streams) -> ExitStatus:
    """Run the document; 1 if it breaks a promise of the contract; raises `UserError`."""
    options = parser().read(arguments)
    if options.list:
        streams.stdout.writelines(_listing())
        return ExitStatus.CLEAN
    if options.file is None:
        raise UserError("no document named", hint="ssmlint dry-run FILE")
    if options.all and (options.scenario or options.fault):
        raise UserError("`--all` runs every scenario under every fault already")
    document = _document(options.file, streams)
    settings = read_settings(options.host) if options.host else default_settings()
    split_faults(options.fault)
    for name in options.scenario:
        scenario_named(name)
    progress = Progress(streams.stderr, quiet=options.quiet)
    with progress:
        counting = progress.count_cells()
        report = run(document, settings, _plans(options), everything=options.all, progress=counting)
    _write(options, report, streams)
    return ExitStatus.FINDINGS if report.breached else ExitStatus.CLEAN


def _plans(options: argparse.Namespace) -> list[Plan]:
    if options.all:
        return []
    faults = tuple(options.fault)
    if options.scenario:
        return [Plan(name, faults) for name in options.scenario]
    return [Plan("snapshot", faults)] if faults else baseline()


def parser() -> Parser:
    """The options of the command."""
    made = Parser("dry-run", "Run a document against a simulated host; the machine is untouched.")
    add = made.add_argument
    add("file", nargs="?", metavar="FILE", help="a pre/post document; `-` is standard input")
    add(
        "--scenario",
        action="append",
        default=[],
        metavar="NAME",
        help="a scenario instead of all of them; may be repeated",
    )
    add(
        "--fault",
        action="append",
        default=[],
        metavar="FAULT",
        help="what goes wrong, such as `fsfreeze:-f:2=fail` or `service-down`; may be repeated",
    )
    add("--all", action="store_true", help="the full matrix: every scenario, every fault")
    add("--host", metavar="FILE", help="a TOML file that describes the simulated host")
    add("--trace", action="store_true", help="print every call with its time and answer")
    add("--list", action="store_true", help="list scenarios and faults")
    add(
        "--output-format",
        type=one_of("--output-format", _FORMATS),
        default="text",
        metavar="FORMAT",
        help=f"one of {', '.join(_FORMATS)} (default: text)",
    )
    add("--output-file", metavar="FILE", help="write the report to a file")
    add("-q", "--quiet", action="store_true", help="show no progress")
    return made


def _document(path: str, streams: Streams) -> SsmDocument:
    source = _source(path, streams)
    file = files.read(source)
    if file.tree.broken:
        hint = "`ssmlint check` says what is wrong with it"
        raise UserError("the file cannot be read", path=source.path, hint=hint)
    documents = [one for one in file.documents if one.kind is DocumentKind.COMMAND]
    if not documents:
        raise UserError("no Command document in the file", path=source.path)
    return documents[0]


def _source(path: str, streams: Streams) -> Source:
    if path == _STDIN:
        return decode(streams.stdin.read(), "<stdin>")
    try:
        source = discovery.load(FoundFile(path, named=True))
    except discovery.TooLarge:
        raise UserError("the file is too large", path=path) from None
    except OSError as error:
        raise UserError(error.strerror or str(error), path=path) from None
    if source is None:
        raise UserError("no Command document in the file", path=path)
    return source


def _write(options: argparse.Namespace, report: RunReport, streams: Streams) -> None:
    lines = _rendered(options, report)
    if options.output_file is None:
        streams.stdout.writelines(lines)
        return
    try:
        with open(options.output_file, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.writelines(lines)
    except OSError as error:
        raise UserError(f"cannot write `{options.output_file}`: {error.strerror}") from None


def _rendered(options: argparse.Namespace, report: RunReport) -> Iterator[str]:
    if options.output_format == "text":
        from ssmlint.dryrun.report import text

        yield from text.render(report, trace=options.trace)
    elif options.output_format == "html":
        from ssmlint.dryrun.report import as_html

        yield from as_html.render(report)
    else:
        from ssmlint.dryrun.report import as_json

        yield from as_json.render(report)


def _listing() -> Iterator[str]:
    width = max(map(len, (*SCENARIOS, *VARIANTS)))
    yield "scenarios:\n"
    yield from (f"  {one.name:<{width}}  {one.title}\n" for one in SCENARIOS.values())
    yield "faults of the host (besides COMMAND[:ARGUMENTS][:NUMBER]=EFFECT):\n"
    yield from (f"  {one.name:<{width}}  {one.title}\n" for one in VARIANTS.values())
