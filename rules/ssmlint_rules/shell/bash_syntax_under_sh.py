"""
## What it does
Reports a script that uses constructs of bash but is run by `sh`, because it has no interpreter
line or names `sh` there.

## Why is this bad?
Without `#!/bin/bash` in its first bytes the agent lets `sh` run the script. On Amazon Linux and
Red Hat that is bash, on Debian and Ubuntu it is dash: `[[` is *not found* there, so that the
`if` takes its `else`; an array or `function` is a syntax error in the middle of a script whose
first half has run; `command &> /dev/null` starts the command in the background and succeeds.

## Example
```sh
if [[ -d /data ]]; then  # <-
    fsfreeze -f /data
fi
```
Use instead:
```sh
#!/bin/bash
if [[ -d /data ]]; then
    fsfreeze -f /data
fi
```

dash stops at an option that it does not know:
```sh
set -o pipefail  # <-
fsfreeze -f /data
```
Use instead:
```sh
#!/bin/bash
set -o pipefail
fsfreeze -f /data
```

## Fix safety
Unsafe: another shell runs the script then, and it must be installed.

## References
- [Bash manual, Major Differences From The Bourne Shell](https://www.gnu.org/software/bash/manual/html_node/Major-Differences-From-The-Bourne-Shell.html)
- dash(1)
- [amazon-ssm-agent, `plugins/runscript/runshellscript.go`](https://github.com/aws/amazon-ssm-agent/blob/mainline/agent/plugins/runscript/runshellscript.go)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.rule import Fix, Note, Problem, Safety, Severity, rule
from ssmlint.shell.dialect import bashisms
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.source import Span
from ssmlint_rules.insertions import first_line
from ssmlint_rules.script_fixes import script_fix

_SHOWN = 5
_TITLE = "let bash run the script"


@rule(
    "SH402",
    "bash-syntax-under-sh",
    Severity.WARNING,
    on=ShellScript,
    covers_script=("shellcheck/SC3",),
)
def bash_syntax_under_sh(script: ShellScript) -> Iterator[Problem]:
    """Report the first construct that needs bash; the others are related."""
    if script.script.interpreter not in ("sh", "dash", "ash"):
        return
    if script.script.shebang is None and re.search(r"^\s*#!.*\bbash\b", script.script.text, re.M):
        return  # shebang-not-first says it
    found = bashisms(script)
    if not found:
        return
    first, seen = found[0], {found[0].what}
    asked = script.script.shebang
    related = [_first_line(script, asked)]
    for other in found[1:]:
        if other.what not in seen and len(related) <= _SHOWN:
            related.append(Note(script.place(other.span), f"{other.what}, too"))
        seen.add(other.what)
    why = f"the script asks for `{asked}`" if asked else "without `#!/bin/bash` it is run by `sh`"
    yield Problem(
        script.place(first.span),
        f"{first.what} needs bash, but {why}, which is dash on Debian and Ubuntu",
        related=tuple(related),
        fix=_fix(script),
    )


def _first_line(script: ShellScript, asked: str | None) -> Note:
    """The line that decides which shell it is."""
    end = script.script.text.find("\n")
    words = f"this asks for `{asked}`" if asked else "the script begins here, without `#!/bin/bash`"
    return Note(script.place(Span(0, max(end, 1))), words)


def _fix(script: ShellScript) -> Fix | None:
    asked = re.match(r"#!(?:/usr)?/bin/((?:env )?\w+)", script.script.text)
    if asked is not None:
        return script_fix(script, _TITLE, (Span(2, asked.end()), "/bin/bash"))
    edit = first_line(script.script, "#!/bin/bash")
    return Fix(_TITLE, (edit,), Safety.UNSAFE) if edit else None
