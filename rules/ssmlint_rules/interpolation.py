r"""Fixes for parameters that break out of a script. No rule.

Where a document has a parameter with `interpolationType: ENV_VAR` already, its agents know
that, and the value can be read from the environment variable `SSM_<name>`, which no value
breaks out of.  Elsewhere a pattern keeps the values harmless that every agent has checked
since ever.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ssmlint.embedded import Script
from ssmlint.model.document import DocumentKind, Parameter, SsmDocument
from ssmlint.restructuring import with_entry
from ssmlint.rewriting import in_scalar
from ssmlint.rule import Edit, Fix, Safety
from ssmlint.source import Source, Span
from ssmlint.tree import Scalar, scalars
from ssmlint_rules.patterns import matches

#: What is written instead of a reference, to read the variable.
Reading = str

_NUMBER = "^[0-9]+$"
_HARMLESS = "^[A-Za-z0-9_./:@=+,-]*$"
_WITH_BLANKS = "^[A-Za-z0-9_./:@=+, -]*$"


def fix_for(
    script: Script,
    parameter: Parameter,
    readings: Mapping[int, Reading | None],
    *,
    is_word: bool,
) -> Fix | None:
    """The fix for one parameter; `readings` are by where the references begin in the file.

    `is_word`: whether it stands without quotes, so that a value can have no blanks.
    """
    found = _from_environment(script.document, parameter, readings)
    return found or _restricted(script.document, parameter, is_word=is_word)


def _from_environment(
    document: SsmDocument, parameter: Parameter, readings: Mapping[int, Reading | None]
) -> Fix | None:
    """Hand the value over as a variable; only where every reference can read it so."""
    knows = any(other.is_env_var for other in document.parameters.values())
    is_right = document.schema_version == "2.2" and parameter.type == "String"
    if not (knows and is_right) or document.kind is not DocumentKind.COMMAND:
        return None
    changes: dict[Scalar, list[Edit]] = {}
    for reference in document.references_to(parameter.name):
        reading = readings.get(reference.span.start)
        if reading is None:
            return None
        change = Edit(Span(reference.start, reference.end), reading)
        changes.setdefault(reference.scalar, []).append(change)
    edits: list[Edit] = []
    for scalar, inner in changes.items():
        written = in_scalar(document.source, scalar, inner)
        if written is None:
            return None
        edits += written
    declared = _added(document.source, parameter, "interpolationType", "ENV_VAR")
    if declared is None or not edits:
        return None
    title = f"hand it over as the environment variable `SSM_{parameter.name}`"
    return Fix(title, (declared, *edits), Safety.UNSAFE)


def _restricted(document: SsmDocument, parameter: Parameter, *, is_word: bool) -> Fix | None:
    """Let only harmless characters pass, where nothing has been said of that before."""
    if parameter.field("allowedPattern") or parameter.field("allowedValues"):
        return None
    defaults = tuple(_defaults(parameter))
    first = (_NUMBER,) if defaults else ()
    for pattern in (*first, _HARMLESS, *(() if is_word else (_WITH_BLANKS,))):
        if all(matches(pattern, text) for text in defaults):
            edit = _added(document.source, parameter, "allowedPattern", pattern)
            title = f"let only values of `{pattern}` pass"
            return Fix(title, (edit,), Safety.UNSAFE) if edit is not None else None
    return None


def _defaults(parameter: Parameter) -> Iterator[str]:
    if parameter.default is not None:
        yield from (scalar.text for scalar in scalars(parameter.default))


def _added(source: Source, parameter: Parameter, key: str, value: str) -> Edit | None:
    """One more member of a declaration, behind its `type`."""
    fields = parameter.fields
    entry = fields.entry("type") if fields is not None else None
    if fields is None or entry is None:
        return None
    return with_entry(source, fields, key, value, behind=entry)
