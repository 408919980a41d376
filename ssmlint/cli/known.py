"""Which findings of a run are news: `--baseline`, `--new-since`."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterable, Sequence

from ssmlint.configuration import Configuration
from ssmlint.errors import UserError
from ssmlint.files import Group
from ssmlint.records import dataclass
from ssmlint.rule import Finding

#: Stale entries that a notice names.
_NAMED = 3


def add_options(add: Callable[..., object]) -> None:
    """Declare the options of this module; `add` is a parser's `add_argument`."""
    add(
        "--baseline",
        metavar="FILE",
        help="do not report the findings that this file lists",
    )
    add(
        "--write-baseline",
        action="store_true",
        help="list everything found now in the baseline (default: ssmlint-baseline.json)",
    )
    add(
        "--prune-baseline",
        action="store_true",
        help="take out of the baseline what is not found any more",
    )
    add(
        "--new-since",
        metavar="REV",
        help="report only findings on lines that have changed since a git revision",
    )


@dataclass(frozen=True, slots=True)
class News:
    """What of a run's findings is reported, and what to say of the rest."""

    findings: Sequence[Finding]
    notices: tuple[str, ...] = ()


def require_sense(options: argparse.Namespace) -> None:
    """Raise `UserError` where the options of this module contradict each other."""
    if options.write_baseline and options.prune_baseline:
        raise UserError("`--write-baseline` and `--prune-baseline` exclude each other")
    if options.new_since and (options.write_baseline or options.prune_baseline):
        raise UserError("`--new-since` leaves out findings that the baseline needs")


def news(
    options: argparse.Namespace,
    own: Configuration,
    findings: Sequence[Finding],
    groups: Iterable[Group],
) -> News:
    """The findings that the baseline does not list and that stand on changed lines.

    Writes the baseline where that is asked for.  Raises `UserError`.
    """
    found = _beside_baseline(options, own, findings, groups)
    if not options.new_since:
        return found
    from ssmlint.baseline import can_hold
    from ssmlint.changes import changes_since

    changes = changes_since(options.new_since)
    new = [f for f in found.findings if not can_hold(f) or changes.touch(f)]
    old = len(found.findings) - len(new)
    notice = f"not reported: {_count(old)} on lines that have not changed since {options.new_since}"
    return News(new, (*found.notices, notice) if old else found.notices)


def _beside_baseline(
    options: argparse.Namespace,
    own: Configuration,
    findings: Sequence[Finding],
    groups: Iterable[Group],
) -> News:
    path = options.baseline or own.baseline
    if path is None and not (options.write_baseline or options.prune_baseline):
        return News(findings)
    # Not at the top: most runs have no baseline.
    from ssmlint import baseline
    from ssmlint.engine import has_judged

    path = os.path.relpath(path or baseline.DEFAULT_NAME)
    lasting = [finding for finding in findings if baseline.can_hold(finding)]
    crashes = [finding for finding in findings if not baseline.can_hold(finding)]
    is_first = options.write_baseline and not os.path.exists(path)
    entries = () if is_first else baseline.read(path)
    compared = baseline.compare(lasting, entries, path, has_judged(groups))
    notices: list[str] = []
    if options.write_baseline and not crashes:
        listed = {*compared.entries, *baseline.entries_of(lasting, path)}
        baseline.write(path, listed)
        return News((), (f"{path} lists {_count(len(listed))} now",))
    if compared.known:
        notices.append(f"not reported: {_count(len(compared.known))} known by {path}")
    if compared.stale and options.prune_baseline:
        baseline.write(path, compared.entries)
        notices.append(f"{_entries(len(compared.stale))} of {path} taken out")
    elif compared.stale:
        named = ", ".join(map(str, compared.stale[:_NAMED]))
        more = ", ..." if len(compared.stale) > _NAMED else ""
        count = _entries(len(compared.stale))
        notices.append(
            f"not found any more: {count} of {path} (`--prune-baseline` takes them out), "
            f"{named}{more}"
        )
    new = sorted([*compared.new, *crashes], key=lambda finding: finding.sort_key)
    return News(new, tuple(notices))


def _count(number: int) -> str:
    return "1 finding" if number == 1 else f"{number} findings"


def _entries(number: int) -> str:
    return "1 entry" if number == 1 else f"{number} entries"
