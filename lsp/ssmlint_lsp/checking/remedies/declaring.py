"""Declaring a parameter that is used."""

from __future__ import annotations

from ssmlint.engine import Facts
from ssmlint.model.document import SsmDocument
from ssmlint.restructuring import Value, with_entry
from ssmlint.rule import Edit, Finding, Fix, Safety

_TEXT: Value = {"type": "String"}


def parameter_declared(facts: Facts, finding: Finding) -> Fix | None:
    """Declare the parameter that a reference names, as a string."""
    for document in facts.of(SsmDocument):
        for reference in document.references:
            if reference.name_span == finding.span:
                edit = _declared(document, reference.name)
                title = f"declare the parameter `{reference.name}`"
                return Fix(title, (edit,), Safety.UNSAFE) if edit is not None else None
    return None


def _declared(document: SsmDocument, name: str) -> Edit | None:
    parameters = document.root.get_mapping("parameters")
    if parameters is not None and parameters.entries:
        return with_entry(document.source, parameters, name, _TEXT)
    if document.root.entry("parameters") is not None:
        return None
    steps = document.root.entry("mainSteps")
    if steps is None:
        return None
    return with_entry(document.source, document.root, "parameters", {name: _TEXT}, before=steps)
