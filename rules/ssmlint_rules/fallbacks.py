"""Choosing what becomes of a snapshot whose pre script fails, as a fix. No rule."""

from __future__ import annotations

from ssmlint.model.policy import PolicyScript
from ssmlint.restructuring import with_entry
from ssmlint.rule import Edit, Fix, Safety

_MEMBER = "ExecuteOperationOnScriptFailure"


def without_fallback(script: PolicyScript) -> Fix | None:
    """Make no crash-consistent snapshots when the pre script fails."""
    entry = script.node.entry(_MEMBER)
    if entry is not None:
        edit: Edit | None = Edit(entry.value.span, "false")
    else:
        edit = with_entry(script.schedule.policy.source, script.node, _MEMBER, False)
    return Fix(f"set `{_MEMBER}` to `false`", (edit,), Safety.UNSAFE) if edit else None
