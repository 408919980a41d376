"""Cutting the text of a database client (SQL, JavaScript, ObjectScript) into statements.

This is no parser of those languages: it knows what a comment, a string and the end of a
statement look like, so that the table of effects can look for statements without being
fooled by what is only quoted or commented out.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import field

from ssmlint.records import dataclass

_IDENTIFIER_STRING = re.compile(r"""(['"`])[\w.$-]*\1""")
_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")


@dataclass(frozen=True, slots=True)
class Statement:
    r"""One statement; `start` and `end` are offsets (code points) into the client's text.

    `text` is without comments, with white space folded and strings emptied.  An `escape`
    (`\! cmd`, `system cmd`, `host cmd`) is a command line for the shell, untouched.
    """

    text: str
    start: int
    end: int
    escape: bool = False


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """How one dialect is written; every item is a regular expression."""

    separator: str
    comment: str = r"--[^\n]*|/\*.*?(?:\*/|\Z)"
    string: str = r"'(?:[^']|'')*(?:'|\Z)"
    escape: str = r"(?!)(?P<first>)(?P<command>)"
    """Group `command` is the command line; with group `first` it counts only where a
    statement begins."""
    line: str = r"(?!)"
    """What begins a statement that ends with its line, whatever the separator is."""
    nested: bool = False
    """The end of a line is a separator only outside brackets."""


_GO = r"^[ \t]*go[ \t]*(?:\d+[ \t]*)?$"
_BACKSLASHED = r"""'(?:[^'\\]|\\.|'')*(?:'|\\?\Z)|"(?:[^"\\]|\\.|"")*(?:"|\\?\Z)"""
_SCRIPT_STRING = _BACKSLASHED + r"|`(?:[^`\\]|\\.)*(?:`|\\?\Z)"
_SQLPLUS_LINE = (
    r"(?:@|connect|conn|set|whenever|spool|exit|quit|prompt|show|col(?:umn)?|def(?:ine)?"
    r"|undef(?:ine)?|startup|shutdown|archive|recover|rem)\b"
)

#: mysql(1), psql(1), sqlplus, db2, hdbsql, isql, sqlcmd, cqlsh, redis-cli, mongosh,
#: InterSystems terminal: the client's own conventions, as in the manuals that
#: `commands.toml` names.
_LEXICONS = {
    "mysql": _Lexicon(
        separator=r";|\\[gG]",
        comment=r"--(?=\s|\Z)[^\n]*|#[^\n]*|/\*(?!!).*?(?:\*/|\Z)|/\*!\d*|\*/",
        string=_BACKSLASHED,
        escape=r"(?:\\!|(?P<first>system\b))[ \t]*(?P<command>[^;\n]*)",
    ),
    "postgresql": _Lexicon(
        separator=r";|\\g\b",
        escape=r"(?P<first>(?!))?\\![ \t]*(?P<command>[^\n]*)",
        line=r"\\",
    ),
    "oracle": _Lexicon(
        separator=r";|^[ \t]*/[ \t]*$",
        escape=r"(?P<first>!|ho(?:st)?\b)[ \t]*(?P<command>[^\n;]*)",
        line=_SQLPLUS_LINE,
    ),
    "db2": _Lexicon(separator=r"[;\n]", escape=r"(?P<first>!)[ \t]*(?P<command>[^\n;]*)"),
    "hana": _Lexicon(separator=r";"),
    "ase": _Lexicon(separator=rf";|{_GO}"),
    "sqlserver": _Lexicon(
        separator=rf";|{_GO}", escape=r"(?P<first>:?!!)[ \t]*(?P<command>[^\n]*)"
    ),
    "cassandra": _Lexicon(separator=r";", comment=r"--[^\n]*|//[^\n]*|/\*.*?(?:\*/|\Z)"),
    "redis": _Lexicon(separator=r"\n", comment=r"(?!)", string=_BACKSLASHED),
    "mongodb": _Lexicon(
        separator=r"[;\n]",
        comment=r"//[^\n]*|/\*.*?(?:\*/|\Z)",
        string=_SCRIPT_STRING,
        nested=True,
    ),
    "iris": _Lexicon(
        separator=r"\n",
        comment=r"//[^\n]*|;[^\n]*|/\*.*?(?:\*/|\Z)",
        string=r'"(?:[^"]|"")*(?:"|\Z)',
    ),
}
_DEFAULT = _Lexicon(separator=r";")


@functools.cache
def _scanner(lexicon: _Lexicon) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<comment>{lexicon.comment})|(?P<string>{lexicon.string})"
        rf"|(?P<escape>{lexicon.escape})|(?P<separator>{lexicon.separator})"
        rf"|(?P<line>{lexicon.line})|(?P<space>\s)|(?P<other>\w+|.)",
        re.IGNORECASE | re.MULTILINE | re.DOTALL,
    )


@functools.lru_cache(maxsize=512)
def statements(text: str, dialect: str) -> tuple[Statement, ...]:
    """The statements in `text`, in order, empty ones left out."""
    return tuple(_cut(text, _LEXICONS.get(dialect, _DEFAULT)))


@dataclass(slots=True)
class _Pending:
    """The statement being collected."""

    pieces: list[str] = field(default_factory=list)
    start: int = 0
    end: int = 0
    depth: int = 0
    line: bool = False
    """It ends with its line."""

    def add(self, piece: str, start: int, end: int) -> None:
        if not self.pieces:
            self.start = start
        self.pieces.append(piece)
        self.end = end
        self.depth = max(self.depth + (piece in _OPEN) - (piece in _CLOSE), 0)

    def space(self) -> None:
        if self.pieces and self.pieces[-1] != " ":
            self.pieces.append(" ")

    def statements(self) -> Iterator[Statement]:
        text = "".join(self.pieces).strip()
        if text:
            yield Statement(text, self.start, self.end)


def _cut(text: str, lexicon: _Lexicon) -> Iterator[Statement]:
    scanner, pending, position = _scanner(lexicon), _Pending(), 0
    while match := scanner.match(text, position):
        position = max(match.end(), position + 1)
        if match["first"] is not None and pending.pieces:
            position = match.end("first")
            pending.add(match["first"], *match.span("first"))
        elif match["escape"] is not None:
            yield from pending.statements()
            yield Statement(match["command"].strip(), *match.span("command"), escape=True)
            pending = _Pending()
        elif _ends(match, pending, lexicon):
            yield from pending.statements()
            pending = _Pending()
        else:
            _collect(match, pending)
    yield from pending.statements()


def _ends(match: re.Match[str], pending: _Pending, lexicon: _Lexicon) -> bool:
    if match["separator"] is not None:
        return match[0] != "\n" or not (lexicon.nested and pending.depth)
    return pending.line and match[0] == "\n"


def _collect(match: re.Match[str], pending: _Pending) -> None:
    if match["comment"] is not None or match[0].isspace():
        pending.space()
        return
    if match["line"] is not None and not pending.pieces:
        pending.line = True
    piece = match[0]
    if match["string"] is not None and not _IDENTIFIER_STRING.fullmatch(piece):
        piece = piece[0] * 2
    pending.add(piece, *match.span())
