"""Database clients that succeed although the SQL that they ran has failed.

SQL*Plus goes on after an error and ends with 0, unless it was told `WHENEVER SQLERROR EXIT`
with a code (SQL*Plus User's Guide and Reference; without one the code is that of success).
psql does the same with what it reads from a file or from standard input, and returns 3 only
where `ON_ERROR_STOP` is set (PostgreSQL manual, psql, "Exit Status"); a failing `-c` gives 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.records import dataclass
from ssmlint.shell.fields import UNKNOWN
from ssmlint.shell.options import read
from ssmlint.shell.outcomes import status_matters
from ssmlint.shell.programs import programs
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.units import Use

_WHENEVER = re.compile(
    r"\bwhenever\s+sqlerror\s+exit[ \t]+(?!success\b|0\b|commit\b|rollback\b)[\w:.&$]",
    re.IGNORECASE,
)
_STOPS = re.compile(r"\bON_ERROR_STOP\b")
#: Somebody reads the output for errors instead.
_READERS = re.compile(r"\b(?:[ef]?grep|case|g?awk|sed)\b|\[\[")
_COMPLAINTS = re.compile(r"ORA-|SP2-|ERROR|FATAL", re.IGNORECASE)
#: Statements of which the output counts, not the status.
_QUERY = re.compile(
    r"\s*(?:select|show|with|set|prompt|column|spool|exit|quit|\\\w+)\b", re.IGNORECASE
)
_CALL = re.compile(
    r"\b(?!count|max|min|sum|now|version|trim|coalesce)[a-z_]\w*\s*\(", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, eq=False)
class DeafClient:
    """A client whose status says nothing about its SQL, where the status is looked at."""

    use: Use
    remedy: str
    """What makes the client fail with its SQL."""


def deaf_clients(script: ShellScript) -> Iterator[DeafClient]:
    """The clients of which the script believes that they fail with their SQL, in order."""
    found = ((use, _remedy(script, use)) for use in script.uses)
    deaf = [DeafClient(use, remedy) for use, remedy in found if remedy is not None]
    if not deaf or _reads_complaints(script.script.text):
        return
    for client in deaf:
        if status_matters(script, client.use.unit, client.use.command):
            yield client


def _reads_complaints(text: str) -> bool:
    """Whether a line looks into an output for errors."""
    lines = (line for line in text.splitlines() if _COMPLAINTS.search(line))
    return any(_READERS.search(line) for line in lines)


def _remedy(script: ShellScript, use: Use) -> str | None:
    program = programs().get(use.invocation.name)
    match program.dialect if program is not None else "", use.invocation.name:
        case "oracle", "sqlplus":
            heard = _says(script, use, _WHENEVER)
            return None if heard else "begin with `whenever sqlerror exit failure`"
        case "postgresql", _:
            heard = _says(script, use, _STOPS) or _stops_by_option(use)
            return None if heard else "add `-v ON_ERROR_STOP=1`"
    return None


def _says(script: ShellScript, use: Use, setting: re.Pattern[str]) -> bool:
    """Whether the client is told to stop, may be told so, or has nothing to fail at."""
    texts = _fed(script, use)
    if not texts:
        return not _reads_file(use)
    if any(setting.search(text) or _only_asks(text) for text in texts):
        return True
    known = not any(UNKNOWN in text for text in texts)
    return not known and setting.search(script.script.text) is not None


def _fed(script: ShellScript, use: Use) -> list[str]:
    """What comes by standard input, also by that of the shell around: `su -c psql <<END`."""
    made = use.invocation
    own = {field.span for field in made.arguments}
    if any(text.span in own for text in made.texts):
        return []
    if made.texts or use.unit.command is None:
        return [text.text for text in made.texts]
    outer = (other for other in script.uses if other.command is use.unit.command)
    return [other.invocation.stdin.text for other in outer if other.invocation.stdin is not None]


def _reads_file(use: Use) -> bool:
    program = programs()[use.invocation.name]
    return read(use.invocation.arguments, program.grammar).has(*program.file_options)


def _stops_by_option(use: Use) -> bool:
    return any("ON_ERROR_STOP" in field.text for field in use.invocation.arguments)


def _only_asks(text: str) -> bool:
    """Whether a text does nothing but query, so that an empty answer is noticed."""
    if UNKNOWN in text:
        return False
    pieces = [piece for piece in re.split(r"[;\n]", text) if piece.strip()]
    return all(_QUERY.match(piece) for piece in pieces) and not _CALL.search(text)
