"""
## What it does
Reports `*"$name"*` as a pattern where `name` is empty, so that it is `**` and matches
every text.

## Why is this bad?
The test was to tell one message from another. It says yes to all of them: any failure is then
taken for "already frozen" or "already thawed", and the branch for real failures never runs. In
a pre/post document of Data Lifecycle Manager that decides whether filesystems stay frozen, and
it is an error there.

## Example
```bash
message=$(fsfreeze -u /data 2>&1)
if [[ "$message" == *"$ALREADY_THAWED"* ]]; then  # <-
    exit 205
fi
```
Use instead:
```bash
ALREADY_THAWED='Invalid argument'
message=$(fsfreeze -u /data 2>&1)
if [[ "$message" == *"$ALREADY_THAWED"* ]]; then
    exit 205
fi
```

A variable may also get lost on the way into a child shell:
```bash
BUSY='resource busy'
freeze() {
    case $(fsfreeze -f /data 2>&1) in
        *"$BUSY"*) echo 'frozen already' ;;  # <-
    esac
}
export -f freeze
bash -c freeze
```

## References
- [Bash manual, Pattern Matching](https://www.gnu.org/software/bash/manual/html_node/Pattern-Matching.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.shell.emptiness import empty_patterns
from ssmlint.shell.scriptfacts import ShellScript


@rule("SH105", "empty-pattern-matches-all", Severity.WARNING, on=ShellScript)
def empty_pattern_matches_all(script: ShellScript) -> Iterator[Problem]:
    """Report each pattern that is empty but for its stars."""
    grave = Severity.ERROR if script.document.is_dlm else None
    for found in empty_patterns(script):
        place = found.elsewhere
        related = (Note(script.place(place), f"`{found.name}` is set here"),) if place else ()
        pattern = script.written(found.span)
        yield Problem(
            script.place(found.span),
            f"`{pattern}` matches every text, because `{found.name}` is empty: {found.why}",
            related=related,
            severity=grave,
        )
