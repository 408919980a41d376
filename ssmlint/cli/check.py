"""`ssmlint check`: find mistakes in documents and policies."""

from __future__ import annotations

import argparse
import dataclasses
import os
import time
from collections.abc import Iterable, Iterator, Sequence

from ssmlint import discovery, grouping, report
from ssmlint.cli import (
    adding,
    configured,
    fixing,
    known,
    output,
    replaying,
    showing,
    speeding,
    verbose,
    watching,
)
from ssmlint.cli.options import Parser
from ssmlint.cli.progress import Progress
from ssmlint.cli.streams import ExitStatus, Streams
from ssmlint.configuration import Configuration, Configurations
from ssmlint.discovery import FoundFile
from ssmlint.errors import UserError
from ssmlint.files import File, Group, in_order
from ssmlint.packs import all_rules, rule_packs
from ssmlint.report.cells import safe
from ssmlint.rule import INTERNAL_ERROR, Finding, Rule
from ssmlint.runs import catalogue
from ssmlint.runs.run import Run
from ssmlint.runs.store import Store
from ssmlint.settings import enabled_rules, names_rules, wants_shellcheck
from ssmlint.source import Source, decode

_STDIN = "-"

#: What `--shellcheck` alone means: the word behind it is a path, not its value.
_SHELLCHECK_ON = "--shellcheck=on"

#: Formats for people that have a place for what else is to be said of a run.
_WITH_NOTICES = ("text", "grouped")


def main(arguments: list[str], streams: Streams) -> ExitStatus:
    """Check what the arguments name and report on standard output."""
    words = [_SHELLCHECK_ON if word == "--shellcheck" else word for word in arguments]
    options = parser().read(adding.without_word(words))
    for module in (known, adding, fixing, watching):
        module.require_sense(options)
    if options.watch:
        return watching.watch(
            options, streams, lambda: once(argparse.Namespace(**vars(options)), streams)
        )
    return once(options, streams)


def once(options: argparse.Namespace, streams: Streams) -> ExitStatus:
    """Check and report; raises `UserError`."""
    began = time.monotonic()
    configurations = configured.configurations(options)
    if options.show_settings:
        return showing.settings(options, configurations, streams)
    own = configurations.of_directory(os.curdir)
    options.output_format = own.output_format
    output.require_sense(options)
    if names_rules(own.settings):
        enabled_rules(all_rules(), own.settings)
    progress = Progress(streams.stderr, quiet=options.quiet)
    run = _Run(streams, progress)
    with progress:
        files, groups, checks = run.read(options, configurations, own)
        if options.show_files:
            return showing.files(files, streams, run.failed)
        others = tuple(grouping.named_files(groups, run.fail))
        findings = in_order(checks.check(groups, others))
        checks.close()
    if options.replay:
        findings = replaying.replayed(findings, groups, run.note)
    news = known.news(options, own, findings, groups)
    plan = fixing.plan(options, own)
    mended = fixing.made(plan, groups, others, findings, news.findings)
    if not plan.is_idle:
        run.finish(options, plan, mended)
    if mended.count:
        groups = mended.groups
        news = known.news(options, own, mended.findings, groups)
    if not plan.reports:
        return _end_of_fixes(options, plan, mended, news.findings, run)
    news = adding.added(options, files, news)
    if options.output_format not in _WITH_NOTICES and not options.quiet:
        for notice in news.notices:
            run.note(notice)
    status = _report(options, plan, mended, news, configurations, run)
    if not files and not run.failed and not options.quiet:
        run.note(f"no SSM document or policy in {_count(run.seen)}")
    if options.verbose:
        seconds = time.monotonic() - began
        for line in verbose.account(groups, configurations, run.seen, seconds):
            run.note(line)
    return status


def _report(
    options: argparse.Namespace,
    plan: fixing.Plan,
    mended: fixing.Outcome,
    news: known.News,
    configurations: Configurations,
    run: _Run,
) -> ExitStatus:
    """Print the findings, and say what the run comes to."""
    own, groups = configurations.of_directory(os.curdir), mended.groups
    paths = tuple(sorted(file.source.path for group in groups for file in group.files))
    notices = (*_notices(options, groups, own, run), *news.notices)
    summary = report.summarize(news.findings, len(paths), notices)
    fails = grouping.fails(news.findings, configurations) or plan.fails_for(mended)
    status = _status(summary, run.failed, fails and not options.exit_zero)
    summary = dataclasses.replace(
        summary,
        paths=paths,
        failures=tuple(run.failures),
        status=status,
        fixes=plan.fixes(mended, news.findings),
    )
    output.write(options, news.findings, summary, run.report_streams)
    return status


def _end_of_fixes(
    options: argparse.Namespace,
    plan: fixing.Plan,
    mended: fixing.Outcome,
    left: Sequence[Finding],
    run: _Run,
) -> ExitStatus:
    """Say what was mended, or would be, where nothing else is to be said."""
    if not options.quiet:
        stream = run.streams.stderr if plan.shows else run.report_streams.stdout
        stream.write(fixing.account(plan, mended, left))
    crashed = any(finding.rule is INTERNAL_ERROR for finding in left)
    if run.failed or crashed:
        return ExitStatus.ERROR
    fails = bool(mended.changed) if plan.shows else plan.fails_for(mended)
    return ExitStatus.FINDINGS if fails and not options.exit_zero else ExitStatus.CLEAN


def parser() -> Parser:
    """The options of the command."""
    made = Parser("check", "Find mistakes in SSM documents and lifecycle policies.")
    add = made.add_argument
    add(
        "paths",
        nargs="*",
        metavar="PATH",
        help="files and directories; `-` is standard input (default: the current directory)",
    )
    add("--stdin-filename", metavar="FILE", help="the name that standard input goes by")
    output.add_options(add)
    configured.add_options(add)
    known.add_options(add)
    fixing.add_options(add)
    adding.add_options(add)
    speeding.add_options(add)
    showing.add_options(add)
    add(
        "--force-exclude",
        action="store_true",
        help="leave out what is configured to be left out even if it is named, as a hook names it",
    )
    add("--exit-zero", action="store_true", help="exit with 0 whatever is found")
    replaying.add_options(add)
    watching.add_options(add)
    add("-v", "--verbose", action="store_true", help="say what was looked at, and by what rules")
    add("-q", "--quiet", action="store_true", help="print findings and errors, nothing else")
    return made


def _notices(
    options: argparse.Namespace, groups: Iterable[Group], own: Configuration, run: _Run
) -> tuple[str, ...]:
    """What to say of the run: what has checked nothing because something is not installed."""
    groups = tuple(groups)
    found = []
    notice = _without_shellcheck(groups)
    if notice is not None and own.shellcheck == "require":
        run.fail(notice)
    elif notice is not None:
        found.append(notice)
        if options.quiet or options.output_format not in _WITH_NOTICES:
            run.note(notice)
    notice = _without_models(groups)
    if notice is not None and not options.quiet:
        found.append(notice)
        if options.output_format not in _WITH_NOTICES:
            run.note(notice)
    return tuple(found)


def _without_shellcheck(groups: Iterable[Group]) -> str | None:
    """What to say where shellcheck is asked for and not there."""
    if not any(wants_shellcheck(group.settings) for group in groups):
        return None
    from ssmlint.external import missing

    return missing()


def _without_models(groups: Iterable[Group]) -> str | None:
    """What to say where calls of the AWS API are to be checked and botocore is not there."""
    asked = (group for group in groups if any(rule.kind == "ApiCall" for rule in group.rules))
    if not any(file.contents.calls_api for group in asked for file in group.files):
        return None
    from ssmlint import aws

    return aws.missing()


class _Run:
    """One run: what was looked at and what went wrong on the way."""

    def __init__(self, streams: Streams, progress: Progress) -> None:
        self.streams = streams
        self._progress = progress
        self.seen = 0
        """How many files were looked at."""
        self.failures: list[str] = []
        """What could not be read or loaded."""
        self._stdin = fixing.Input()

    @property
    def failed(self) -> bool:
        """Whether something could not be read or loaded."""
        return bool(self.failures)

    @property
    def report_streams(self) -> Streams:
        """The streams of the report: standard output may be taken by the text that was mended."""
        if not self._stdin.is_printed:
            return self.streams
        return self.streams._replace(stdout=self.streams.stderr)

    def finish(
        self, options: argparse.Namespace, plan: fixing.Plan, mended: fixing.Outcome
    ) -> None:
        """Write or show what was mended, and say what went wrong with it."""
        for mistake in fixing.mistakes(mended):
            self.note(safe(mistake))
        if plan.shows:
            fixing.show(mended, options, self.streams.stdout)
            return
        for failure in fixing.write(mended, self._stdin):
            self.fail(failure)
        self._stdin.print_mended(mended, self.streams.stdout)

    def _rules(self, cache: Store | None) -> tuple[Rule, ...]:
        """All rules; says which could not be loaded."""
        known = None if cache is None else catalogue.recall(cache)
        if known is not None:
            return known
        is_complete = bool(rule_packs())
        for pack in rule_packs():
            is_complete = is_complete and not pack.failures
            for failure in pack.failures:
                self.fail(f"rule pack `{pack.name}` is not complete: {failure}")
        if not rule_packs():
            self.fail("no rule pack is installed; is ssmlint itself?")
        if cache is not None and is_complete:
            catalogue.remember(all_rules(), cache)
        return all_rules()

    def fail(self, message: str) -> None:
        """Say at once that something could not be done; the rest of the run goes on."""
        self.failures.append(message)
        self._progress.clear()
        self.streams.stderr.write(f"ssmlint: error: {safe(message)}\n")

    def note(self, message: str) -> None:
        """Say something that is no error, where the output has no place for it."""
        self.streams.stderr.write(f"ssmlint: {message}\n")

    def read(
        self, options: argparse.Namespace, configurations: Configurations, own: Configuration
    ) -> tuple[tuple[File, ...], tuple[Group, ...], Run]:
        """The files that hold something, the same in groups, and what is to check them."""
        cache, jobs = speeding.cache(options, own), speeding.jobs(options)
        sources = dict(self._progress.count(self._sources(options, configurations)))
        files = tuple(map(File, sources))
        # A hook is called for many a file that is not ours; then no rule has to be loaded.
        rules = self._rules(cache) if files else ()
        checks = Run(cache, jobs, self.fail, self._progress.of(len(files)))
        asked = grouping.groups_of(files, configurations, rules)
        groups = grouping.worth_checking(checks.read(asked), sources.__getitem__)
        kept = {file for group in groups for file in group.files}
        return tuple(file for file in files if file in kept), groups, checks

    def _sources(
        self, options: argparse.Namespace, configurations: Configurations
    ) -> Iterator[tuple[Source, bool]]:
        """The texts that may hold something to check, and whether an error in one counts."""
        paths = options.paths or ([_STDIN] if options.stdin_filename else [os.curdir])
        if options.stdin_filename and _STDIN not in paths:
            raise UserError("`--stdin-filename` is of no use without `-` among the paths")
        if _STDIN in paths:
            self.seen += 1
            data = self.streams.stdin.read()
            given = decode(data, options.stdin_filename or "<stdin>")
            self._stdin = fixing.Input(data, given)
            yield given, True
        named = (path for path in paths if path != _STDIN)
        for found in discovery.find(named, configurations.leaves_out, force=options.force_exclude):
            self.seen += 1
            source = self._load(found)
            if source is not None:
                yield source, found.promises_document

    def _load(self, found: FoundFile) -> Source | None:
        try:
            return discovery.load(found)
        except discovery.TooLarge:
            limit = discovery.MAX_BYTES // 1_000_000
            self.fail(f"{found.path}: larger than {limit} MB, not checked")
        except OSError as error:
            self.fail(f"{found.path}: {error.strerror or error}")
        return None


def _count(files: int) -> str:
    return "1 file" if files == 1 else f"{files} files"


def _status(summary: report.Summary, failed: bool, fails: bool) -> ExitStatus:
    if failed or summary.crashed:
        return ExitStatus.ERROR
    return ExitStatus.FINDINGS if fails else ExitStatus.CLEAN
