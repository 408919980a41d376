"""The small parts of a policy: members of a plain type, tags, and rules of retention."""

from __future__ import annotations

from ssmlint.model.period import Period, period
from ssmlint.records import dataclass
from ssmlint.source import Span
from ssmlint.tree import Entry, Mapping, Node, Scalar


def integer(node: Mapping | None, member: str) -> int | None:
    """The value of a member where it is a whole number, else None."""
    scalar = node.get_scalar(member) if node is not None else None
    if scalar is None or isinstance(scalar.value, bool) or not isinstance(scalar.value, int):
        return None
    return scalar.value


def boolean(node: Mapping | None, member: str) -> bool | None:
    """The value of a member where it is `true` or `false`, else None."""
    scalar = node.get_scalar(member) if node is not None else None
    return scalar.value if scalar is not None and isinstance(scalar.value, bool) else None


def text(node: Mapping | None, member: str) -> str | None:
    """The value of a member where it is a string, else None."""
    scalar = node.get_scalar(member) if node is not None else None
    return scalar.value if scalar is not None and isinstance(scalar.value, str) else None


def mappings(node: Mapping | None, member: str) -> tuple[Mapping, ...]:
    """The mappings in the list of a member."""
    found = node.get_sequence(member) if node is not None else None
    return tuple(item for item in found or () if isinstance(item, Mapping))


@dataclass(frozen=True, eq=False, slots=True)
class Tag:
    """One `{Key, Value}` of a list of tags."""

    node: Mapping

    @property
    def key(self) -> str | None:
        """The key where it is a string."""
        return text(self.node, "Key")

    @property
    def value(self) -> str | None:
        """The value where it is a string."""
        return text(self.node, "Value")

    @property
    def key_span(self) -> Span:
        """Where the key stands, else the beginning of the tag."""
        scalar = self.node.get_scalar("Key")
        return scalar.span if scalar is not None else Span(self.node.span.start, self.node.span.end)


def tags(node: Mapping | None, member: str) -> tuple[Tag, ...]:
    """The tags in the list of a member."""
    return tuple(Tag(item) for item in mappings(node, member))


@dataclass(frozen=True, eq=False, slots=True)
class Retention:
    """A rule that says how long or how many: `Count`, or `Interval` with `IntervalUnit`.

    `RetainRule`, `RetentionArchiveTier`, `FastRestoreRule`, `DeprecateRule` and the rules
    for copies all have this shape.
    """

    key: Scalar
    node: Mapping

    @property
    def count(self) -> int | None:
        """How many are kept."""
        return integer(self.node, "Count")

    @property
    def interval(self) -> int | None:
        """How many units of time they are kept."""
        return integer(self.node, "Interval")

    @property
    def unit(self) -> str | None:
        """`DAYS`, `WEEKS`, `MONTHS` or `YEARS`."""
        return text(self.node, "IntervalUnit")

    @property
    def type(self) -> str | None:
        """`count` or `age`, None where that is not clear."""
        has_count = self.node.get("Count") is not None
        has_interval = self.node.get("Interval") is not None
        if has_count == has_interval:
            return None
        return "count" if has_count else "age"

    @property
    def period(self) -> Period | None:
        """The time where `Interval` and `IntervalUnit` say one."""
        if self.interval is None or self.unit is None:
            return None
        return period(self.interval, self.unit)

    @property
    def span(self) -> Span:
        """Where the amount stands, else the rule's key."""
        entry = self.node.entry("Count") or self.node.entry("Interval")
        return entry.value.span if entry is not None else self.key.span

    def words(self) -> str:
        """`7 DAYS`, `10 snapshots` ..., for a message."""
        if self.type == "count":
            return f"{self.count} snapshot{'s' * (self.count != 1)}"
        return f"{self.interval} {self.unit}"


def retention(entry: Entry | None) -> Retention | None:
    """The rule that a member holds."""
    if entry is None or not isinstance(entry.value, Mapping):
        return None
    return Retention(entry.key, entry.value)


def first_span(node: Node) -> Span:
    """The first key of a mapping, else the node's first character."""
    if isinstance(node, Mapping) and node.entries:
        return node.entries[0].key.span
    return Span(node.span.start, min(node.span.start + 1, node.span.end))
