"""A file that *is* an SSM document.

`schemaVersion` alone proves nothing (Grafana dashboards, Distributor manifests and other
tools' JSON have it too), so the body that a version needs must be there as well.
"""

from __future__ import annotations

from ssmlint.model.document import DocumentKind, SsmDocument
from ssmlint.tree import Mapping, Tree


def document_kind(root: Mapping) -> DocumentKind | None:
    """What kind of SSM document a mapping is, None where it is none."""
    version = root.get_scalar("schemaVersion")
    if version is None:
        return None
    if root.get("mainSteps") is not None:
        return DocumentKind.AUTOMATION if version.text.startswith("0") else DocumentKind.COMMAND
    if root.get("runtimeConfig") is not None:
        return DocumentKind.COMMAND
    if root.get_scalar("sessionType") is not None:
        return DocumentKind.SESSION
    return None


def documents(tree: Tree) -> tuple[SsmDocument, ...]:
    """The SSM documents among the roots of a tree."""
    found = []
    for root in tree.roots:
        if isinstance(root, Mapping):
            kind = document_kind(root)
            if kind is not None:
                found.append(SsmDocument(tree.source, tree, root, kind))
    return tuple(found)
