"""
## What it does
Reports `-eq`, `-ne`, `-lt`, `-le`, `-gt` and `-ge` with a text that is no number.

## Why is this bad?
These compare numbers. `[ "$stage" -eq "dry-run" ]` fails with `integer expression expected`, which
an `if` takes for "no": the branch is never taken, and one with `-ne` neither. `[[ ]]` does not
even complain: it takes the words for names of variables, an unset one is 0, and 0 equals 0. Texts
are compared with `=` and `!=`.

In `[[ ]]` a name that the script gives a value is left alone: there it means that variable.

## Example
```bash
if [ "$(uname -s)" -eq "Linux" ]; then  # <-
    echo "Linux"
fi
[[ $(id -un) -ne "root" ]] && exit 1  # <-
```
Use instead:
```bash
if [ "$(uname -s)" = "Linux" ]; then
    echo "Linux"
fi
[[ $(id -un) != "root" ]] && exit 1
```

## References
- [Bash manual, Bash Conditional Expressions](https://www.gnu.org/software/bash/manual/html_node/Bash-Conditional-Expressions.html):
  `arg1 OP arg2`
- [ShellCheck SC2170](https://www.shellcheck.net/wiki/SC2170)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import Test, TestBinary, Word, walk

_WANTED = {"-eq": "=", "-ne": "!="}
_NUMERIC = frozenset({"-eq", "-ne", "-lt", "-le", "-gt", "-ge"})
_TEXT = re.compile(r"[A-Za-z_][\w.:/-]*")


@rule(
    "SH119",
    "text-compared-as-number",
    Severity.ERROR,
    on=ShellScript,
    covers=("shellcheck/SC2170", "shellcheck/SC2309"),
)
def text_compared_as_number(script: ShellScript) -> Iterator[Problem]:
    """Report each operand that is a text."""
    for test in script.index.of(Test):
        for node in walk(test):
            if not isinstance(node, TestBinary) or node.operator not in _NUMERIC:
                continue
            for word in (node.left, node.right):
                if _is_text(script, word, test.bracket == "[["):
                    better = _WANTED.get(node.operator)
                    hint = f"; compare texts with `{better}`" if better else ""
                    message = f"`{node.operator}` compares numbers, and `{word.literal}` is none"
                    yield Problem(script.place(word.span), message + hint)
                    break


def _is_text(script: ShellScript, word: Word, double: bool) -> bool:
    text = word.literal or ""
    if _TEXT.fullmatch(text) is None:
        return False
    names = re.split(r"[^\w]+", text)
    return not double or not any(name in script.writes_by_name for name in names)
