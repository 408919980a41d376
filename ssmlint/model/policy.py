"""A DLM lifecycle policy as typed views over its tree.

The names are those of the API (`dlm`, version 2018-01-12), which the command line and
CloudFormation share.  A view never judges: what is missing or of the wrong type is None
here, and a rule says so.
"""

from __future__ import annotations

import enum
import functools
import re
from collections.abc import Iterator

from ssmlint.cron import Cron, CronError, parse_cron
from ssmlint.model.period import Period
from ssmlint.model.policy_members import (
    Retention,
    Tag,
    boolean,
    first_span,
    integer,
    mappings,
    retention,
    tags,
    text,
)
from ssmlint.records import dataclass
from ssmlint.source import Source, Span
from ssmlint.tree import Entry, Mapping, Scalar, Sequence, Tree

VSS_HANDLER = "AWS_VSS_BACKUP"
SAP_HANA_HANDLER = "AWSSystemsManagerSAP-CreateDLMSnapshotForSAPHANA"

#: `Script` members that may be left out, with what DLM then takes (API model).
DEFAULT_STAGES = ("PRE", "POST")
DEFAULT_TIMEOUT_SECONDS = 10
DEFAULT_RETRIES = 0

#: The value of the document's `command` parameter that DLM sends for each stage.
STAGE_COMMANDS = {"PRE": "pre-script", "POST": "post-script"}

_HANDLER_ARN = re.compile(r"arn:[\w-]+:ssm:[\w-]*:\d*:document/(?P<name>.+)")


class PolicyForm(enum.Enum):
    """In which of its forms a policy was written down."""

    DETAILS = "bare policy details"
    CREATE = "create request"
    UPDATE = "update request"
    STORED = "policy as the service returns it"


class PolicyKind(enum.Enum):
    """What kind of policy it is; decides which members it may have."""

    SNAPSHOTS_OF_VOLUMES = "snapshot policy for volumes"
    SNAPSHOTS_OF_INSTANCES = "snapshot policy for instances"
    IMAGES = "AMI policy"
    EVENTS = "event-based policy"
    DEFAULT_FOR_VOLUMES = "default policy for volumes"
    DEFAULT_FOR_INSTANCES = "default policy for instances"

    @property
    def is_default(self) -> bool:
        """Whether it is a default policy (`PolicyLanguage` SIMPLIFIED)."""
        return self in (PolicyKind.DEFAULT_FOR_VOLUMES, PolicyKind.DEFAULT_FOR_INSTANCES)

    @property
    def makes_snapshots(self) -> bool:
        """Whether it is a custom snapshot policy."""
        return self in (PolicyKind.SNAPSHOTS_OF_VOLUMES, PolicyKind.SNAPSHOTS_OF_INSTANCES)


@dataclass(eq=False)
class PolicyScript:
    """One entry of `CreateRule.Scripts`: the pre and post scripts of a schedule."""

    schedule: Schedule
    node: Mapping

    @property
    def handler(self) -> Scalar | None:
        """The scalar of `ExecutionHandler`."""
        return self.node.get_scalar("ExecutionHandler")

    @property
    def is_vss(self) -> bool:
        """Whether it makes VSS backups of Windows instances."""
        return self.handler is not None and self.handler.text == VSS_HANDLER

    @property
    def is_sap_hana(self) -> bool:
        """Whether it runs AWS's document for SAP HANA."""
        return self.handler is not None and self.handler.text == SAP_HANA_HANDLER

    @property
    def document_name(self) -> str | None:
        """The name of the user's own document: of a name, an ARN, with or without version."""
        if self.handler is None or self.is_vss or self.is_sap_hana:
            return None
        match = _HANDLER_ARN.fullmatch(self.handler.text)
        name = match["name"] if match else self.handler.text
        return name.partition(":")[0] or None

    @property
    def stages(self) -> tuple[str, ...]:
        """`PRE`, `POST` or both, as DLM takes them."""
        found = self.node.get_sequence("Stages")
        if found is None:
            return DEFAULT_STAGES
        return tuple(item.text for item in found if isinstance(item, Scalar))

    @property
    def timeout_seconds(self) -> int:
        """How long DLM waits for each of the two scripts."""
        found = integer(self.node, "ExecutionTimeout")
        return DEFAULT_TIMEOUT_SECONDS if found is None else found

    @property
    def retries(self) -> int:
        """How often DLM tries again."""
        found = integer(self.node, "MaximumRetryCount")
        return DEFAULT_RETRIES if found is None else found

    @property
    def falls_back(self) -> bool:
        """Whether a failed pre script still leads to (crash-consistent) snapshots."""
        return boolean(self.node, "ExecuteOperationOnScriptFailure") is not False

    @property
    def label_span(self) -> Span:
        """Where to point when the script as a whole is meant."""
        return self.handler.span if self.handler is not None else first_span(self.node)


@dataclass(eq=False)
class Schedule:
    """One entry of `Schedules`."""

    policy: LifecyclePolicy
    node: Mapping
    index: int

    @property
    def name(self) -> str:
        """Its name, else its number."""
        return text(self.node, "Name") or f"number {self.index + 1}"

    @property
    def label_span(self) -> Span:
        """Where to point when the schedule as a whole is meant."""
        named = self.node.get_scalar("Name")
        return named.span if named is not None else first_span(self.node)

    @property
    def create_rule(self) -> Mapping | None:
        """`CreateRule`."""
        return self.node.get_mapping("CreateRule")

    @property
    def cron_node(self) -> Scalar | None:
        """The scalar of `CronExpression`."""
        return self.create_rule.get_scalar("CronExpression") if self.create_rule else None

    @functools.cached_property
    def cron(self) -> Cron | None:
        """The cron expression where it can be parsed."""
        if self.cron_node is None:
            return None
        try:
            return parse_cron(self.cron_node.text)
        except CronError:
            return None

    @property
    def interval_hours(self) -> int | None:
        """`CreateRule.Interval`."""
        return integer(self.create_rule, "Interval")

    @property
    def gap(self) -> Period | None:
        """How much time lies between two snapshots, None where that is not known."""
        if self.cron is not None:
            gaps = self.cron.gaps
            return (
                Period(gaps[0].total_seconds() / 86400, gaps[1].total_seconds() / 86400)
                if gaps
                else None
            )
        if self.cron_node is None and self.interval_hours is not None and self.interval_hours > 0:
            return Period(self.interval_hours / 24, self.interval_hours / 24)
        return None

    @property
    def retain_rule(self) -> Retention | None:
        """`RetainRule`."""
        return retention(self.node.entry("RetainRule"))

    @property
    def archive_rule(self) -> Retention | None:
        """`ArchiveRule.RetainRule.RetentionArchiveTier`."""
        rule = self.node.get_mapping("ArchiveRule")
        inner = rule.get_mapping("RetainRule") if rule else None
        return retention(inner.entry("RetentionArchiveTier")) if inner else None

    @property
    def fast_restore_rule(self) -> Retention | None:
        """`FastRestoreRule`."""
        return retention(self.node.entry("FastRestoreRule"))

    @property
    def deprecate_rule(self) -> Retention | None:
        """`DeprecateRule`."""
        return retention(self.node.entry("DeprecateRule"))

    @property
    def copy_rules(self) -> tuple[Mapping, ...]:
        """`CrossRegionCopyRules`."""
        return mappings(self.node, "CrossRegionCopyRules")

    @property
    def share_rules(self) -> tuple[Mapping, ...]:
        """`ShareRules`."""
        return mappings(self.node, "ShareRules")

    @functools.cached_property
    def scripts(self) -> tuple[PolicyScript, ...]:
        """`CreateRule.Scripts`."""
        return tuple(PolicyScript(self, node) for node in mappings(self.create_rule, "Scripts"))


@dataclass(eq=False)
class LifecyclePolicy:
    """One policy, wherever and in whatever form it was found."""

    source: Source
    tree: Tree
    root: Mapping
    """The mapping of the request; for bare details the details themselves."""
    form: PolicyForm
    details: Mapping | None
    """`PolicyDetails`; None for a default policy that says all in the request."""

    @property
    def type(self) -> str | None:
        """`PolicyType` as written."""
        return text(self.details, "PolicyType")

    @property
    def label_span(self) -> Span:
        """Where to point when the policy as a whole is meant."""
        for node in (self.details, self.root):
            found = node.get_scalar("PolicyType") if node is not None else None
            if found is not None:
                return found.span
        return first_span(self.root)

    @functools.cached_property
    def kind(self) -> PolicyKind:
        """The kind, judged by its discriminators and, where they are missing, its members."""
        if self._is_default:
            for_instances = "INSTANCE" in self._default_targets
            return (
                PolicyKind.DEFAULT_FOR_INSTANCES
                if for_instances
                else PolicyKind.DEFAULT_FOR_VOLUMES
            )
        # A misspelt type still says which one was meant.
        named = (self.type or "").upper()
        if named.startswith("IMAGE"):
            return PolicyKind.IMAGES
        if named.startswith("EVENT") or (self.type is None and self._has_events):
            return PolicyKind.EVENTS
        return (
            PolicyKind.SNAPSHOTS_OF_INSTANCES
            if self._targets_instances
            else PolicyKind.SNAPSHOTS_OF_VOLUMES
        )

    @property
    def is_kind_certain(self) -> bool:
        """Whether the kind does not rest on a guess.

        An update may leave the type out, since it cannot be changed.
        """
        if self.kind.is_default or self.type is not None:
            return True
        return self.form is not PolicyForm.UPDATE

    @property
    def _is_default(self) -> bool:
        if text(self.details, "PolicyLanguage") == "SIMPLIFIED":
            return True
        marker = self.root.get_scalar("DefaultPolicy")
        if marker is not None and marker.value in ("VOLUME", "INSTANCE", True):
            return True
        node = self.details
        if node is None or node.get("ResourceType") is None or node.get("Schedules") is not None:
            return False
        return self.type != "EVENT_BASED_POLICY" and not self._has_events

    @property
    def _default_targets(self) -> tuple[str, ...]:
        """What the members say that tell the two default policies apart, strongest first."""
        node = self.details
        images = "INSTANCE" if self.type == "IMAGE_MANAGEMENT" else None
        said = (text(node, "ResourceType"), text(self.root, "DefaultPolicy"), images)
        return tuple(value for value in said if value is not None)[:1]

    @property
    def _has_events(self) -> bool:
        node = self.details
        if node is None or node.get("Schedules") is not None:
            return False
        return node.get("EventSource") is not None or node.get("Actions") is not None

    @property
    def _targets_instances(self) -> bool:
        match self.details.get("ResourceTypes") if self.details else None:
            case Scalar(text=written) | Sequence(items=(Scalar(text=written), *_)):
                return written.upper().startswith("INST")
        return any(schedule.scripts for schedule in self.schedules)

    @functools.cached_property
    def schedules(self) -> tuple[Schedule, ...]:
        """The entries of `Schedules`."""
        return tuple(
            Schedule(self, node, index)
            for index, node in enumerate(mappings(self.details, "Schedules"))
        )

    @property
    def scripts(self) -> Iterator[PolicyScript]:
        """The scripts of all schedules."""
        for schedule in self.schedules:
            yield from schedule.scripts

    @property
    def target_tags(self) -> tuple[Tag, ...]:
        """`TargetTags`."""
        return tags(self.details, "TargetTags")

    @property
    def parameters(self) -> Mapping | None:
        """`Parameters`."""
        return self.details.get_mapping("Parameters") if self.details else None

    @property
    def setting_nodes(self) -> tuple[Mapping, ...]:
        """Where a default policy's settings may stand: the request and its details."""
        nodes = (self.root, self.details)
        return tuple(dict.fromkeys(node for node in nodes if node is not None))

    def setting(self, member: str) -> Entry | None:
        """A setting of a default policy, in whichever of its two places it stands."""
        found = (node.entry(member) for node in self.setting_nodes)
        return next((entry for entry in found if entry is not None), None)
