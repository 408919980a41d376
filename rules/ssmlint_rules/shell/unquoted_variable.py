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

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.splitting import unquoted_variables
from ssmlint_rules.script_fixes import in_double_quotes, script_fix


@rule("SH303", "unquoted-variable", Severity.WARNING, on=ShellScript)
def unquoted_variable(script: ShellScript) -> Iterator[Problem]:
    """Report each variable that needs quotes."""
    if "noglob" in script.options and "IFS" in script.writes_by_name:
        return
    for found in unquoted_variables(script):
        quotes = in_double_quotes(found.span)
        yield Problem(
            script.place(found.unit.place(found.span)),
            f"`{found.name}` stands without quotes: {found.why}",
            fix=script_fix(script, "put it in double quotes", *quotes, unit=found.unit),
        )
