"""Scripts inside documents: the text the agent runs, and the way back into the file.

The agent joins the items of `runCommand` with line feeds into one `_script.sh` and runs it
as `sh -c <path>` (aws/amazon-ssm-agent, `agent/plugins/runscript/runshellscript.go`), so
the items are one script here too, and `#!` counts only as its very first bytes.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterator

from ssmlint.model.document import SsmDocument, Step
from ssmlint.model.references import PARAMETER_STORE, REFERENCE, Reference, references_in
from ssmlint.records import dataclass
from ssmlint.source import Source, Span
from ssmlint.sourcemap import SourceMap, source_map
from ssmlint.tree import Node, Scalar, Sequence

SHELL_ACTION = "aws:runShellScript"

_SHEBANG = re.compile(r"#![ \t]*(?P<program>\S+)(?:[ \t]+(?P<argument>[^\r\n]*))?")

# A generator will put other text here before AWS ever sees it: what stands there now is
# not the script that runs.
_GENERATED = re.compile(r"%%[A-Z]+=[^%\n]*%%|[A-Z]+_PLACEHOLDER::")


@dataclass(frozen=True, slots=True)
class Piece:
    """One scalar's part of a script, `[start, end)` in code points of the script."""

    start: int
    end: int
    scalar: Scalar
    mapping: SourceMap


@dataclass(frozen=True, slots=True)
class PlaceholderSpan:
    """A `{{ reference }}` inside a script."""

    start: int
    """In code points of the script, braces included."""
    end: int
    name: str


@dataclass(eq=False)
class Script:
    """The text of one step's script with its source map."""

    document: SsmDocument
    step: Step
    text: str
    pieces: tuple[Piece, ...]

    @property
    def source(self) -> Source:
        """The file the script stands in."""
        return self.document.source

    def span(self, start: int, end: int) -> Span:
        """The span in the file of `text[start:end]`."""
        first = self.piece(start)
        last = self.piece(max(start, end - 1))
        if first is last:
            return first.mapping.span(start - first.start, min(end, first.end) - first.start)
        tail = last.mapping.span(0, min(end, last.end) - last.start)
        head = first.mapping.span(start - first.start, first.end - first.start)
        return Span(head.start, max(head.end, tail.end))

    def place(self, span: Span) -> Span:
        """The span in the file of a span in the script."""
        return self.span(span.start, span.end)

    def index(self, offset: int) -> int | None:
        """The offset in the script of a file offset, None where it is outside of it."""
        for piece in self.pieces:
            if offset in piece.scalar.span:
                found = piece.mapping.index(offset)
                return None if found is None else piece.start + found
        return None

    def piece(self, offset: int) -> Piece:
        """The piece that an offset is in; a line feed between two belongs to the first."""
        starts = self._starts
        return self.pieces[max(0, bisect.bisect_right(starts, offset) - 1)]

    @functools.cached_property
    def _starts(self) -> list[int]:
        return [piece.start for piece in self.pieces]

    @functools.cached_property
    def placeholders(self) -> tuple[PlaceholderSpan, ...]:
        """The `{{ references }}` in the script, in order."""
        found = [
            PlaceholderSpan(match.start(), match.end(), match["name"])
            for match in REFERENCE.finditer(self.text)
        ]
        taken = {item.start for item in found}
        for match in PARAMETER_STORE.finditer(self.text):
            if match.start() not in taken:
                name = f"ssm:{match['path']}"
                found.append(PlaceholderSpan(match.start(), match.end(), name))
        return tuple(sorted(found, key=lambda item: item.start))

    @functools.cached_property
    def references(self) -> tuple[Reference, ...]:
        """The same references as the document model sees them, with file spans."""
        return tuple(
            reference
            for piece in self.pieces
            for reference in references_in(self.source, piece.scalar)
        )

    @property
    def shebang(self) -> str | None:
        """The interpreter line without `#!`, None where the first bytes are not `#!`."""
        match = _SHEBANG.match(self.text)
        if match is None:
            return None
        return " ".join(part for part in (match["program"], match["argument"]) if part)

    @property
    def interpreter(self) -> str:
        """`bash`, `sh`, `python3` ...: the basename of the program that runs the script.

        Without a shebang it is `sh`, which is dash on Debian and Ubuntu.
        """
        match = _SHEBANG.match(self.text)
        if match is None:
            return "sh"
        name = match["program"].rpartition("/")[2]
        if name == "env":
            words = [w for w in (match["argument"] or "").split() if not w.startswith("-")]
            return words[0] if words else "sh"
        return name

    @property
    def is_shell(self) -> bool:
        """Whether a POSIX-like shell runs the script."""
        return self.interpreter in ("sh", "bash", "dash", "ksh", "ash", "zsh")

    @property
    def is_generated(self) -> bool:
        """Whether a generator's placeholder stands in for (part of) the script."""
        return _GENERATED.search(self.text) is not None


def scripts_of(document: SsmDocument) -> tuple[Script, ...]:
    """The shell scripts of a document, one per step that runs one."""
    return tuple(_scripts(document))


def _scripts(document: SsmDocument) -> Iterator[Script]:
    for step in document.steps:
        if step.action != SHELL_ACTION:
            continue
        for inputs in step.inputs:
            node = inputs.get("runCommand")
            script = _script(document, step, node) if node is not None else None
            if script is not None:
                yield script


def _script(document: SsmDocument, step: Step, node: Node) -> Script | None:
    items: list[Scalar] = []
    if isinstance(node, Scalar):
        items = [node]
    elif isinstance(node, Sequence):
        items = [item for item in node.items if isinstance(item, Scalar)]
        if len(items) != len(node.items):
            return None
    if not items or (len(items) == 1 and _is_one_reference(items[0])):
        return None
    pieces: list[Piece] = []
    offset = 0
    for item in items:
        end = offset + len(item.text)
        pieces.append(Piece(offset, end, item, source_map(document.source, item)))
        offset = end + 1
    text = "\n".join(item.text for item in items)
    return Script(document, step, text, tuple(pieces))


def _is_one_reference(scalar: Scalar) -> bool:
    return REFERENCE.fullmatch(scalar.text.strip()) is not None
