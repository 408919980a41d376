"""
## What it does
Reports a file that a stage reads in a folder of its own and that nothing in the script writes.

## Why is this bad?
The list of what is frozen was written under one name and is read under another: the loop over it
never turns, or `mapfile` fails, and nothing is thawed. It is an *error*: filesystems stay frozen.

Only folders are looked at that the script makes itself with a plain `mkdir`, which fails where
there is one already, so that what it holds is known.

## Example
```bash dlm
state=/run/freeze
case "{{ command }}" in
    pre-script)
        mkdir "$state" || exit 204
        echo /data > "$state/frozen"
        fsfreeze -f /data || exit 201
        ;;
    post-script)
        while read -r mount; do
            fsfreeze -u "$mount"
        done < "$state/froze"  # <-
        ;;
esac
```
Use instead:
```bash dlm
state=/run/freeze
case "{{ command }}" in
    pre-script)
        mkdir "$state" || exit 204
        echo /data > "$state/frozen"
        fsfreeze -f /data || exit 201
        ;;
    post-script)
        while read -r mount; do
            fsfreeze -u "$mount"
        done < "$state/frozen"
        ;;
esac
```

## References
- [Bash manual, Redirections](https://www.gnu.org/software/bash/manual/html_node/Redirections.html): where the file can not be opened, the command is not run
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.near import nearest
from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.paths import events
from ssmlint.shell.stages import StageReport
from ssmlint.shell.symbolic.events import Happening

_NAME = re.compile(r"/([\w.-]+)")


@rule("DLM312", "missing-file", Severity.ERROR, on=StageReport)
def missing_file(report: StageReport) -> Iterator[Problem]:
    """Report each file that is read, and whose name stands nowhere else."""
    missing = {
        (event.place, event.text)
        for run in report.runs.values()
        for end in run.ends
        for event in events(end, Happening.MISSING)
    }
    for place, path in sorted(missing, key=lambda key: (key[0].script, key[0].span, key[1])):
        names = _NAME.findall(report.scripts[place.script].text)
        name = path.rpartition("/")[2]
        if names.count(name) == 1:
            meant = nearest(name, sorted(set(names) - {name}))
            hint = f"; did you mean `{meant}`?" if meant else ""
            yield Problem(report.span(place), f"nothing writes the file `{path}`{hint}")
