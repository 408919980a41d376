"""
## What it does
Reports an `exit 0` of `pre-script` in front of all that other ways through it freeze, lock or
flush.

## Why is this bad?
Data Lifecycle Manager takes 0 for "the application is quiesced", whatever the reason: an earlier
freeze that is still in place, a tool that is missing, a check that has failed. The snapshot is
tagged as application-consistent and is not. Codes 204 and 206 say what is the matter. It is a
*warning*, since the early end may be meant; where a parameter or a variable from outside decides,
it is not reported.

## Example
```bash dlm
case "{{ command }}" in
    pre-script)
        if [ -e /run/frozen ]; then
            echo "still frozen"
            exit 0  # <-
        fi
        fsfreeze -f /data || exit 201
        ;;
    post-script)
        fsfreeze -u /data || exit 202
        ;;
esac
```
Use instead:
```bash dlm
case "{{ command }}" in
    pre-script)
        if [ -e /run/frozen ]; then
            echo "still frozen"
            exit 204
        fi
        fsfreeze -f /data || exit 201
        ;;
    post-script)
        fsfreeze -u /data || exit 202
        ;;
esac
```

## References
- [EBS user guide, other use cases for Data Lifecycle Manager scripts](https://docs.aws.amazon.com/ebs/latest/userguide/script-other-use-cases.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.paths import acquired_or_lost, events, last_exit, shortest
from ssmlint.shell.stages import End, StageReport
from ssmlint.shell.symbolic.events import Happening
from ssmlint.shell.symbolic.values import Place, SymbolKind

_OUTSIDE = (SymbolKind.PARAMETER, SymbolKind.ENVIRONMENT)


@rule("DLM311", "early-success", Severity.WARNING, on=StageReport)
def early_success(report: StageReport) -> Iterator[Problem]:
    """Report each `exit 0` of pre-script before anything was tried."""
    ends = report.pre.successes
    if not any(acquired_or_lost(end) for end in ends):
        return
    early = [end for end in ends if last_exit(end) and _is_idle(end) and not _chosen(report, end)]
    for place, end in shortest(early, _place).items():
        message = "pre-script ends with 0 here, and nothing is frozen"
        yield Problem(report.span(place), message, trace=report.trace(end))


def _is_idle(end: End) -> bool:
    """Whether nothing was tried; empty lists and failing probes are reported by other rules."""
    tried = list(events(end, Happening.ACQUIRE, Happening.FLUSH, Happening.TURNS))
    return not tried and not any(event.ok is False for event in events(end, Happening.ASSUME))


def _chosen(report: StageReport, end: End) -> bool:
    """Whether something from outside decided: somebody wanted it so."""
    return any(
        event.target in report.symbols and report.symbols[event.target].kind in _OUTSIDE
        for event in events(end, Happening.BRANCH)
    )


def _place(end: End) -> Place:
    leave = last_exit(end)
    assert leave is not None
    return leave.place
