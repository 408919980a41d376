"""Renaming a parameter everywhere in its document, as a fix. No rule."""

from __future__ import annotations

from ssmlint.model.document import Parameter, SsmDocument
from ssmlint.rule import Edit, Fix, Safety
from ssmlint_rules.edits import rewritten


def renamed(document: SsmDocument, parameter: Parameter, name: str) -> Fix | None:
    """Rename the declaration and every reference; None where the name is taken.

    Always unsafe: whoever calls the document must use the new name, too.
    """
    if not name or name in document.parameters or parameter.is_env_var:
        return None
    edits = [rewritten(document.source, parameter.key, name)]
    edits.extend(Edit(r.name_span, name) for r in document.references_to(parameter.name))
    return Fix(f"rename it to `{name}`", tuple(edits), Safety.UNSAFE)
