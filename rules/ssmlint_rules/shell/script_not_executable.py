"""
## What it does
Reports a script that the script writes to a file, and then runs by its path, without making it executable.

## Why is this bad?
A file that a redirection makes has no permission to be executed. Whoever runs it by its path is refused:
the shell says `Permission denied` and the status is 126, and a unit of systemd fails with `203/EXEC` after
`systemd-run` has said that all is well. A watchdog that was started so never comes.

## Example
```bash
cat > /run/thaw-data <<'END'
#!/bin/bash
fsfreeze -u /data
END
systemd-run --on-active=150 /run/thaw-data  # <-
```
Use instead:
```bash
cat > /run/thaw-data <<'END'
#!/bin/bash
fsfreeze -u /data
END
chmod +x /run/thaw-data
systemd-run --on-active=150 /run/thaw-data
```
Use instead: or name the shell.
```bash
work=$(mktemp -d)
printf 'fsfreeze -u /data\\n' > "$work/thaw"
bash "$work/thaw"
```

A mode without the right to execute does not help:
```bash
work=$(mktemp -d)
printf '#!/bin/sh\\nfsfreeze -u /data\\n' > "$work/thaw"
chmod 0600 "$work/thaw"
"$work/thaw"  # <-
```

## References
- execve(2), EACCES; bash(1), Exit Status: 126
- systemd.exec(5): 203 is `EXIT_EXEC`
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.rule import Note, Problem, Severity, rule
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import Word
from ssmlint.shell.units import Use
from ssmlint.shell.written import path_of, written_files

#: Programs that may give a file a mode, or put another file in its place.
_GIVING = frozenset({"chmod", "install", "cp", "mv", "ln", "rsync", "setfacl", "umask", "tar"})
_NO_RIGHT = re.compile(r"0?[0246]{3}|[ugoa]*-[rwxX]+|[ugoa]*[+=][rw]+")


@rule("SH518", "script-not-executable", Severity.ERROR, on=ShellScript)
def script_not_executable(script: ShellScript) -> Iterator[Problem]:
    """Report the first run of each file that was written and never made executable."""
    paths = {made.path: made for made in reversed(written_files(script)) if "/" in made.path}
    names = {use.invocation.name for use in script.uses_in(script.main)} if paths else set()
    for path, made in paths.items():
        if path.rpartition("/")[2] not in names or any(
            _may_give(use, path, script) for use in script.uses
        ):
            continue
        run = next((use for use in script.uses_in(script.main) if _runs(use, path, script)), None)
        if run is not None:
            note = Note(script.place(made.span), "it is written here")
            yield Problem(
                script.place(run.span),
                f"`{path}` is not executable: nothing gives it that right",
                related=(note,),
            )


def _runs(use: Use, path: str, script: ShellScript) -> bool:
    """Whether a command runs the file itself, and no shell reads it."""
    name = use.invocation.name
    return name == path.rpartition("/")[2] and any(
        path_of(word, script) == path for word in use.command.words
    )


def _may_give(use: Use, path: str, script: ShellScript) -> bool:
    """Whether a command may make the file executable."""
    if use.invocation.name not in _GIVING:
        return False
    words = use.command.words[1:]
    if use.command.name == "chmod" and any(path_of(word, script) == path for word in words):
        return not any(_NO_RIGHT.fullmatch(word.literal or "") for word in words)
    recursive = any(re.match(r"-[a-z]*R|--recursive", word.literal or "") for word in words)
    below = use.command.name != "chmod" or recursive
    return any(_may_be(word, path, script, below) for word in words)


def _may_be(word: Word, path: str, script: ShellScript, below: bool) -> bool:
    """Whether a word may name the file, or with `below` a folder of it."""
    text = path_of(word, script)
    if "$" in text or "*" in text or text.rpartition("/")[2] == path.rpartition("/")[2]:
        return True
    return below and path.startswith(text)
