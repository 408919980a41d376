"""
## What it does
Reports `$1` and its like outside of functions, and `"$@"` that is handed to a function which
reads `$1`: the agent runs a script without arguments.

## Why is this bad?
The parameter is always empty. A script that was written for the command line and moved into a
document does nothing, or takes the wrong turn: `case $1 in` falls through to its last branch,
`fsfreeze -f "$1"` fails in every run. What the document is given comes by `{{ parameter }}`. In a
double-quoted text or a here-document, `$1` was mostly meant for `awk` or for another script,
and is expanded too early.

Scripts that call `set -- ...`, and reads that provide for the case (`${1:-default}`, `[ -n "$1" ]`,
`[ $# -gt 0 ]`) or look for options (`[ "$1" = -v ]`), are left alone.

## Example
```bash dlm
case "$1" in  # <-
    pre-script) fsfreeze -f /data || exit 201 ;;
    post-script) fsfreeze -u /data || exit 202 ;;
    *) exit 206 ;;
esac
```
Use instead:
```bash dlm
case "{{ command }}" in
    pre-script) fsfreeze -f /data || exit 201 ;;
    post-script) fsfreeze -u /data || exit 202 ;;
    *) exit 206 ;;
esac
```

Too early for `awk`, and nothing to hand on:
```sh
uuid=$(blkid | awk "/data/ {print $2}")  # <-
main() { mount "$1" /data; }
main "$@"  # <-
```
Use instead:
```sh
uuid=$(blkid | awk '/data/ {print $2}')
main() { mount "$1" /data; }
main "$uuid"
```

## Fix safety
Unsafe: the script begins to look at the stage. Only `$1` in a pre/post document of Data Lifecycle
Manager is fixed.

## References
- [Bash manual, Positional Parameters](https://www.gnu.org/software/bash/manual/html_node/Positional-Parameters.html)
- [amazon-ssm-agent, `plugins/runscript/runscript.go`](https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/plugins/runscript/runscript.go): the command line of a script
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Fix, Note, Problem, Severity, rule
from ssmlint.shell.positional import Positional, unset_positionals
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint_rules.script_fixes import script_fix


@rule("SH112", "positional-parameter-never-set", Severity.WARNING, on=ShellScript)
def positional_parameter_never_set(script: ShellScript) -> Iterator[Problem]:
    """Report each such read."""
    for found in unset_positionals(script):
        related: tuple[Note, ...] = ()
        if found.callee is not None and found.read is not None:
            related = (Note(script.place(found.read.span), f"`{found.callee.name}` reads it here"),)
        yield Problem(
            script.place(found.variable.span),
            _text(script, found),
            related=related,
            fix=_fix(script, found),
        )


def _text(script: ShellScript, found: Positional) -> str:
    text = f"`{script.written(found.variable.span)}` is always empty here: the agent passes no arguments"
    if found.in_here_document:
        return text + "; it is expanded now, not when the text runs"
    if "nounset" in script.options:
        text += ", and `set -u` ends the script"
    return text + "; did you mean `{{ command }}`?" if _is_stage(script, found) else text


def _is_stage(script: ShellScript, found: Positional) -> bool:
    whole = not found.variable.operator and not found.in_here_document
    return script.document.is_dlm and found.variable.name == "1" and whole


def _fix(script: ShellScript, found: Positional) -> Fix | None:
    if not _is_stage(script, found):
        return None
    change = (found.variable.span, "{{ command }}")
    return script_fix(script, "use the parameter `command`", change)
