"""
## What it does
Reports a freeze or thaw of a filesystem whose mount point is no absolute path.

## Why is this bad?
The agent runs the script in a folder of its own, where no filesystem is mounted: the freeze can
only fail. Most often a `$` is missing, and the name of the variable stands there instead of its
value. *Error*.

## Example
```bash dlm
mount_point=/data
case "{{ command }}" in
    pre-script) fsfreeze -f mount_point || exit 201 ;;  # <-
    post-script) fsfreeze -u "$mount_point" || exit 202 ;;
esac
```
Use instead:
```bash dlm
mount_point=/data
case "{{ command }}" in
    pre-script) fsfreeze -f "$mount_point" || exit 201 ;;
    post-script) fsfreeze -u "$mount_point" || exit 202 ;;
esac
```

## References
- fsfreeze(8)
- [amazon-ssm-agent, `pluginutil`](https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/framework/processor/executer/iohandler/iohandler.go): every command has an orchestration folder of its own
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.paths import events
from ssmlint.shell.stages import StageReport
from ssmlint.shell.symbolic.events import Happening
from ssmlint.shell.symbolic.values import is_known


@rule("DLM116", "relative-freeze-target", Severity.ERROR, on=StageReport)
def relative_freeze_target(report: StageReport) -> Iterator[Problem]:
    """Report each literal target that does not begin with a slash."""
    kinds = (Happening.ACQUIRE, Happening.RELEASE)
    ends = (end for run in report.runs.values() for end in run.ends)
    found = {
        (event.place, event.target)
        for end in ends
        for event in events(end, *kinds)
        if event.resource == "filesystem" and event.effect is not None
    }
    for place, target in sorted(found, key=lambda key: (key[0].script, key[0].span, key[1])):
        if target and is_known(target) and not target.startswith("/"):
            meant = f"; did you mean `${target}`?" if target.isidentifier() else ""
            message = f"`{target}` is no absolute path{meant}"
            yield Problem(report.span(place), message)
