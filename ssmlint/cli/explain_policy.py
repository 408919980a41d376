"""`ssmlint explain-policy`: what a lifecycle policy will do."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator

from ssmlint import clock, discovery, files
from ssmlint.cli.options import Parser, one_of
from ssmlint.cli.streams import ExitStatus, Streams
from ssmlint.discovery import FoundFile
from ssmlint.errors import UserError
from ssmlint.explain import PolicyAccount, ScheduleAccount, ScriptAccount, explain
from ssmlint.report.cells import safe
from ssmlint.source import Source, decode

#: Of `--output-format json`.
VERSION = 1

_STDIN = "-"

#: Columns of the text.
_WIDTH = 88


def main(arguments: list[str], streams: Streams) -> ExitStatus:
    """Explain the policies in one file; raises `UserError` where there is none."""
    options = parser().read(arguments)
    source = _source(options.file, streams)
    file = files.read(source)
    if file.tree.broken:
        hint = "`ssmlint check` says what is wrong with it"
        raise UserError("the file cannot be read", path=source.path, hint=hint)
    if not file.policies:
        raise UserError("no lifecycle policy in the file", path=source.path)
    now = clock.now()
    accounts = [explain(policy, now) for policy in file.policies]
    if options.output_format == "json":
        result = {"version": VERSION, "policies": [account.as_json() for account in accounts]}
        streams.stdout.write(json.dumps(result, indent=2) + "\n")
    else:
        texts = ["".join(f"{safe(line)}\n" for line in lines(account)) for account in accounts]
        streams.stdout.write("\n".join(texts))
    return ExitStatus.CLEAN


def parser() -> Parser:
    """The options of the command."""
    made = Parser("explain-policy", "Say in plain words what a lifecycle policy will do.")
    made.add_argument("file", metavar="FILE", help="a file with a policy; `-` is standard input")
    made.add_argument(
        "--output-format",
        type=one_of("--output-format", ("text", "json")),
        default="text",
        metavar="FORMAT",
        help="one of text, json (default: text)",
    )
    return made


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
        raise UserError("no lifecycle policy in the file", path=path)
    return source


def lines(account: PolicyAccount) -> Iterator[str]:
    """The account as text."""
    state = f", {account.state.lower()}" if account.state else ""
    yield f"{account.file}: {account.kind}{state}"
    for name, value in (("description", account.description), ("role", account.role)):
        if value:
            yield f"  {name}: {value}"
    yield from _listed("  on: ", account.targets)
    yield from _listed("  does: ", account.does)
    for schedule in account.schedules:
        yield from _schedule(schedule)


def _schedule(schedule: ScheduleAccount) -> Iterator[str]:
    yield ""
    yield f"  schedule {schedule.name}"
    yield f"    fires: {schedule.fires}"
    times = [time.replace("T", " ").removesuffix("Z") for time in schedule.next]
    yield from _listed("    next (UTC): ", times)
    if times:
        yield f"    begins: at most {schedule.begins_within_minutes} minutes after each time"
    for script in schedule.scripts:
        yield from _script(script)
    yield from _listed("    lives: ", schedule.lives)


def _script(script: ScriptAccount) -> Iterator[str]:
    yield from _wrapped("    runs: ", script.runs)
    if script.timeout_seconds is not None:
        yield f"    timeout: {script.timeout_seconds} seconds for each script and attempt"
    yield f"    attempts: {script.attempts}"
    if script.when_pre_fails:
        what = "pre script" if script.stages else "backup"
        yield from _wrapped(f"    when the {what} fails: ", script.when_pre_fails)
    if script.when_post_fails:
        yield from _wrapped("    when the post script fails: ", script.when_post_fails)


def _wrapped(head: str, text: str) -> Iterator[str]:
    yield from textwrap.wrap(head + text, _WIDTH, subsequent_indent=" " * 8)


def _listed(head: str, items: list[str] | tuple[str, ...]) -> Iterator[str]:
    """The items one below the other, behind a head."""
    for index, item in enumerate(items):
        yield (head if index == 0 else " " * len(head)) + item
