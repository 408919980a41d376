"""
## What it does
Reports a function of the script that a child shell calls, but that does not reach it.

## Why is this bad?
A child shell that is started with `bash -c` knows only the functions that are exported with
`export -f`, and the same holds for every function that those call. Any other is `command not
found` there, status 127, and since the child's output mostly goes to `/dev/null`, nobody learns
that the watchdog thaws nothing. `sudo` and `systemd-run` let no function through at all.

## Example
```bash
thaw_database() { psql -c 'SELECT pg_wal_replay_resume()'; }
thaw_all() {
    fsfreeze -u /data
    thaw_database  # <-
}
export -f thaw_all
nohup bash -c 'sleep 60; thaw_all' >/dev/null 2>&1 &
```
Use instead:
```bash
thaw_database() { psql -c 'SELECT pg_wal_replay_resume()'; }
thaw_all() {
    fsfreeze -u /data
    thaw_database
}
export -f thaw_all thaw_database
nohup bash -c 'sleep 60; thaw_all' >/dev/null 2>&1 &
```

## Fix safety
Unsafe: the child begins to do what it could not do before. What `sudo` and its like keep back
is not fixed.

## References
- [Bash manual, `export -f`](https://www.gnu.org/software/bash/manual/html_node/Bourne-Shell-Builtins.html#index-export)
- sudoers(5), `env_reset`: functions in the environment are removed
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Fix, Note, Problem, Severity, rule
from ssmlint.shell.children import Call, Child, function_exports, lost_functions
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint_rules.script_fixes import insertion, script_fix


@rule(
    "SH104",
    "unexported-function",
    Severity.ERROR,
    on=ShellScript,
    covers=("shellcheck/SC2033", "shellcheck/SC2329"),
)
def unexported_function(script: ShellScript) -> Iterator[Problem]:
    """Report the first call of each function that a child can not make."""
    reported: set[str] = set()
    for child, call in lost_functions(script):
        if call.function.name not in reported:
            reported.add(call.function.name)
            yield _problem(script, child, call)


def _problem(script: ShellScript, child: Child, call: Call) -> Problem:
    name = call.function.name
    kept_back = child.unit.functions_pass is False
    why = "functions do not get there" if kept_back else "it is not exported"
    return Problem(
        script.place(call.unit.place(call.command.words[0].span)),
        f"the child shell that runs this does not know the function `{name}`: {why}",
        related=(
            Note(script.place(call.function.name_span), f"`{name}` is defined here"),
            Note(script.place(child.unit.span), "the child shell"),
        ),
        fix=None if kept_back else _fix(script, name),
    )


def _fix(script: ShellScript, name: str) -> Fix | None:
    """Add the name to the last `export -f`."""
    exports = function_exports(script)
    if not exports:
        return None
    change = insertion(exports[-1].assignments[-1].span.end, f" {name}")
    return script_fix(script, f"export the function `{name}`", change)
