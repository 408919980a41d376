"""
## What it does
Reports a watchdog that does not release what `pre-script` leaves frozen or locked, as far as all
that it does can be seen.

## Why is this bad?
It is there, it runs, and nothing happens: the shell that `systemd-run` or `at` starts does not
know the function that it is told to call, the file that it runs is another one, or one thing of
two was forgotten. Nobody notices before the night on which post-script does not come. It is an
*error*: writers wait for ever, behind the back of whoever relied on it. It is a *warning* for a backup
mode or an entry in a catalogue, which nobody waits for.

## Example
```bash dlm
thaw() { fsfreeze -u /data; }
case "{{ command }}" in
    pre-script)
        systemd-run --on-active=150 --unit=thaw bash -c 'thaw' || exit 201  # <-
        fsfreeze -f /data || exit 201
        ;;
    post-script)
        thaw || exit 202
        systemctl stop thaw.timer
        ;;
esac
```
Use instead:
```bash dlm
thaw() { fsfreeze -u /data; }
case "{{ command }}" in
    pre-script)
        systemd-run --on-active=150 --unit=thaw bash -c "$(declare -f thaw); thaw" || exit 201
        fsfreeze -f /data || exit 201
        ;;
    post-script)
        thaw || exit 202
        systemctl stop thaw.timer
        ;;
esac
```

## Fix safety
Unsafe: the watchdog begins to do what it is for. Only offered where it calls a function that is not handed
to it.

## References
- systemd-run(1): the command gets the environment of the service manager, not of the script
- [Bash manual, `declare`](https://www.gnu.org/software/bash/manual/html_node/Bash-Builtins.html#index-declare)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.paths import HOLDS_UP_NOBODY, notes, quote
from ssmlint.shell.stages import End, StageReport
from ssmlint.shell.symbolic.events import Happening, Held
from ssmlint.shell.symbolic.values import Place
from ssmlint_rules.stage_fixes import functions_handed_on


@rule("DLM206", "idle-watchdog", Severity.ERROR, on=StageReport)
def idle_watchdog(report: StageReport) -> Iterator[Problem]:
    """Report the watchdogs of a successful pre-script when none releases something held."""
    found: dict[tuple[Place, str], tuple[Held, End]] = {}
    for end in report.pre.successes:
        for item in _forgotten(end):
            found.setdefault((end.watchdogs[-1].place, item.resource), (item, end))
    for (place, _), (item, end) in found.items():
        message = f"this watchdog does not undo `{quote(report, item.place)}`"
        stays = (item.place, "this stays in force when it has run")
        related = notes(report, [stays, *_program(end, place)])
        fix = functions_handed_on(report, place)
        severity = Severity.WARNING if item.resource in HOLDS_UP_NOBODY else None
        yield Problem(report.span(place), message, related, fix=fix, severity=severity)


def _program(end: End, watchdog: Place) -> list[tuple[Place, str]]:
    """Where the script writes the file that the watchdog runs: the last one that it writes."""
    written: list[tuple[Place, str]] = []
    for event in end.events:
        if event.kind is Happening.WATCHDOG and event.place == watchdog:
            break
        if event.kind is Happening.WRITE:
            written = [(event.place, "what it runs is written here")]
    return written


def _forgotten(end: End) -> list[Held]:
    dogs = end.watchdogs
    if not dogs or not all(dog.seen for dog in dogs):
        return []
    lasting = [item for item in end.held if not item.bounded]
    return [item for item in lasting if not any(dog.releases(item) for dog in dogs)]
