"""
## What it does
Reports a script that does its work and then ends in `echo`, `rm -f` or `exit 0`, so that it
succeeds whether the work did or not.

## Why is this bad?
The exit code of the last command is the exit code of the step. A message at the end turns every
failure of the command before it into a success: Run Command shows *Success*, Data Lifecycle
Manager goes on and takes the snapshot. Only a plain command directly in front of the closing
messages counts, in a script without `set -e` and without a trap on errors; commands that only
look, and those after `||`, are left alone.

## Example
```bash
stress-ng --cpu 2 -t 60s
echo 'finished'  # <-
```
Use instead:
```bash
stress-ng --cpu 2 -t 60s || exit
echo 'finished'
```

`exit 0` does the same, in so many words:
```sh
mkfs -t xfs /dev/nvme1n1
exit 0  # <-
```
Use instead:
```sh
mkfs -t xfs /dev/nvme1n1 || exit
exit 0
```

## Fix safety
Unsafe: the step begins to fail where it failed before without a word, and the messages at the
end are then not printed.

## References
- [amazon-ssm-agent issue 252](https://github.com/aws/amazon-ssm-agent/issues/252): only the last command counts
- [Handling exit codes in scripts](https://docs.aws.amazon.com/systems-manager/latest/userguide/run-command-handle-exit-status.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.shell.masking import masked_exit
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint_rules.script_fixes import insertion, script_fix


@rule("SH201", "masked-exit-code", Severity.WARNING, on=ShellScript)
def masked_exit_code(script: ShellScript) -> Iterator[Problem]:
    """Report the last command where it hides a failure."""
    found = masked_exit(script)
    if found is None:
        return
    title = f"end with the status of `{found.name}`"
    last = script.written(found.last.span).split(None, 2)
    shown = " ".join(last[:2]) if last[0] == "exit" else last[0]
    yield Problem(
        script.place(found.last.span),
        f"the script succeeds even if `{found.name}` fails: it ends with `{shown}`",
        related=(Note(script.place(found.work.span), "the status of this is lost"),),
        fix=script_fix(script, title, insertion(found.work.span.end, " || exit")),
    )
