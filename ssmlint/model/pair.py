"""A policy and the document that it runs, seen together."""

from __future__ import annotations

from ssmlint.model.document import SsmDocument
from ssmlint.model.policy import LifecyclePolicy, PolicyScript, Schedule
from ssmlint.records import dataclass
from ssmlint.tree import Mapping


@dataclass(frozen=True, eq=False)
class Handler:
    """A script of a policy that names a document of the user's own."""

    script: PolicyScript
    name: str
    """The document's name, without ARN and version."""
    documents: tuple[SsmDocument, ...]
    """The documents of this run that go by this name: one in the best case."""
    known: tuple[str, ...]
    """The names of all documents of this run."""


@dataclass(frozen=True, eq=False)
class Pair:
    """One script of a policy with the one document of this run that it names."""

    script: PolicyScript
    document: SsmDocument

    @property
    def schedule(self) -> Schedule:
        """The schedule that the script belongs to."""
        return self.script.schedule

    @property
    def policy(self) -> LifecyclePolicy:
        """The policy that the script belongs to."""
        return self.script.schedule.policy

    @property
    def script_node(self) -> Mapping:
        """The entry of `CreateRule.Scripts`."""
        return self.script.node
