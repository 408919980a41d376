"""An SSM document as typed views over its tree."""

from __future__ import annotations

import enum
import functools
import os
import re
from collections.abc import Iterator

from ssmlint.model.references import Reference, ReferenceKind, references_in
from ssmlint.records import dataclass
from ssmlint.source import Source, Span
from ssmlint.tree import Entry, Mapping, Node, Scalar, Sequence, Tree, scalars

#: The values of `command` that Amazon Data Lifecycle Manager sends, and the one that the
#: guide asks for besides (EBS user guide, "Automate application-consistent snapshots").
DLM_STAGES = ("pre-script", "post-script", "dry-run")


def stage_named(value: str) -> str | None:
    """The stage that a value means, however it is written (`PreScript`, `dry_run`)."""
    letters = re.sub(r"[^a-z]", "", value.casefold())
    return next((stage for stage in DLM_STAGES if stage.replace("-", "") == letters), None)


class DocumentKind(enum.Enum):
    """What service runs the document; follows from `schemaVersion` and shape."""

    COMMAND = "Command"
    AUTOMATION = "Automation"
    SESSION = "Session"


@dataclass(eq=False, slots=True)
class Parameter:
    """One declared parameter."""

    name: str
    key: Scalar
    node: Node
    """The declaration: a mapping in any valid document."""

    @property
    def fields(self) -> Mapping | None:
        """The declaration where it is a mapping."""
        return self.node if isinstance(self.node, Mapping) else None

    def field(self, name: str) -> Node | None:
        """One member of the declaration."""
        return self.fields.get(name) if self.fields else None

    @property
    def type(self) -> str | None:
        """`String`, `StringList` ... as written."""
        node = self.field("type")
        return node.text if isinstance(node, Scalar) else None

    @property
    def default(self) -> Node | None:
        """The default value's node."""
        return self.field("default")

    @property
    def allowed_pattern(self) -> Scalar | None:
        """The node of `allowedPattern`."""
        node = self.field("allowedPattern")
        return node if isinstance(node, Scalar) else None

    @property
    def allowed_values(self) -> tuple[Scalar, ...] | None:
        """The scalars of `allowedValues`, None where there are none or it is no list."""
        node = self.field("allowedValues")
        if not isinstance(node, Sequence):
            return None
        return tuple(item for item in node.items if isinstance(item, Scalar))

    @property
    def is_env_var(self) -> bool:
        """Whether the agent hands the value over as environment variable `SSM_<name>`."""
        node = self.field("interpolationType")
        return isinstance(node, Scalar) and node.text == "ENV_VAR"

    @property
    def stages(self) -> frozenset[str]:
        """The stage values of DLM that `allowedValues` lets pass."""
        return frozenset(v.text for v in self.allowed_values or ()) & frozenset(DLM_STAGES)

    @property
    def meant_stages(self) -> frozenset[str]:
        """The stages that `allowedValues` means, well or nearly written."""
        meant = (stage_named(value.text) for value in self.allowed_values or ())
        return frozenset(stage for stage in meant if stage is not None)


@dataclass(eq=False, slots=True)
class Step:
    """One step of `mainSteps`, or one plugin of a 1.2 document's `runtimeConfig`."""

    node: Mapping
    index: int
    key: Scalar | None = None
    """The plugin's key in a `runtimeConfig`; there it is the action too."""
    loop: Step | None = None
    """The `aws:loop` of a runbook inside of which the step stands."""

    @property
    def action_node(self) -> Scalar | None:
        """The scalar that names the action (the plugin)."""
        return self.key or self.node.get_scalar("action")

    @property
    def action(self) -> str | None:
        """`aws:runShellScript` ..., as written."""
        node = self.action_node
        return node.text if node else None

    @property
    def name(self) -> str | None:
        """The step's name."""
        node = self.node.get_scalar("name")
        return node.text if node else None

    @property
    def label_span(self) -> Span:
        """Where to point when the step as a whole is meant: its name, else its action."""
        node = self.node.get_scalar("name") or self.action_node
        return node.span if node else Span(self.node.span.start, self.node.span.start + 1)

    @property
    def inputs(self) -> tuple[Mapping, ...]:
        """`inputs`; in a 1.2 document each item of `properties`."""
        if self.key is None:
            inputs = self.node.get_mapping("inputs")
            return (inputs,) if inputs else ()
        match self.node.get("properties"):
            case Sequence(items=items):
                return tuple(item for item in items if isinstance(item, Mapping))
            case Mapping() as single:
                return (single,)
        return ()

    def input(self, name: str) -> Entry | None:
        """The first input of that name."""
        for inputs in self.inputs:
            entry = inputs.entry(name)
            if entry is not None:
                return entry
        return None

    @property
    def stops_on_failure(self) -> bool:
        """Whether a failure of this step keeps the next ones from running.

        In a Command document only `inputs.onFailure` has that effect; without it the
        agent goes on (`getShouldPluginSkipBasedOnControlFlow` in its runpluginutil.go).
        """
        entry = self.input("onFailure")
        value = entry.value if entry is not None else None
        return isinstance(value, Scalar) and value.text in ("exit", "successAndExit")


def _inner_steps(loop: Step) -> Iterator[Step]:
    entry = loop.input("Steps") if loop.action == "aws:loop" else None
    if entry is not None and isinstance(entry.value, Sequence):
        for index, item in enumerate(entry.value.items):
            if isinstance(item, Mapping):
                yield Step(item, index, loop=loop)


@dataclass(eq=False)
class SsmDocument:
    """One SSM document, wherever it was found."""

    source: Source
    tree: Tree
    root: Mapping
    kind: DocumentKind

    @property
    def schema_version_node(self) -> Scalar | None:
        """The scalar of `schemaVersion`."""
        return self.root.get_scalar("schemaVersion")

    @property
    def schema_version(self) -> str:
        """`2.2` ..., as text, quoted or not."""
        node = self.schema_version_node
        return node.text if node else ""

    @functools.cached_property
    def name(self) -> str:
        """The document's name for policies that call it.

        A comment `# ssmlint: name=...` gives it, else the file's name without its
        extensions (`.ssm.yaml`, `.json`).
        """
        match = re.search(r"^\s*#\s*ssmlint:\s*name=(\S+)", self.source.text, re.MULTILINE)
        if match:
            return match[1]
        return os.path.basename(self.source.path).split(".")[0]

    @functools.cached_property
    def parameters(self) -> dict[str, Parameter]:
        """The declared parameters by name, in the order they are declared."""
        node = self.root.get_mapping("parameters")
        if node is None:
            return {}
        return {e.key.text: Parameter(e.key.text, e.key, e.value) for e in node.entries}

    @functools.cached_property
    def steps(self) -> tuple[Step, ...]:
        """The steps in the order they run."""
        return tuple(self._steps())

    def _steps(self) -> Iterator[Step]:
        main = self.root.get_sequence("mainSteps")
        if main is not None:
            for index, item in enumerate(main.items):
                if isinstance(item, Mapping):
                    yield Step(item, index)
        runtime = self.root.get_mapping("runtimeConfig")
        if runtime is not None:
            for index, entry in enumerate(runtime.entries):
                if isinstance(entry.value, Mapping):
                    yield Step(entry.value, index, entry.key)

    @functools.cached_property
    def all_steps(self) -> tuple[Step, ...]:
        """The steps with those inside of each `aws:loop`, which stand behind it."""
        found: list[Step] = []
        left = list(reversed(self.steps))
        while left:
            step = left.pop()
            found.append(step)
            left.extend(reversed(tuple(_inner_steps(step))))
        return tuple(found)

    @functools.cached_property
    def references(self) -> tuple[Reference, ...]:
        """Every `{{ reference }}` where the service looks for one, in file order.

        That is: not in descriptions, names or actions, which are never substituted.
        """
        found: list[Reference] = []
        for node in self._referring_nodes():
            for scalar in scalars(node):
                found.extend(references_in(self.source, scalar))
        return tuple(sorted(found, key=lambda reference: reference.span))

    def _referring_nodes(self) -> Iterator[Node]:
        for step in self.steps:
            for entry in step.node.entries:
                if entry.key.text not in ("description", "name", "action"):
                    yield entry.value
        skipped = {"description", "schemaVersion", "mainSteps", "runtimeConfig", "parameters"}
        for entry in self.root.entries:
            if entry.key.text not in skipped:
                yield entry.value

    def references_to(self, parameter: str) -> tuple[Reference, ...]:
        """The references that name one parameter."""
        return tuple(
            reference
            for reference in self.references
            if reference.kind is ReferenceKind.PARAMETER and reference.name == parameter
        )

    @functools.cached_property
    def stage_parameter(self) -> Parameter | None:
        """The parameter through which DLM says which stage to run, else None.

        It is one whose `allowedValues` name at least two of the three stages, well or
        nearly written; of several the one with most of them, then `command`.  Where none
        has such values it is `command`, if the rest of the document leaves no doubt: the
        parameter `executionId` stands beside it, or a script speaks of both stages.
        """
        if self.kind is not DocumentKind.COMMAND:
            return None
        found = [p for p in self.parameters.values() if len(p.meant_stages) >= 2]
        if found:
            return max(found, key=lambda p: (len(p.stages), p.name == "command"))
        names = {name.casefold(): p for name, p in self.parameters.items()}
        command = names.get("command")
        if command and ("executionid" in names or self._speaks_of_both_stages()):
            return command
        return None

    def _speaks_of_both_stages(self) -> bool:
        texts = [node.text for step in self.steps for node in scalars(step.node)]
        return all(any(stage in text for text in texts) for stage in DLM_STAGES[:2])

    @property
    def is_dlm(self) -> bool:
        """Whether the document has the shape of a DLM pre/post document."""
        return self.stage_parameter is not None
