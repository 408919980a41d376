"""Where the reading of a script stands, and what it has met so far.

The grammar of bash is recursive: a word holds `$(...)`, which holds statements, which hold
words.  The modules that read it import each other in one direction only; the ways back
up are the callables that `Cursor` carries.
"""

from __future__ import annotations

import bisect
import enum
import re
from collections.abc import Callable, Sequence
from dataclasses import field

from ssmlint.embedded import PlaceholderSpan
from ssmlint.records import dataclass
from ssmlint.shell.statements import Arithmetic, Block, Placeholder, Redirect, Variable
from ssmlint.source import Span

#: Constructs inside constructs.  Every level costs the reader, and whoever walks the tree,
#: up to fourteen Python frames of the 1,000 there are; no script comes near.
MAX_DEPTH = 50
#: Errors after which the rest of the script is left alone.
MAX_ERRORS = 50

#: Stands for every character of a placeholder while the script is read: a plain word
#: character in all contexts, part of no name.  (Private use area.)
MASK = "\ue000"
#: Stands for a character that bash removes before it reads on (the backslashes inside
#: backquotes), so that offsets stay what they are.
FILLER = "\ue001"

#: Most attempts to read something end at its first character, which is quicker to ask about.
_BLANKS_FIRST = f" \t{FILLER}\\"
_BLANKS = re.compile(rf"(?:[ \t{FILLER}]|\\\n)+")
_SPACE = re.compile(rf"(?:[ \t\n{FILLER}]|\\\n)+")
_COMMENT = re.compile(r"#[^\n]*")


class Quoting(enum.Enum):
    """How the shell reads the characters at some place of a script."""

    BARE = "bare"
    DOUBLE = "double-quoted"
    SINGLE = "single-quoted"
    HEREDOC = "here-document"
    HEREDOC_QUOTED = "quoted here-document"
    COMMENT = "comment"
    ARITHMETIC = "arithmetic"


@dataclass(frozen=True, slots=True)
class SyntaxProblem:
    """A place where bash objects, or warns; `related` is another that explains it."""

    span: Span
    message: str
    related: Span | None = None
    label: str = ""
    """What is to be seen at `related`."""


class Unreadable(Exception):
    """The statement at hand breaks the grammar; the problem has been noted already."""


class TooDeep(Exception):
    """The script nests deeper than `MAX_DEPTH`."""


@dataclass(slots=True)
class Pending:
    """A here-document whose body has not been reached yet."""

    redirect: Redirect
    delimiter: str
    quoted: bool
    strip_tabs: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A place between two statements of the script itself, and how much was met up to there.

    Nothing else matters to what is read from there on.
    """

    pos: int
    seen: int
    """How far, at most, somebody has looked to tell what stands in front of the place."""
    statements: int
    comments: int
    regions: int
    misaligned: Span | None


@dataclass(slots=True)
class Cursor:
    """The state of one reading.  Offsets are code points into the whole script."""

    text: str
    """The script with every placeholder masked; `written` has the original."""
    original: str
    end: int
    placeholders: Sequence[PlaceholderSpan]
    """In order, not overlapping."""
    block: Callable[[Cursor, frozenset[str]], Block]
    """Reads statements up to one of the given tokens (which it leaves standing)."""
    arithmetic: Callable[[Cursor, Span, Span, bool], Arithmetic]
    """Reads an expression: the span of all, the span of the inside, whether quoted."""
    braces: Callable[[Cursor, bool], Variable | Placeholder]
    """Reads `${...}`, which starts here; says whether it stands in quotes."""
    heredoc: Callable[[Cursor, Pending], None]
    """Reads a here-document's body, which starts here, up to behind its delimiter."""
    extglob: bool = False
    """Whether the script turns on `extglob`, so that `!(a|b)` is a pattern."""
    pos: int = 0
    depth: int = 0
    closers: tuple[frozenset[str], ...] = ()
    """For each construct that is open, the tokens that it waits for."""
    deepest: int = 0
    """How deep the script has been seen to nest, or to chain `&&` and `||`."""
    pending: list[Pending] = field(default_factory=list)
    problems: list[SyntaxProblem] = field(default_factory=list)
    warnings: list[SyntaxProblem] = field(default_factory=list)
    misaligned: Span | None = None
    """What opened the first construct whose end is indented less than its start."""
    comments: list[Span] = field(default_factory=list)
    regions: list[tuple[int, int, Quoting]] = field(default_factory=list)
    seen: int = 0
    """How far somebody has looked who did not go there."""
    marks: list[Mark] = field(default_factory=list)
    """The places between statements, up to the first error."""

    def peek(self, ahead: int = 0) -> str:
        """The character here (or `ahead` of here), `""` at the end."""
        at = self.pos + ahead
        return self.text[at] if at < self.end else ""

    def at(self, token: str) -> bool:
        """Whether `token` stands here."""
        return self.text.startswith(token, self.pos, self.end)

    def written(self, start: int, end: int) -> str:
        """The script's own text, placeholders as they were written."""
        return self.original[start:end]

    def enter(self) -> None:
        """Goes one level deeper; raises `TooDeep` past `MAX_DEPTH`."""
        self.depth += 1
        self.note_depth(self.depth)
        if self.depth > MAX_DEPTH:
            raise TooDeep

    def leave(self) -> None:
        """Comes back from `enter`."""
        self.depth -= 1

    def note_depth(self, depth: int) -> None:
        """Remembers that the tree may be this deep somewhere."""
        self.deepest = max(self.deepest, depth)

    def skip_blanks(self) -> None:
        """Goes past spaces, tabs and continued line ends."""
        at = self.pos
        if at < self.end and self.text[at] in _BLANKS_FIRST:
            match = _BLANKS.match(self.text, at, self.end)
            if match:
                self.pos = match.end()

    def behind_blanks(self) -> str:
        """The character behind spaces, tabs and continued line ends, `""` at the end."""
        at = self.pos
        if at < self.end and self.text[at] in _BLANKS_FIRST:
            match = _BLANKS.match(self.text, at, self.end)
            at = match.end() if match else at
        return self.text[at] if at < self.end else ""

    def skip_comment(self) -> bool:
        """Goes past a comment that starts here; says whether there was one."""
        if self.pos >= self.end or self.text[self.pos] != "#":
            return False
        match = _COMMENT.match(self.text, self.pos, self.end)
        assert match is not None
        self.pos = match.end()
        self.comments.append(Span(match.start(), match.end()))
        return True

    def skip_newline(self) -> bool:
        """Goes past a line end and the here-documents that begin behind it."""
        if self.pos >= self.end or self.text[self.pos] != "\n":
            return False
        self.pos += 1
        while self.pending:
            self.heredoc(self, self.pending.pop(0))
        return True

    def skip_lines(self) -> None:
        """Goes past blanks, comments and line ends up to the next token."""
        while True:
            if self.pending:
                self.skip_blanks()
            else:
                match = _SPACE.match(self.text, self.pos, self.end)
                self.pos = match.end() if match else self.pos
            if not self.skip_newline() and not self.skip_comment():
                return

    @property
    def is_clean(self) -> bool:
        """Whether nothing was wrong so far, and no here-document is waited for."""
        return not (self.pending or self.problems or self.warnings)

    def mark(self, statements: int) -> None:
        """Note that a statement of the script has ended here; so many have."""
        here = len(self.comments), len(self.regions), self.misaligned
        self.marks.append(Mark(self.pos, self.seen, statements, *here))

    def problem(self, span: Span, message: str, opening: Span | None = None) -> None:
        """Notes a place where bash objects; `opening` is the start of what it breaks."""
        label = f"`{self.written(opening.start, opening.end)}` stands here" if opening else ""
        self.problems.append(SyntaxProblem(span, message, opening, label))

    def placeholders_in(self, start: int, end: int) -> Sequence[PlaceholderSpan]:
        """The placeholders that begin in a range."""
        if not self.placeholders:
            return ()
        first = bisect.bisect_left(self.placeholders, start, key=_start)
        last = bisect.bisect_left(self.placeholders, end, key=_start)
        return self.placeholders[first:last]


def _start(placeholder: PlaceholderSpan) -> int:
    return placeholder.start
