"""
## What it does
Reports `for path in $(findmnt ...)` and its like: a loop over the words of a list of paths.

## Why is this bad?
The shell splits the list at every blank, not only at the ends of lines, and takes `*`, `?` and
`[` for patterns. `/mnt/my data` becomes `/mnt/my` and `data`, neither of which exists. A
`while read -r` over the same command takes whole lines. Advice: most hosts have no such paths.

## Example
```bash
for target in $(findmnt -nlo TARGET -t xfs); do  # <-
    fsfreeze -f "$target"
done
```
Use instead:
```bash
while IFS= read -r target; do
    fsfreeze -f "$target"
done < <(findmnt -nlo TARGET -t xfs)
```

## Fix safety
Unsafe: commands in the loop that read standard input take lines of the list. Only scripts for bash are
fixed.

## References
- [Bash manual, Word Splitting](https://www.gnu.org/software/bash/manual/html_node/Word-Splitting.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.lists import list_loops
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint_rules.loop_fixes import line_by_line


@rule(
    "SH503",
    "word-split-path-list",
    Severity.INFO,
    on=ShellScript,
    covers=("shellcheck/SC2013", "shellcheck/SC2044", "shellcheck/SC2045"),
)
def word_split_path_list(script: ShellScript) -> Iterator[Problem]:
    """Report each list of paths that is split into words."""
    if "IFS" in script.writes_by_name:
        return
    for found in list_loops(script):
        if found.split:
            name = found.lister.invocation.name
            yield Problem(
                script.place(found.source),
                f"a path with a blank in the output of `{name}` becomes two items of this loop",
                fix=line_by_line(script, found.unit, found.loop),
            )
