"""
## What it does
Reports a `pre-script` that can only fail when it runs for the second time, because of a file that a
whole run leaves behind.

## Why is this bad?
A file in `/run` that says "something is frozen" is a good guard against two freezes. But when
`post-script` does not remove it, the first snapshot is the last one: from then on each pre-script finds
the file, refuses, and no snapshot is consistent any more.

It is reported only where all programs of `post-script` are known, so that nothing else can remove the
file.

## Example
```bash dlm
state=/run/frozen
case "{{ command }}" in
    pre-script)
        if [ -e "$state" ]; then
            exit 204  # <-
        fi
        touch "$state" || exit 201
        fsfreeze -f /data || { rm -f "$state"; exit 201; }
        ;;
    post-script)
        [ -e "$state" ] || exit 205
        fsfreeze -u /data || exit 202
        ;;
    *) exit 206 ;;
esac
```
Use instead:
```bash dlm
state=/run/frozen
case "{{ command }}" in
    pre-script)
        if [ -e "$state" ]; then
            exit 204
        fi
        touch "$state" || exit 201
        fsfreeze -f /data || { rm -f "$state"; exit 201; }
        ;;
    post-script)
        [ -e "$state" ] || exit 205
        fsfreeze -u /data || exit 202
        rm -f "$state"
        ;;
    *) exit 206 ;;
esac
```

## References
- [Amazon EBS user guide, pre and post scripts](https://docs.aws.amazon.com/ebs/latest/userguide/automate-app-consistent-backups.html):
  204, a pre script where a post script was expected
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.paths import leaving_place
from ssmlint.shell.stages import StageReport

#: Files that a message names.
_MOST = 3


@rule("DLM314", "state-left-behind", Severity.ERROR, on=StageReport)
def state_left_behind(report: StageReport) -> Iterator[Problem]:
    """Report where the second pre-script gives up, if every way through it does."""
    run = report.again
    if run is None or not run.complete or not run.ends or run.successes:
        return
    end = min(run.ends, key=lambda end: len(end.events))
    files = " or ".join(f"`{path}`" for path in report.leftovers[:_MOST])
    message = f"the next pre-script can only fail here: post-script leaves {files} behind"
    yield Problem(report.span(leaving_place(report, end)), message, trace=report.trace(end))
