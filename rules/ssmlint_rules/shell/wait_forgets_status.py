"""
## What it does
Reports a `wait` without operands behind a background job that may fail, where something looks at
its status, or where the job freezes or thaws.

## Why is this bad?
`wait` alone waits for all jobs and then succeeds, whatever became of them. `wait || exit 201` never
exits; a freeze that failed in the background counts as one that worked, and the snapshot is taken.
Keep the ids of the jobs, and wait for each: `wait "$pid"` has the status of that job. Scripts that
do so anywhere are left alone, and so are jobs that only print, look or sleep.

## Example
```bash
fsfreeze -f /data &
fsfreeze -f /logs &
wait || exit 201  # <-
```
Use instead:
```bash
fsfreeze -f /data & first=$!
fsfreeze -f /logs & second=$!
wait $first || exit 201
wait $second || exit 201
```

## References
- [Bash manual, `wait`](https://www.gnu.org/software/bash/manual/html_node/Job-Control-Builtins.html#index-wait)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.waiting import lost_jobs


@rule("SH208", "wait-forgets-status", Severity.WARNING, on=ShellScript)
def wait_forgets_status(script: ShellScript) -> Iterator[Problem]:
    """Report each such `wait`."""
    for found in lost_jobs(script):
        yield Problem(
            script.place(found.wait.span),
            "`wait` without a process id always succeeds; wait for the id of each job",
            related=(Note(script.place(found.job.span), "the status of this job is lost"),),
        )
