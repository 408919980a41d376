"""
## What it does
Reports a shell variable that is read and that nothing sets: not the script, not the step's
`environment`, not the agent.

## Why is this bad?
The shell puts nothing in its place, without a word: the message loses the one detail that
mattered, the comparison is with an empty text, `rm -rf "$dir/"` means `/`. Most often the name
is misspelled, or braces are missing: `$targetdue` is one name, `${target}due` is not. A name in
upper case is no exception: the agent sets a few `AWS_SSM_...` names and reads no login files.
Under `set -u` the script ends right there, and in a pre/post document of Data Lifecycle Manager,
where something may be frozen at that point, it is an error.

Names that a script provides for (`${name:-default}`, `[ -z "$NAME" ]`) are left alone, as are
all names that are not clearly misspelled where the script reads a file or an `eval` that may set
them. So is a `${name}` in lower case that is like no other name, outside of pre/post documents:
Terraform may fill it in.

## Example
```bash
error_message=$(fsfreeze -f /data 2>&1) || echo "not frozen: $errormessage"  # <-
for target in /data /logs; do
    echo "cannot thaw $targetdue to $error_message"  # <-
done
```
Use instead:
```bash
error_message=$(fsfreeze -f /data 2>&1) || echo "not frozen: $error_message"
for target in /data /logs; do
    echo "cannot thaw ${target}due to $error_message"
done
```

A parameter is no variable:
```bash dlm
echo "run ${EXECUTION_ID} begins"  # <-
```
Use instead:
```bash dlm
echo "run {{ executionId }} begins"
```

A variable of an inner shell is expanded by the outer one between double quotes, before there is a value:
```bash
systemd-run --on-active=150 bash -c "for mount in /data /logs; do fsfreeze -u $mount; done"  # <-
echo "for mount in /data /logs; do fsfreeze -u $mount; done" | at now + 3 minutes  # <-
```
Use instead:
```bash
systemd-run --on-active=150 bash -c 'for mount in /data /logs; do fsfreeze -u "$mount"; done'
echo "for mount in /data /logs; do fsfreeze -u \\$mount; done" | at now + 3 minutes
```

## Fix safety
Unsafe: the script begins to see a value where it saw none.

## References
- [Bash manual, Shell Parameter Expansion](https://www.gnu.org/software/bash/manual/html_node/Shell-Parameter-Expansion.html)
- [amazon-ssm-agent, `executers/executers.go`](https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/executers/executers.go): what the agent puts into the environment
- [amazon-ssm-agent issue 427](https://github.com/aws/amazon-ssm-agent/issues/427): no login files are read
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Fix, Note, Problem, Severity, rule
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.undefined import Undefined, in_child_of, in_here_document, undefined_reads
from ssmlint.shell.variables import Way
from ssmlint_rules.script_fixes import script_fix


@rule(
    "SH101",
    "undefined-variable",
    Severity.WARNING,
    on=ShellScript,
    covers=("shellcheck/SC2154", "shellcheck/SC2153"),
)
def undefined_variable(script: ShellScript) -> Iterator[Problem]:
    """Report each read of a variable that has no value."""
    ends = "nounset" in script.options
    grave = ends and script.document.is_dlm
    for found in undefined_reads(script):
        text = f"`{found.read.name}` {_why(found)}"
        if ends:
            text += ", and `set -u` ends the script here"
        if found.meant:
            text += f"; did you mean `{found.meant.text}`?"
        yield Problem(
            script.place(found.read.span),
            text,
            related=_related(script, found),
            fix=_fix(script, found),
            severity=Severity.ERROR if grave else None,
        )


def _why(found: Undefined) -> str:
    if found.other is not None and found.other.way is Way.FOR_ONE_COMMAND:
        return "has no value here: it is set for one command only"
    if found.other is not None and found.other.way is Way.DECLARED:
        return "is declared, but never given a value"
    if found.other is not None and in_child_of(found.other, found.read):
        return f"has no value here: only the inner shell sets it; write `\\${found.read.name}`"
    if found.other is not None and found.other.function is not None:
        return f"has no value here: it is local to `{found.other.function.name}`"
    if found.other_step is not None:
        step = found.other_step
        return f"is never set here: step `{step}` sets it, but each step has its own shell"
    if in_here_document(found.read) and found.meant is None:
        return "is never set; it is expanded now, in this here-document, not when its text runs"
    if found.read.name.isupper():
        return "is never set, and the agent does not set it"
    return "is never set"


def _related(script: ShellScript, found: Undefined) -> tuple[Note, ...]:
    if found.other is None:
        return ()
    return (Note(script.place(found.other.span), f"`{found.read.name}` is set here"),)


def _fix(script: ShellScript, found: Undefined) -> Fix | None:
    if found.meant is None:
        return None
    change = (found.meant.span, found.meant.text)
    return script_fix(script, f"write `{found.meant.text}`", change)
