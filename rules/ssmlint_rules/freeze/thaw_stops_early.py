"""
## What it does
Reports a `post-script` that gives up at the first thing it can not thaw, and leaves the rest
frozen.

## Why is this bad?
One mount that is gone, was thawed by hand, or was mounted since pre-script is enough: the
script leaves its loop, and every filesystem after that one stays frozen. A retry of
post-script stops at the same place. Data is not lost, but writes to the others block until
somebody thaws them by hand, hence *error*. A release goes on after an error and reports the
worst result at the end.

## Example
```bash dlm
thaw_all() {
    for mount in /logs /data; do
        fsfreeze -u "$mount" || exit 202  # <-
    done
}
case "{{ command }}" in
    pre-script) fsfreeze -f /data && fsfreeze -f /logs ;;
    post-script) thaw_all ;;
esac
```
Use instead:
```bash dlm
thaw_all() {
    result=0
    for mount in /logs /data; do
        fsfreeze -u "$mount" || result=202
    done
    return "$result"
}
case "{{ command }}" in
    pre-script) fsfreeze -f /data && fsfreeze -f /logs ;;
    post-script) thaw_all || exit 202 ;;
esac
```

## References
- fsfreeze(8)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.effects import EffectKind
from ssmlint.shell.paths import (
    asks_about,
    events,
    is_item,
    last_exit,
    notes,
    quote,
    shares_loop,
    shortest,
    stands_in_loop,
)
from ssmlint.shell.stages import End, StageReport
from ssmlint.shell.symbolic.events import Event, Happening, Held
from ssmlint.shell.symbolic.values import Place, is_known


@rule("DLM103", "thaw-stops-early", Severity.ERROR, on=StageReport)
def thaw_stops_early(report: StageReport) -> Iterator[Problem]:
    """Report each place where post-script leaves after a failed release with more to do."""
    ends = [end for end in report.post.ends if _gives_up(end) or _leaves_list(report, end)]
    for place, end in shortest(ends, lambda end: _place(report, end)).items():
        failed = _failed(end)[-1]
        left = [item for item in end.held if not item.attempted]
        what = quote(report, failed.place)
        message = f"post-script gives up here when `{what}` fails, and leaves the rest frozen"
        related = [(failed.place, "this fails")]
        related += [(item.place, "what this acquired stays as it is") for item in left]
        yield Problem(report.span(place), message, notes(report, related), report.trace(end))


def _failed(end: End) -> list[Event]:
    return [event for event in events(end, Happening.RELEASE) if event.ok is False]


def _gives_up(end: End) -> bool:
    left = [item for item in end.held if not item.attempted]
    if end.succeeds or not _failed(end) or not left or len(left) == len(end.held):
        return False
    return not any(_is_asked_about(end, item) or _is_not_found(end, item) for item in left)


def _leaves_list(report: StageReport, end: End) -> bool:
    """Whether a loop over what is not known, as pre-script held it, is left in its first turn."""
    failed = next(reversed(_failed(end)), None)
    if end.succeeds or failed is None or failed.turn != 1:
        return False
    held = [item.target for item in end.held if item.resource == failed.resource]
    one = not held or any(is_known(target) for target in held)
    return not one and is_item(report, failed) and shares_loop(report, failed, _place(report, end))


def _is_not_found(end: End, left: Held) -> bool:
    """Whether it is left because a list of such things has failed, too: `findmnt`."""
    return any(
        event.ok is False
        and event.effect is not None
        and event.effect.kind is EffectKind.LIST
        and event.effect.resource == left.resource
        for event in events(end, Happening.BRANCH)
    )


def _is_asked_about(end: End, left: Held) -> bool:
    """Whether a path asks about what is left, besides what it tried to release.

    Before or after the failure: then it has not given up, but decided.
    """
    asked = {event.target for event in end.events if asks_about(event, left.resource)}
    tried = [e for e in events(end, Happening.RELEASE) if e.resource == left.resource]
    return len(asked) > len(tried)


def _place(report: StageReport, end: End) -> Place:
    """Where the loop is left in which the release has failed, else the exit."""
    leave, failed = last_exit(end), _failed(end)[-1]
    for event in end.events[end.events.index(failed) + 1 :]:
        leaves = event.kind in (Happening.RETURN, Happening.BREAK)
        if leaves and stands_in_loop(report, event.place):
            return event.place
    return failed.place if leave is None else leave.place
