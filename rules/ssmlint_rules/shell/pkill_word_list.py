"""
## What it does
Reports `pkill -g`, `-P` or `-s` with what `pgrep` or `ps` found, where that may be several.

## Why is this bad?
The output of `pgrep` has one line for each process. `pkill -g` takes its groups in one word with
commas between them. With two lines the second becomes a pattern for the name of the process,
nothing has that name, nothing is killed, and `pkill` ends with 1: the watchdog goes on and
thaws the next freeze in the middle of a snapshot.

## Example
```bash
groups=$(pgrep -x auto-thaw | xargs -I{} ps -o pgid= -p {})
pkill -g $groups  # <-
```
Use instead:
```bash
groups=$(pgrep -x auto-thaw | xargs -I{} ps -o pgid= -p {} | paste -sd,)
pkill -g $groups
```

## Fix safety
Unsafe: all that are found are signalled.

## References
- pkill(1), `--pgroup`
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from ssmlint.rule import Fix, Note, Problem, Severity, rule
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import Substitution, Variable, Word
from ssmlint.shell.variables import Write
from ssmlint_rules.script_fixes import insertion, script_fix

_LISTS = frozenset({"-g", "-G", "-P", "-s", "--pgroup", "--parent", "--session"})
_SEVERAL = re.compile(r"\b(?:pgrep|pidof|ps|lsof|fuser)\b")
#: What makes one line of several, or takes one of them.
_JOINED = re.compile(
    r"\b(?:head|paste|tail)\b|\btr\b.*,|\bpgrep\s+(?:-\w+\s+)*-\w*[no]|-d\s*.?,|--delimiter|"
    r"\bpidof\s+-s|NR\s*==|\$\$|\$!"
)


@rule("SH513", "pkill-word-list", Severity.WARNING, on=ShellScript)
def pkill_word_list(script: ShellScript) -> Iterator[Problem]:
    """Report each option that may get several lines."""
    for use in script.uses:
        words = use.command.words
        if use.invocation.name not in ("pkill", "pgrep"):
            continue
        for option, word in itertools.pairwise(words):
            write = _several(script, word) if option.literal in _LISTS else None
            if write is not None:
                yield Problem(
                    script.place(use.unit.place(word.span)),
                    f"`{option.literal}` takes one word with commas, and `{write.name}` may hold"
                    " several lines",
                    related=(Note(script.place(write.span), "found here"),),
                    fix=_fix(script, write),
                )


def _fix(script: ShellScript, write: Write) -> Fix | None:
    match write.value:
        case Word(parts=(Substitution(backquoted=False) as made,)):
            joined = insertion(made.span.end - 1, " | paste -sd,")
            return script_fix(script, "put commas between them", joined, unit=write.unit)
    return None


def _several(script: ShellScript, word: Word) -> Write | None:
    """The assignment of a variable that may hold more than one number."""
    match word.parts:
        case (Variable(name=name, operator=""),):
            writes = script.writes_by_name.get(name, ())
            if len(writes) == 1 and isinstance(writes[0].value, Word):
                value = writes[0].value
                text = writes[0].unit.text[value.span.start : value.span.end]
                made = any(isinstance(part, Substitution) for part in value.parts)
                if made and _SEVERAL.search(text) and not _JOINED.search(text):
                    return writes[0]
    return None
