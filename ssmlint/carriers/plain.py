"""A file that *is* an SSM document.

`schemaVersion` alone proves nothing (Grafana dashboards, Distributor manifests and other
tools' JSON have it too), so something that only an SSM document has must be there as well.
A misspelled `mainSteps` or `schemaVersion` must not make a document invisible: what would
be refused would then look clean.
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.carriers.looks import SESSION_KEYS
from ssmlint.model.automation import ACTIONS
from ssmlint.model.document import DocumentKind, SsmDocument
from ssmlint.tree import Mapping, Node, Scalar, Sequence, Tree

_PARAMETER_TYPES = frozenset({"String", "StringList", "StringMap", "MapList", "Integer", "Boolean"})

_VERSIONS = frozenset({"0.3", "1.0", "1.2", "2.0", "2.0.1", "2.0.2", "2.0.3", "2.2"})


def document_kind(root: Mapping) -> DocumentKind | None:
    """What kind of SSM document a mapping is, None where it is none."""
    version = root.get_scalar("schemaVersion")
    if version is None:
        return _kind(root, "") if _actions(root.get("mainSteps")) else None
    if root.get("mainSteps") is not None or root.get("runtimeConfig") is not None:
        return _kind(root, version.text)
    if root.get_scalar("sessionType") is not None or _is_session(root, version.text):
        return DocumentKind.SESSION
    if root.get_sequence("executableRunBooks") is not None:
        return DocumentKind.AUTOMATION  # a change template
    is_document = _has_steps(root) or (version.text in _VERSIONS and _has_parameters(root))
    return _kind(root, version.text) if is_document else None


def _kind(root: Mapping, version: str) -> DocumentKind:
    if version in _VERSIONS or version.startswith("0"):
        is_automation = version.startswith("0")
    else:
        actions = {action for entry in root for action in _actions(entry.value)}
        is_automation = bool(actions & ACTIONS)
    return DocumentKind.AUTOMATION if is_automation else DocumentKind.COMMAND


def _is_session(root: Mapping, version: str) -> bool:
    """Whether a mapping is a Session document that has lost its `sessionType`."""
    inputs, properties = root.get_mapping("inputs"), root.get_mapping("properties")
    if version != "1.0" or not (inputs or properties):
        return False
    found = [*(inputs or ()), *(properties or ())]
    if any(entry.key.text in SESSION_KEYS for entry in found):
        return True
    systems = (e.value for e in found if e.key.text in ("linux", "windows", "macos"))
    return any(isinstance(node, Mapping) and node.get("commands") for node in systems)


def _has_steps(root: Mapping) -> bool:
    """Whether a list of steps, or a map of plugins, stands under any key."""
    return any(_actions(entry.value) or _is_plugins(entry.value) for entry in root)


def _actions(node: Node | None) -> tuple[str, ...]:
    return tuple(_actions_in(node)) if isinstance(node, Sequence) else ()


def _actions_in(steps: Sequence) -> Iterator[str]:
    for item in steps:
        action = item.get_scalar("action") if isinstance(item, Mapping) else None
        if action is not None and action.text.startswith("aws:"):
            yield action.text


def _is_plugins(node: Node) -> bool:
    if not isinstance(node, Mapping) or not node.entries:
        return False
    return all(entry.key.text.startswith("aws:") for entry in node)


def _has_parameters(root: Mapping) -> bool:
    """Whether there are parameters, and each has a type that only Systems Manager has."""
    parameters = root.get_mapping("parameters")
    if parameters is None or not parameters.entries:
        return False
    types = [e.value.get("type") for e in parameters if isinstance(e.value, Mapping)]
    return len(types) == len(parameters) and all(
        isinstance(node, Scalar) and node.text in _PARAMETER_TYPES for node in types
    )


def documents(tree: Tree) -> tuple[SsmDocument, ...]:
    """The SSM documents among the roots of a tree."""
    found = []
    for root in tree.roots:
        if isinstance(root, Mapping):
            kind = document_kind(root)
            if kind is not None:
                found.append(SsmDocument(tree.source, tree, root, kind))
    return tuple(found)
