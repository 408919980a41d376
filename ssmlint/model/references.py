"""`{{ references }}` in the values of a document.

Sources: facts of the agent (`framework/docparser/parameters/parameters.go`,
`parameterstore/parameterstore.go`): a name is letters and digits only, white space inside
the braces is allowed, nothing is escaped, and what is not declared is left as it is.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator

from ssmlint.records import dataclass
from ssmlint.source import Source, Span
from ssmlint.sourcemap import source_map
from ssmlint.tree import Scalar

#: What counts as an attempt at a reference: a name with perhaps dots, a colon prefix, a
#: path.  Docker's `{{.ID}}`, `{{json .}}` and Jinja's `{{ a | b }}` are something else.
REFERENCE = re.compile(
    r"\{\{[ \t]*(?P<name>[A-Za-z_][A-Za-z0-9_\-]*(?:[.:/][A-Za-z0-9_.:/\-]+)?)[ \t]*\}\}"
)

#: Resolved from Parameter Store, after the document's own parameters.
PARAMETER_STORE = re.compile(r"\{\{ *ssm(?:-secure)?:(?P<path>[/\w.:-]+) *\}\}")


class ReferenceKind(enum.Enum):
    """What a reference names."""

    PARAMETER = "parameter"
    PARAMETER_STORE = "Parameter Store"
    GLOBAL = "global"
    AUTOMATION = "automation"
    VARIABLE = "variable"
    STEP_OUTPUT = "step output"


@dataclass(frozen=True, slots=True)
class Reference:
    """One `{{ ... }}` in a scalar."""

    name: str
    """What stands between the braces, without the white space."""
    kind: ReferenceKind
    span: Span
    """In the file, braces included."""
    name_span: Span
    """In the file, the name only."""
    scalar: Scalar
    start: int
    """Offset of the opening braces in `scalar.text` (code points)."""
    end: int
    whole: bool
    """Whether the reference is the entire scalar, so that its value keeps its type."""


def kind_of(name: str) -> ReferenceKind:
    """What a name between the braces refers to, judged by its form alone."""
    prefix = name.partition(":")[0] if ":" in name else ""
    match prefix:
        case "ssm" | "ssm-secure":
            return ReferenceKind.PARAMETER_STORE
        case "global":
            return ReferenceKind.GLOBAL
        case "automation":
            return ReferenceKind.AUTOMATION
        case "variable":
            return ReferenceKind.VARIABLE
    return ReferenceKind.STEP_OUTPUT if "." in name else ReferenceKind.PARAMETER


def references_in(source: Source, scalar: Scalar) -> Iterator[Reference]:
    """Every reference in one scalar, in order."""
    if "{{" not in scalar.text:
        return
    mapping = source_map(source, scalar)
    for match in REFERENCE.finditer(scalar.text):
        yield Reference(
            name=match["name"],
            kind=kind_of(match["name"]),
            span=mapping.span(match.start(), match.end()),
            name_span=mapping.span(match.start("name"), match.end("name")),
            scalar=scalar,
            start=match.start(),
            end=match.end(),
            whole=match.group() == scalar.text.strip(),
        )
