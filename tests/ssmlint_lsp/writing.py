"""One document in every form that it can be written in, for tests of places in it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from ssmlint.engine import Facts
from ssmlint.files import read
from ssmlint.settings import DEFAULTS
from ssmlint.source import Source, Span
from ssmlint.workspace import Workspace

CURSOR = "‸"

SCRIPT = """\
#!/bin/bash
# 🧊 freezes {{ folder }}
STATE=/run/🧊state
freeze() {
    local mount=$1 code
    fsfreeze -f "$mount" || return 1
    echo "🧊 froze ${mount}: {{ folder }}" > "$STATE"
}
for mount in {{ folder }} /data; do
    freeze "$mount" || exit 201
done
echo "$STATE '{{ command }}'"
"""

HEAD = """\
schemaVersion: '2.2'
description: 🧊 a document with more than letters
parameters:
  command:
    type: String
    default: dry-run
    allowedValues: [pre-script, post-script, dry-run]
  folder:
    type: String
    description: 🧊 {{ folder }} is no reference here
    default: /data
mainSteps:
  - action: aws:runShellScript
    name: freeze_it
    inputs:
      timeoutSeconds: '120'
"""


def literal(script: str = SCRIPT) -> str:
    """The script as a literal block."""
    lines = "".join(f"        {line}".rstrip(" ") for line in script.splitlines(keepends=True))
    return f"{HEAD}      runCommand:\n      - |\n{lines}"


def crlf(script: str = SCRIPT) -> str:
    """The same with CR LF at the ends of its lines."""
    return literal(script).replace("\n", "\r\n")


def folded(script: str = SCRIPT) -> str:
    """A folded block: an empty line for each line break."""
    text = "".join(f"        {line}\n" if line.strip() else "\n" for line in _folded(script))
    return f"{HEAD}      runCommand:\n      - >\n{text}"


def _folded(script: str) -> list[str]:
    found: list[str] = []
    lines = script.splitlines()
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        found.append(line)
        more_indented = line.startswith(" ") or following.startswith(" ")
        if not more_indented:
            found.append("")
    return found


def double_quoted(script: str = SCRIPT) -> str:
    """A double-quoted scalar over several lines of the file."""
    lines = [json.dumps(line, ensure_ascii=False)[1:-1] for line in script.splitlines()]
    # A space where a line of the file begins would be indentation, if nothing escaped it.
    kept = [f"\\{line}" if line.startswith(" ") else line for line in lines]
    text = "\\n\\\n          ".join(kept)
    return f'{HEAD}      runCommand:\n        - "{text}\\n"\n'


def single_quoted(script: str = SCRIPT) -> str:
    """A single-quoted scalar; a line break needs an empty line."""
    text = script.replace("'", "''").rstrip("\n")
    folded = re.sub(r"\n *", "\n\n          ", text)
    return f"{HEAD}      runCommand:\n        - '{folded}'\n"


def items(script: str = SCRIPT) -> str:
    """An item for each line, quoted as YAML needs it."""
    lines = "".join(
        f"        - {json.dumps(line, ensure_ascii=False)}\n" for line in script.splitlines()
    )
    return f"{HEAD}      runCommand:\n{lines}"


def as_json(script: str = SCRIPT, ascii: bool = False) -> str:
    """JSON with the script in one string."""
    return json.dumps(data(script), indent=2, ensure_ascii=ascii) + "\n"


def escaped_json(script: str = SCRIPT) -> str:
    """JSON in which everything beyond ASCII is an escape."""
    return as_json(script, ascii=True)


def data(script: str = SCRIPT) -> object:
    """The document as data."""
    return {
        "schemaVersion": "2.2",
        "description": "🧊 a document with more than letters",
        "parameters": {
            "command": {
                "type": "String",
                "default": "dry-run",
                "allowedValues": ["pre-script", "post-script", "dry-run"],
            },
            "folder": {
                "type": "String",
                "description": "🧊 {{ folder }} is no reference here",
                "default": "/data",
            },
        },
        "mainSteps": [
            {
                "action": "aws:runShellScript",
                "name": "freeze_it",
                "inputs": {"timeoutSeconds": "120", "runCommand": [script]},
            }
        ],
    }


FORMS: dict[str, Callable[[str], str]] = {
    "literal": literal,
    "crlf": crlf,
    "folded": folded,
    "double": double_quoted,
    "single": single_quoted,
    "items": items,
    "json": as_json,
    "escaped": escaped_json,
}


def path_of(text: str) -> str:
    """A fitting name for a file with that text."""
    return "document.json" if text.lstrip().startswith("{") else "document.yaml"


def facts_of(text: str, path: str = "") -> Facts:
    """The facts of a file that stands alone."""
    file = read(Source(path or path_of(text), text))
    return Facts(file, Workspace(file.documents), DEFAULTS)


def at_cursor(marked: str) -> tuple[str, int]:
    """A text without the mark of the cursor, and where it stood."""
    offset = marked.index(CURSOR)
    return marked.replace(CURSOR, "", 1), offset


def offset_of(text: str, snippet: str, inside: str | None = None, count: int = 1) -> int:
    """Where `inside` begins in the `count`-th appearance of `snippet`."""
    at = -1
    for _ in range(count):
        at = text.index(snippet, at + 1)
    return at + snippet.index(inside if inside is not None else snippet)


def written(facts: Facts, spans: list[Span]) -> list[str]:
    """What stands at spans of the file."""
    return [facts.file.source.at(span) for span in spans]
