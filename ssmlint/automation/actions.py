"""What the actions of runbooks give and allow: the table `actions.toml`."""

from __future__ import annotations

import functools
import pkgutil
import sys
from collections.abc import Mapping

from ssmlint.records import dataclass

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib  # type: ignore[import-not-found, unused-ignore]

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
    rows = tomllib.loads(data.decode("utf-8"))
    return {
        name: Action(
            name,
            row["outputs"],
            row.get("declares", False),
            row.get("longest"),
            row.get("cancel", True),
            row.get("cancel-target", True),
        )
        for name, row in rows.items()
    }
