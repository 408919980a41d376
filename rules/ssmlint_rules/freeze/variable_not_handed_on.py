"""
## What it does
Reports a variable of the script that a shell reads which `systemd-run` or `at` starts, or a script
that it writes with `declare -f`, and that nothing hands on.

## Why is this bad?
Functions get there by `declare -f`, and the variables that they read do not come along: they need
`declare -p`. Without it `"$STATE/frozen"` is `/frozen`, which is not there, so that a watchdog ends
well and thaws nothing. It is an *error*, since such a shell is started for when all else fails.

## Example
```bash dlm
DATA=/data
thaw() { fsfreeze -u "$DATA"; }
case "{{ command }}" in
    pre-script)
        systemd-run --on-active=150 --unit=thaw bash -c "$(declare -f thaw); thaw" ||  # <-
            exit 201
        fsfreeze -f "$DATA" || exit 201
        ;;
    post-script)
        thaw || exit 202
        systemctl stop thaw.timer
        ;;
esac
```
Use instead:
```bash dlm
DATA=/data
thaw() { fsfreeze -u "$DATA"; }
case "{{ command }}" in
    pre-script)
        systemd-run --on-active=150 --unit=thaw bash -c "$(declare -p DATA; declare -f thaw); thaw" ||
            exit 201
        fsfreeze -f "$DATA" || exit 201
        ;;
    post-script)
        thaw || exit 202
        systemctl stop thaw.timer
        ;;
esac
```

## Fix safety
Unsafe: the shell that is started gets to see the value. Only offered where the functions are handed on with
`declare -f` in the same command.

## References
- systemd-run(1): the command gets the environment of the service manager, not of the script
- [Bash manual, `declare`](https://www.gnu.org/software/bash/manual/html_node/Bash-Builtins.html#index-declare)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.paths import events
from ssmlint.shell.stages import StageReport
from ssmlint.shell.symbolic.events import Happening
from ssmlint_rules.stage_fixes import handed_on


@rule("DLM207", "variable-not-handed-on", Severity.ERROR, on=StageReport)
def variable_not_handed_on(report: StageReport) -> Iterator[Problem]:
    """Report each variable that a shell of its own reads in vain, where it is handed others."""
    lacks = {
        (event.place, event.text): event
        for run in report.runs.values()
        for end in run.ends
        for event in events(end, Happening.LACK)
    }
    for place, name in sorted(lacks, key=lambda key: (key[0].script, key[0].span, key[1])):
        does = "calls" if name.endswith("()") else "reads"
        plain = name.removesuffix("()")
        message = f"the shell that is started with this {does} `{plain}`, which it does not get"
        yield Problem(report.span(place), message, fix=handed_on(report, place, name))
