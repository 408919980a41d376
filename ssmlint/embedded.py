"""Scripts inside documents: the text that is run, and the way back into the file.

The agent joins the items of `runCommand` with line feeds into one `_script.sh` and runs it
as `sh -c <path>` (aws/amazon-ssm-agent, `agent/plugins/runscript/runshellscript.go`), so
the items are one script here too, and `#!` counts only as its very first bytes.  PowerShell
gets its `_script.ps1` in the same way (`runpowershellscript.go`), and Automation runs the
`Script` of `aws:executeScript` by the language of its `Runtime`.  What `aws:runCommand`
hands to AWS-RunShellScript and AWS-RunPowerShellScript as `commands` becomes their
`runCommand`.
"""

from __future__ import annotations

import bisect
import enum
import functools
import re
from collections.abc import Iterator

from ssmlint.model.document import DocumentKind, SsmDocument, Step
from ssmlint.model.references import PARAMETER_STORE, REFERENCE, Reference, references_in
from ssmlint.records import dataclass
from ssmlint.reuse import once
from ssmlint.source import Source, Span
from ssmlint.sourcemap import SourceMap, source_map
from ssmlint.tree import Mapping, Node, Scalar, Sequence

SHELL_ACTION = "aws:runShellScript"


class Language(enum.Enum):
    """What a step's script is written in; a shell script may name another in its `#!`."""

    SHELL = "shell"
    POWERSHELL = "PowerShell"
    PYTHON = "Python"


#: The input that holds the script, and its language, by plugin.
_PLUGINS = {
    SHELL_ACTION: ("runCommand", Language.SHELL),
    "aws:runPowerShellScript": ("runCommand", Language.POWERSHELL),
    "aws:psModule": ("runCommand", Language.POWERSHELL),
}

#: AWS's own documents that run what they are given, and what they run it by.
_RUNNERS = {
    "AWS-RunShellScript": Language.SHELL,
    "AWS-RunPowerShellScript": Language.POWERSHELL,
}

#: Stands for every character of a reference: a letter to every language, and in no script
#: (a click of Khoisan languages), so that a reference is a word and no place moves.
MASK = "\u01c0"

_SHEBANG = re.compile(r"#![ \t]*(?P<program>\S+)(?:[ \t]+(?P<argument>[^\r\n]*))?")

# A generator will put other text here before AWS ever sees it: what stands there now is
# not the script that runs.
_GENERATED = re.compile(r"%%[A-Z]+=[^%\n]*%%|[A-Z]+_PLACEHOLDER::")
#: One of these is in each of them; to look for a fixed text is many times as fast.
_GENERATED_MARKS = ("%%", "_PLACEHOLDER::")


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
    language: Language = Language.SHELL

    @property
    def source(self) -> Source:
        """The file the script stands in."""
        return self.document.source

    def span(self, start: int, end: int) -> Span:
        """The span in the file of `text[start:end]`."""
        first = self.piece(start)
        is_inside = end <= first.end or len(self.pieces) == 1
        last = first if is_inside else self.piece(max(start, end - 1))
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
    def masked(self) -> str:
        """The text with a word of the same length for every reference."""
        pieces: list[str] = []
        at = 0
        for placeholder in self.placeholders:
            pieces.append(self.text[at : placeholder.start])
            pieces.append(MASK * (placeholder.end - placeholder.start))
            at = placeholder.end
        return "".join([*pieces, self.text[at:]])

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
        if self.language is not Language.SHELL:
            return False
        return self.interpreter in ("sh", "bash", "dash", "ksh", "ash", "zsh")

    @property
    def is_generated(self) -> bool:
        """Whether a generator's placeholder stands in for (part of) the script."""
        return (
            any(mark in self.text for mark in _GENERATED_MARKS)
            and _GENERATED.search(self.text) is not None
        )


def scripts_of(
    document: SsmDocument, language: Language | None = Language.SHELL
) -> tuple[Script, ...]:
    """The scripts of a document in one language, or in all of them, in the order of steps."""
    found = all_scripts_of(document)
    return found if language is None else tuple(s for s in found if s.language is language)


@once
def all_scripts_of(document: SsmDocument) -> tuple[Script, ...]:
    """The scripts of a document, whatever they are written in."""
    return tuple(_scripts(document))


def _scripts(document: SsmDocument) -> Iterator[Script]:
    for step in document.all_steps:
        for node, language in _texts(document, step):
            script = _script(document, step, node, language)
            if script is not None:
                yield script


def language_of_input(action: str, inputs: Mapping, key: str) -> Language | None:
    """The language of what a step has in one of its inputs; None where that is no script."""
    if action in _PLUGINS:
        name, language = _PLUGINS[action]
        return language if key == name else None
    if action == "aws:executeScript" and key == "Script":
        return runtime_language(inputs)
    return None


def _texts(document: SsmDocument, step: Step) -> Iterator[tuple[Node, Language]]:
    """The nodes that hold a step's scripts."""
    if step.action in _PLUGINS:
        key, language = _PLUGINS[step.action]
        for inputs in step.inputs:
            node = inputs.get(key)
            if node is not None:
                yield node, language
    elif document.kind is DocumentKind.AUTOMATION:
        yield from _automation_texts(step)


def _automation_texts(step: Step) -> Iterator[tuple[Node, Language]]:
    for inputs in step.inputs:
        if step.action == "aws:executeScript":
            node = inputs.get_scalar("Script")
            language = runtime_language(inputs)
            if node is not None and language is not None:
                yield node, language
        elif step.action == "aws:runCommand":
            name = inputs.get_scalar("DocumentName")
            parameters = inputs.get_mapping("Parameters")
            commands = parameters.get("commands") if parameters is not None else None
            if commands is not None and name is not None and name.text in _RUNNERS:
                yield commands, _RUNNERS[name.text]


def runtime_language(inputs: Mapping) -> Language | None:
    """The language of the `Runtime` of `aws:executeScript`: `python3.11`, `PowerShell 7.0` ..."""
    runtime = inputs.get_scalar("Runtime")
    word = runtime.text.strip().casefold() if runtime is not None else ""
    if word.startswith("python"):
        return Language.PYTHON
    return Language.POWERSHELL if word.startswith("powershell") else None


def _script(document: SsmDocument, step: Step, node: Node, language: Language) -> Script | None:
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
    return Script(document, step, text, tuple(pieces), language)


def _is_one_reference(scalar: Scalar) -> bool:
    return REFERENCE.fullmatch(scalar.text.strip()) is not None
