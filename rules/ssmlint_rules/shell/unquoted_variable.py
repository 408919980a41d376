"""
## What it does
Reports a variable without quotes where its value decides something: in a comparison of texts or
behind `-n` in `[ ... ]`, and as the target of a command that freezes or mounts; only where the
value comes from a command, from `read` or from an array, so that it may be empty or have blanks
in it.

## Why is this bad?
Without quotes an empty value vanishes and one with a blank becomes two words. `[ -n $found ]` is
then `[ -n ]`, which holds; `[ $state = up ]` is an error, which `if` takes for a no;
`fsfreeze -f $mount` is about `/mnt/my` instead of `/mnt/my data`.

## Example
```bash
found=$(findmnt -n -o TARGET --target /var/lib/mysql)
if [ -n $found ]; then  # <-
    fsfreeze -f $found  # <-
fi
```
Use instead:
```bash
found=$(findmnt -n -o TARGET --target /var/lib/mysql)
if [ -n "$found" ]; then
    fsfreeze -f "$found"
fi
```

## Fix safety
Unsafe: a value that was meant to be several words becomes one.

## References
- [ShellCheck, SC2070](https://www.shellcheck.net/wiki/SC2070) and [SC2086](https://www.shellcheck.net/wiki/SC2086)
- [Bash manual, Word Splitting](https://www.gnu.org/software/bash/manual/html_node/Word-Splitting.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Edit, Fix, Problem, Safety, Severity, rule
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.splitting import unquoted_variables
from ssmlint.source import Span
from ssmlint.tree import Style


@rule("SH303", "unquoted-variable", Severity.WARNING, on=ShellScript)
def unquoted_variable(script: ShellScript) -> Iterator[Problem]:
    """Report each variable that needs quotes."""
    if "noglob" in script.options and "IFS" in script.writes_by_name:
        return
    style = script.script.pieces[0].scalar.style
    mark = '\\"' if style in (Style.JSON, Style.DOUBLE) else '"'
    for found in unquoted_variables(script):
        place = script.place(found.span)
        edits = tuple(Edit(Span(at, at), mark) for at in (place.start, place.end))
        yield Problem(
            place,
            f"`{found.name}` stands without quotes: {found.why}",
            fix=Fix("put it in double quotes", edits, Safety.UNSAFE),
        )
