"""What the actions of runbooks give and allow: the table `actions.toml`."""

from __future__ import annotations

import functools
import pkgutil
from collections.abc import Mapping
from typing import Any

from ssmlint import toml
from ssmlint.records import dataclass

#: Every step has what its action answered as one text
#: (github.com/cdklabs/cdk-ssm-documents/issues/55 names it among the reserved names).
COMMON_OUTPUTS = {"OutputPayload": "String"}

#: `{{ global:NAME }}` and `{{ automation:NAME }}` (automation-variables.html in the guide).
SYSTEM_VARIABLES = {
    "global": ("ACCOUNT_ID", "DATE", "DATE_TIME", "AWS_PARTITION", "REGION"),
    "automation": ("EXECUTION_ID",),
}


@dataclass(frozen=True, slots=True)
class Action:
    """One action of Automation."""

    name: str
    outputs: Mapping[str, str]
    """The outputs that every step of the action has, with their types."""
    declares: bool
    """Whether such steps are made to declare outputs of their own."""
    one_of: tuple[tuple[str, ...], ...]
    """Groups of inputs of which one must be given."""
    exclusive: tuple[tuple[str, ...], ...]
    """Groups of inputs of which at most one may be given."""
    together: tuple[tuple[str, ...], ...]
    """Pairs of inputs: with the first, the second must be given, too."""
    longest: int | None
    """Seconds that such a step lasts at most, None where no limit is known."""
    has_cancel: bool
    """Whether `onCancel` has an effect in such a step."""
    is_cancel_target: bool
    """Whether `onCancel` can lead to such a step."""


@functools.cache
def known_actions() -> Mapping[str, Action]:
    """The actions by name."""
    data = pkgutil.get_data("ssmlint.automation", "actions.toml") or b""
    rows = toml.loads(data.decode("utf-8"))
    return {name: _action(name, row) for name, row in rows.items()}


def _action(name: str, row: Mapping[str, Any]) -> Action:
    return Action(
        name=name,
        outputs=row["outputs"],
        declares=row.get("declares", False),
        one_of=_groups(row, "one-of"),
        exclusive=_groups(row, "exclusive"),
        together=_groups(row, "together"),
        longest=row.get("longest"),
        has_cancel=row.get("cancel", True),
        is_cancel_target=row.get("cancel-target", True),
    )


def _groups(row: Mapping[str, Any], key: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(group) for group in row.get(key, ()))
