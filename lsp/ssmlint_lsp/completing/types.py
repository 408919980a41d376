"""What a completion is."""

from __future__ import annotations

import enum

from ssmlint.records import dataclass
from ssmlint.source import Span


class CandidateKind(enum.Enum):
    """What is completed."""

    KEY = "key"
    VALUE = "value"
    ACTION = "action"
    PARAMETER = "parameter"
    STEP = "step"
    OUTPUT = "output"
    VARIABLE = "variable"
    FUNCTION = "function"
    FIELD = "field"
    DOCUMENT = "document"
    RULE = "rule"
    SNIPPET = "snippet"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that may stand at the cursor."""

    label: str
    kind: CandidateKind
    text: str
    """What is put there.  `$0` and `${1:word}` in it are places for the cursor."""
    span: Span
    """What it takes the place of, in the text with the cursor."""
    detail: str = ""
    about: str = ""
    """Markdown."""
    typed: str = ""
    """What is held against what has been typed, if that is not the label."""
    rank: int = 5
    """0 comes first."""
    is_deprecated: bool = False


def literal(text: str) -> str:
    """A text that stands for itself in a snippet."""
    return text.replace("\\", "\\\\").replace("$", "\\$").replace("}", "\\}")


def without_places(text: str) -> str:
    """A snippet as plain text, for editors that know no snippets."""
    out: list[str] = []
    at = 0
    while at < len(text):
        char = text[at]
        if char == "\\" and at + 1 < len(text):
            out.append(text[at + 1])
            at += 2
        elif char == "$" and text[at + 1 : at + 2].isdigit():
            at += 2
        elif char == "$" and text[at + 1 : at + 2] == "{":
            end = text.index("}", at)
            out.append(text[at + 2 : end].partition(":")[2])
            at = end + 1
        else:
            out.append(char)
            at += 1
    return "".join(out)
