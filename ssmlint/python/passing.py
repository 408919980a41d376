"""What a step of `aws:executeScript` passes to its handler."""

from __future__ import annotations

from collections.abc import Mapping

from ssmlint.python.scriptfacts import PythonScript
from ssmlint.records import dataclass
from ssmlint.source import Span
from ssmlint.tree import Entry
from ssmlint.tree import Mapping as MappingNode


@dataclass(frozen=True, eq=False)
class Payload:
    """The keys of an `InputPayload`; none where the step has no such input."""

    keys: Mapping[str, Entry]
    span: Span
    """Where to point when the payload as a whole is meant."""


def payload_of(script: PythonScript) -> Payload | None:
    """The payload of a script's step; None where its keys can not be told."""
    entry = script.step.input("InputPayload")
    if entry is None:
        return Payload({}, script.step.label_span)
    if not isinstance(entry.value, MappingNode):
        return None
    keys = {item.key.text: item for item in entry.value.entries}
    if any("{{" in key or key == "<<" for key in keys):
        return None
    return Payload(keys, entry.key.span)
