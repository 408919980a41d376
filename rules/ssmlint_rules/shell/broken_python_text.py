"""
## What it does
Reports Python in a shell script (`python3 - <<'END'`, `python3 -c '...'`) that no Python 3 takes, and names in
it that nothing defines.

## Why is this bad?
bash does not look into the text, and neither does shellcheck: Python finds the mistake in the run. It then
ends with 1 and prints nothing on its standard output, and a loop over what it was to list runs zero times.
A name that nothing defines is a `NameError`, perhaps only in the branch that is for errors.

## Example
```bash
mounts=$(python3 - <<'END'
import subprocess
table = json.loads(subprocess.check_output(["findmnt", "--json"]))  # <-
print(table["filesystems"][0]["target"])
END
)
```
Use instead:
```bash
mounts=$(python3 - <<'END'
import json, subprocess
table = json.loads(subprocess.check_output(["findmnt", "--json"]))
print(table["filesystems"][0]["target"])
END
)
```

What is no Python at all:
```bash
findmnt --json | python3 -c '
import json, sys
for entry in json.load(sys.stdin)["filesystems"]:
print(entry["target"])  # <-
'
```
Use instead:
```bash
findmnt --json | python3 -c '
import json, sys
for entry in json.load(sys.stdin)["filesystems"]:
    print(entry["target"])
'
```

A text with variables of the shell in it is not looked at, and which Python 3 the instance has is not known:
only what is refused by all of them is reported.

## References
- [Python tutorial, Errors and Exceptions](https://docs.python.org/3/tutorial/errors.html)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.rule import Problem, Severity, rule
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import Literal, Placeholder, Word
from ssmlint.shell.units import Use
from ssmlint.source import Span

_PYTHON = re.compile(r"python3(\.\d+)?")
#: Newer than any: what is refused for this one, every Python 3 refuses.
_ANY = (3, 999)


@rule("SH519", "broken-python-text", Severity.ERROR, on=ShellScript)
def broken_python_text(script: ShellScript) -> Iterator[Problem]:
    """Report the first syntax error of each text, or the names that it lacks."""
    for use in script.uses_in(script.main):
        if _PYTHON.fullmatch(use.invocation.name):
            span = _text_of(use, script)
            if span is not None:
                yield from _problems(script, span)


def _text_of(use: Use, script: ShellScript) -> Span | None:
    """Where the Python stands, if all of it is known, and stands there as it is."""
    arguments = [argument.text for argument in use.invocation.arguments]
    if "-c" in arguments:
        # `python3 -c text`: none of the options of Python in front of it has a value.
        text = arguments[arguments.index("-c") + 1 :][:1]
        word = next((w for w in use.command.words if text and w.literal == text[0]), None)
        return _inside_quotes(word, script) if word is not None else None
    if any(not argument.startswith("-") for argument in arguments):
        return None
    for redirect in use.command.redirects:
        if redirect.operator == "<<" and redirect.target is not None:
            plain = redirect.heredoc_delimiter_quoted or _is_plain(redirect.target)
            return redirect.target.span if plain and _is_plain(redirect.target) else None
    return None


def _inside_quotes(word: Word, script: ShellScript) -> Span | None:
    written = script.written(word.span)
    inside = Span(word.span.start + 1, word.span.end - 1)
    quoted = written[:1] == written[-1:] and (written[:1] == "'" or "\\" not in written)
    return inside if quoted and script.written(inside) == word.literal else None


def _is_plain(word: Word) -> bool:
    return all(isinstance(part, (Literal, Placeholder)) for part in word.parts)


def _problems(script: ShellScript, span: Span) -> Iterator[Problem]:
    # Not at the top: most documents have no Python in them.
    from ssmlint.python.names import undefined_names
    from ssmlint.python.syntax import parse

    text = script.script.masked[span.start : span.end]
    syntax = parse(text, _ANY)
    problem = syntax.problem
    if problem is not None and not problem.message.startswith("f-string"):
        place = Span(span.start + problem.span.start, span.start + problem.span.end)
        yield Problem(script.place(place), f"this is no Python: {problem.message}")
    for found in undefined_names(syntax, text):
        place = Span(span.start + found.span.start, span.start + found.span.end)
        what = f": `import {found.name}` is missing" if found.is_module else ""
        late = "read here before the function sets it" if found.is_local else "never defined"
        yield Problem(script.place(place), f"`{found.name}` is {late}{what}")
