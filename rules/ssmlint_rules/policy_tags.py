"""The lists of tags in a policy, for the rules on tags. No rule."""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.policy import LifecyclePolicy
from ssmlint.model.policy_members import Tag, tags
from ssmlint.records import dataclass
from ssmlint.tree import Mapping


@dataclass(frozen=True, slots=True)
class TagList:
    """One list of tags."""

    member: str
    """`TargetTags`, `TagsToAdd` ..."""
    tags: tuple[Tag, ...]

    @property
    def is_added(self) -> bool:
        """Whether DLM puts these tags on what it creates, rather than looks for them."""
        return self.member in ("TagsToAdd", "VariableTags")


def tag_lists(policy: LifecyclePolicy) -> Iterator[TagList]:
    """Every list of tags in the policy that is not empty."""
    places: list[tuple[Mapping | None, str]] = [(policy.details, "TargetTags")]
    places += [(policy.parameters, "ExcludeDataVolumeTags")]
    for schedule in policy.schedules:
        places += [(schedule.node, "TagsToAdd"), (schedule.node, "VariableTags")]
    for node in policy.setting_nodes:
        places.append((node.get_mapping("Exclusions"), "ExcludeTags"))
    for holder, member in places:
        found = tags(holder, member)
        if found:
            yield TagList(member, found)
