"""
## What it does
Reports a comparison of a program's error message with an English text, in a script that does
not set the language.

## Why is this bad?
Programs speak the language of the host: on a German one `fsfreeze` says "Das Gerät oder die
Ressource ist belegt", and a filesystem that is frozen already is not recognized. With
`LC_ALL=C` the messages are the ones that the script knows. The wording can change with the version
of a program all the same; an exit status is better, where there is one. Advice, hence severity
info.

## Example
```bash
message=$(fsfreeze -f /data 2>&1)
if [[ "$message" == *'Device or resource busy'* ]]; then  # <-
    exit 204
fi
```
Use instead:
```bash
export LC_ALL=C
message=$(fsfreeze -f /data 2>&1)
if [[ "$message" == *'Device or resource busy'* ]]; then
    exit 204
fi
```

## Fix safety
Unsafe: every program of the script speaks English then, and sorts and counts letters by their bytes.

## References
- [GNU gettext manual, Locale Environment Variables](https://www.gnu.org/software/gettext/manual/html_node/Locale-Environment-Variables.html)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.shell.constants import text_of
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import (
    Case,
    Command,
    Declaration,
    Redirect,
    Substitution,
    TestBinary,
    Variable,
    Word,
    walk,
)
from ssmlint.shell.variables import Way, Write
from ssmlint_rules.script_fixes import before_first_command

#: Two words or more: a sentence, not a keyword.
_SENTENCE = re.compile(r"[A-Za-z]{2,}[\s,:]+(?:\w+[\s,:]+)*[A-Za-z]{2,}")
_LANGUAGE = ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE")


@rule("SH502", "locale-dependent-match", Severity.INFO, on=ShellScript)
def locale_dependent_match(script: ShellScript) -> Iterator[Problem]:
    """Report each comparison of a captured error message."""
    if _sets_language(script):
        return
    for unit in script.units:
        pairs = [(t.left, t.right) for t in unit.index.of(TestBinary)]
        for case in unit.index.of(Case):
            pairs += [(case.subject, p) for item in case.items for p in item.patterns]
        for subject, pattern in pairs:
            write = _message(script, subject)
            if write is not None and _SENTENCE.search(text_of(pattern, script.constants)):
                yield Problem(
                    script.place(unit.place(pattern.span)),
                    "the message has other words in another language; the script sets no `LC_ALL=C`",
                    related=(Note(script.place(write.span), "the message"),),
                    fix=before_first_command(script, "export LC_ALL=C"),
                )


def _sets_language(script: ShellScript) -> bool:
    """Whether the language reaches the programs: `LC_ALL=C` alone sets it for the shell."""
    if any(name in script.provided for name in _LANGUAGE):
        return True
    exported = {
        assignment.name
        for unit in script.units
        for declaration in unit.index.of(Declaration)
        if declaration.keyword == "export" or any("x" in o for o in declaration.options)
        for assignment in declaration.assignments
    }
    return any(
        name != "LC_ALL" or name in exported or write.way is Way.FOR_ONE_COMMAND
        for name in _LANGUAGE
        for write in script.writes_by_name.get(name, ())
    )


def _message(script: ShellScript, word: Word) -> Write | None:
    """The assignment that catches what a command writes to standard error."""
    names = [part.name for part in word.parts if isinstance(part, Variable)]
    if len(names) != 1 or len(word.parts) != 1:
        return None
    for write in script.writes_by_name.get(names[0], ()):
        for node in walk(write.value) if write.value is not None else ():
            if isinstance(node, Substitution) and _catches_errors(node):
                return write
    return None


def _catches_errors(substitution: Substitution) -> bool:
    for statement in substitution.body:
        for node in walk(statement):
            if isinstance(node, Command) and any(map(_joins_errors, node.redirects)):
                return True
    return False


def _joins_errors(redirect: Redirect) -> bool:
    target = redirect.target.literal if redirect.target else None
    return redirect.descriptor == 2 and redirect.operator == ">&" and target == "1"
