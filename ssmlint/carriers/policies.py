"""A file that *is* one or several DLM lifecycle policies, in any form they come in.

The forms: bare policy details (what `--policy-details` takes), the requests of
`create-lifecycle-policy` and `update-lifecycle-policy` (`--cli-input-json`,
`--cli-input-yaml`), what `get-lifecycle-policy` returns, and lists of these.  No member
alone proves anything (many a tool has `Schedules`), so what makes a policy is a value that
only DLM has, or several of its members together.
"""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import LifecyclePolicy, PolicyForm
from ssmlint.tree import Mapping, Node, Scalar, Sequence, Tree

#: `PolicyType` values of the API, and what stays of them when one is misspelt.
_TYPE_WORDS = ("SNAPSHOT_MANAGEMENT", "IMAGE_MANAGEMENT", "EVENT_BASED")
_DETAILS = frozenset(
    (
        "PolicyType",
        "PolicyLanguage",
        "ResourceType",
        "ResourceTypes",
        "ResourceLocations",
        "TargetTags",
        "Schedules",
        "Parameters",
        "EventSource",
        "Actions",
        "CreateInterval",
        "RetainInterval",
        "CopyTags",
        "CrossRegionCopyTargets",
        "ExtendDeletion",
        "Exclusions",
    )
)
#: Members of a schedule that no other service's schedules have.
_SCHEDULE_RULES = (
    "CreateRule",
    "RetainRule",
    "FastRestoreRule",
    "CrossRegionCopyRules",
    "ShareRules",
    "DeprecateRule",
    "ArchiveRule",
)
_REQUEST = ("ExecutionRoleArn", "Description", "State", "PolicyId", "Tags", "DefaultPolicy")
_STORED = ("DateCreated", "DateModified", "PolicyArn", "StatusMessage")


def policies(tree: Tree) -> tuple[LifecyclePolicy, ...]:
    """The policies among the roots of a tree, and in lists there."""
    return tuple(policy for root in tree.roots for policy in _policies(tree, root))


def _policies(tree: Tree, node: Node) -> Iterator[LifecyclePolicy]:
    match node:
        case Sequence():
            for item in node:
                if isinstance(item, Mapping):
                    yield from _policy(tree, item)
        case Mapping():
            found = node.get("Policies")
            if isinstance(found, Sequence) and len(node) == 1:
                yield from _policies(tree, found)
            else:
                yield from _policy(tree, node)


def _policy(tree: Tree, node: Mapping) -> Iterator[LifecyclePolicy]:
    stored = node.get_mapping("Policy")
    inner = stored.get_mapping("PolicyDetails") if stored else None
    if stored is not None and inner is not None and (_is_details(inner) or _is_request(stored)):
        yield LifecyclePolicy(tree.source, tree, stored, PolicyForm.STORED, inner)
        return
    details = node.get_mapping("PolicyDetails")
    if details is not None and len(node) == 1 and _is_details(details):
        # The request's other members may come as options of the command line.
        yield LifecyclePolicy(tree.source, tree, details, PolicyForm.DETAILS, details)
    elif _is_request(node):
        yield LifecyclePolicy(tree.source, tree, node, _form(node), details)
    elif _is_details(node):
        yield LifecyclePolicy(tree.source, tree, node, PolicyForm.DETAILS, node)


def _form(node: Mapping) -> PolicyForm:
    if any(node.get(member) is not None for member in _STORED):
        return PolicyForm.STORED
    if node.get("PolicyId") is not None:
        return PolicyForm.UPDATE
    return PolicyForm.CREATE


def _is_request(node: Mapping) -> bool:
    others = sum(node.get(member) is not None for member in _REQUEST)
    if others and any(
        isinstance(entry.value, Mapping) and _is_details(entry.value) for entry in node.entries
    ):
        return True
    details = node.get_mapping("PolicyDetails")
    if details is not None and others >= 2 and node.get("ExecutionRoleArn") is not None:
        return True
    policy_id = node.get_scalar("PolicyId")
    if details is not None and policy_id is not None and policy_id.text.startswith("policy-"):
        return True
    return _is_default_request(node)


def _is_default_request(node: Mapping) -> bool:
    marker = node.get_scalar("DefaultPolicy")
    if marker is None or not isinstance(marker.value, str):
        return False
    return node.get("ExecutionRoleArn") is not None or (
        marker.text in ("VOLUME", "INSTANCE")
        and any(node.get(member) is not None for member in ("CreateInterval", "RetainInterval"))
    )


def _is_details(node: Mapping) -> bool:
    known = sum(entry.key.text in _DETAILS for entry in node.entries)
    if known < 2:
        return False
    return _has_type(node) or _has_schedules(node) or _has_event(node)


def _has_type(node: Mapping) -> bool:
    named = node.get_scalar("PolicyType")
    if named is not None and any(word in named.text.upper() for word in _TYPE_WORDS):
        return True
    language = node.get_scalar("PolicyLanguage")
    return language is not None and language.text in ("SIMPLIFIED", "STANDARD")


def _has_schedules(node: Mapping) -> bool:
    match node.get("Schedules"):
        case Sequence(items=items):
            found = items
        case Mapping() as single:
            found = (single,)
        case _:
            return False
    return any(
        isinstance(item, Mapping)
        and any(isinstance(item.get(rule), (Mapping, Sequence)) for rule in _SCHEDULE_RULES)
        for item in found
    )


def _has_event(node: Mapping) -> bool:
    source = node.get_mapping("EventSource")
    kind = source.get_scalar("Type") if source else None
    if isinstance(kind, Scalar) and kind.text == "MANAGED_CWE":
        return True
    actions = node.get_sequence("Actions")
    return any(
        isinstance(item, Mapping) and item.get("CrossRegionCopy") is not None
        for item in actions or ()
    )
