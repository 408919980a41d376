"""
## What it does
Reports a `post-script` that lists anew what it thaws, instead of thawing what `pre-script` froze.

## Why is this bad?
Between the two stages the list can change: a volume is mounted or unmounted, a container starts,
an instance goes down. Then post-script tries to thaw what was never frozen, or does not find
what was; together with a loop that stops at the first error, the rest stays frozen. Write the
list down where it is never frozen (below `/run`) and read it back. A *warning*: it takes such a
change.

## Example
```bash dlm
case "{{ command }}" in
    pre-script)
        for mount in $(findmnt -n -l -o TARGET -t xfs); do
            fsfreeze -f "$mount" || exit 201
        done
        ;;
    post-script)
        for mount in $(findmnt -n -l -o TARGET -t xfs); do  # <-
            fsfreeze -u "$mount" || result=202
        done
        ;;
esac
exit "${result:-0}"
```
Use instead:
```bash dlm
case "{{ command }}" in
    pre-script)
        for mount in $(findmnt -n -l -o TARGET -t xfs); do
            echo "$mount" >> /run/frozen
            fsfreeze -f "$mount" || exit 201
        done
        ;;
    post-script)
        while read -r mount; do
            fsfreeze -u "$mount" || result=202
        done < /run/frozen
        ;;
esac
exit "${result:-0}"
```

## References
- fsfreeze(8)
- findmnt(8)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.effects import EffectKind
from ssmlint.shell.paths import events, loop_of, notes, quote
from ssmlint.shell.stages import End, StageReport
from ssmlint.shell.symbolic.events import Event, Happening
from ssmlint.shell.symbolic.values import Place, SymbolKind, only_symbol


@rule("DLM104", "thaw-list-recomputed", Severity.WARNING, on=StageReport)
def thaw_list_recomputed(report: StageReport) -> Iterator[Problem]:
    """Report lists of post-script that come from the same command as pre-script's."""
    frozen = _lists(report, report.pre.ends, Happening.ACQUIRE)
    # What was written down has items of the same command, which post-script does not run.
    anew = tuple(end for end in report.post.ends if any(events(end, Happening.LIST)))
    thawed = _lists(report, anew, Happening.RELEASE)
    for key, place in thawed.items():
        if key in frozen:
            message = f"`{quote(report, place)}` is listed anew; it may differ from what was frozen"
            related = notes(report, [(frozen[key], "pre-script froze what was listed then")])
            yield Problem(report.span(place), message, related)


def _lists(
    report: StageReport, ends: tuple[End, ...], kind: Happening
) -> dict[tuple[str, str], Place]:
    """The loops over a fresh list that act on its items, by resource and list command."""
    found: dict[tuple[str, str], Place] = {}
    for end in ends:
        for event in end.events:
            command = _list_command(report, event) if event.kind is kind else ""
            loop = loop_of(end, event)
            if command and loop is not None:
                found.setdefault((event.resource, command), loop.place)
    return found


def _list_command(report: StageReport, event: Event) -> str:
    """The command that made the list of which the event's target is an item, else nothing."""
    symbol = only_symbol(event.target)
    if symbol is None or report.symbols[symbol].kind is not SymbolKind.ITEM:
        return ""
    item = report.symbols[symbol]
    lists = any(effect.kind is EffectKind.LIST for effect in item.effects)
    return item.text if lists else ""
