"""What rules ask about: the facts of one file by kind, made when a rule first asks for them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from typing import Any

from ssmlint.automation.graph import StepGraph
from ssmlint.automation.references import RunbookReferences
from ssmlint.automation.runbook import Runbook, runbooks
from ssmlint.aws.calls import ApiCall, api_calls_of
from ssmlint.embedded import Script, all_scripts_of
from ssmlint.files import File
from ssmlint.model.agent import TargetedDocument
from ssmlint.model.document import Parameter, SsmDocument, Step
from ssmlint.model.pair import Handler, Pair
from ssmlint.model.policy import LifecyclePolicy, PolicyScript, Schedule
from ssmlint.powershell.scriptfacts import PowerShellScript, powershell_scripts_of
from ssmlint.python.scriptfacts import PythonScript, python_scripts_of
from ssmlint.settings import Settings, effects_of, ignored_in
from ssmlint.shell.scriptfacts import ShellScript, shell_scripts_of
from ssmlint.shell.stage_runs import stage_reports
from ssmlint.shell.stages import StageReport
from ssmlint.source import Source
from ssmlint.suppressions import Suppression, UnusedSuppression, suppressions_in
from ssmlint.tree import Tree
from ssmlint.workspace import Workspace


class Facts:
    """The facts of one file by kind, made when a rule first asks for them."""

    def __init__(self, file: File, workspace: Workspace, settings: Settings) -> None:
        self.file = file
        self.workspace = workspace
        self.settings = settings
        self.ignored = ignored_in(file.source.path, settings)
        self._made: dict[type[Any], tuple[Any, ...]]
        self.forget()

    def give(self, kind: type[Any], facts: Iterable[Any]) -> None:
        """Say what the facts of a kind are."""
        self._made[kind] = tuple(facts)

    def forget(self) -> None:
        """Let go of what can be made again."""
        self._made = {Source: (self.file.source,), Tree: (self.file.tree,)}

    def suppressions(self) -> tuple[Suppression, ...]:
        """The suppressions of the file, also of one that cannot be read."""
        if self.file.tree.broken:
            return tuple(suppressions_in(self.file.tree, (), ()))
        return self.of(Suppression)

    def of(self, kind: type[Any]) -> tuple[Any, ...]:
        """Every fact of a kind; of a file that cannot be read, only source and tree."""
        if kind not in self._made:
            found = () if self.file.tree.broken else _PROVIDERS[kind](self)
            self._made[kind] = tuple(found)
        return self._made[kind]


def let_go(file: File) -> None:
    """Forget what is remembered of the facts of a file that nobody will ask about again.

    Facts remember each other (a document its scripts, a script its document).  Without those
    circles all of it is gone with the file, and nothing is left for the collector to find.
    """
    known = vars(file)
    facts = [*known.get("documents", ()), *known.get("policies", ())]
    while facts:
        fact = facts.pop()
        kind: Any = type(fact)
        remembered = vars(fact)
        for name in remembered.keys() - _fields_of(kind):
            facts += _facts_in(remembered.pop(name))


@functools.cache
def _fields_of(kind: type[Any]) -> frozenset[str]:
    return frozenset(item.name for item in fields(kind))


def _facts_in(value: Any) -> Iterator[Any]:
    """The facts in something that is remembered, which again remember something."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from _facts_in(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _facts_in(inner)
    elif isinstance(value, _REMEMBERING):
        yield value


Provider = Callable[[Facts], Iterable[Any]]


def _of_documents(make: Callable[[SsmDocument], Iterable[Any]]) -> Provider:
    return lambda facts: (fact for document in facts.file.documents for fact in make(document))


def _of_policies(make: Callable[[LifecyclePolicy], Iterable[Any]]) -> Provider:
    return lambda facts: (fact for policy in facts.file.policies for fact in make(policy))


def _of_policies_in_workspace(
    make: Callable[[Workspace, LifecyclePolicy], Iterable[Any]],
) -> Provider:
    return lambda facts: (f for p in facts.file.policies for f in make(facts.workspace, p))


def _shell_scripts(facts: Facts) -> Iterator[ShellScript]:
    for document in facts.file.documents:
        yield from shell_scripts_of(document, effects_of(facts.settings))


def _stage_reports(facts: Facts) -> Iterator[StageReport]:
    for document in facts.file.documents:
        yield from stage_reports(document, effects_of(facts.settings))


def _targeted(facts: Facts) -> Iterator[TargetedDocument]:
    agent = facts.settings.target_agent
    for document in facts.file.documents if agent else ():
        yield TargetedDocument(document, agent or "")


#: How the facts that rules ask for are made from what a file carries.
_PROVIDERS: dict[type[Any], Provider] = {
    SsmDocument: lambda facts: facts.file.documents,
    TargetedDocument: _targeted,
    Parameter: _of_documents(lambda document: document.parameters.values()),
    Step: _of_documents(lambda document: document.steps),
    Runbook: _of_documents(runbooks),
    StepGraph: lambda facts: (StepGraph(runbook) for runbook in facts.of(Runbook)),
    RunbookReferences: lambda facts: (RunbookReferences(g) for g in facts.of(StepGraph)),
    Script: _of_documents(all_scripts_of),
    ShellScript: _shell_scripts,
    ApiCall: _of_documents(api_calls_of),
    PowerShellScript: _of_documents(powershell_scripts_of),
    PythonScript: _of_documents(python_scripts_of),
    StageReport: _stage_reports,
    Suppression: lambda facts: suppressions_in(
        facts.file.tree, facts.of(Script), facts.of(ShellScript)
    ),
    UnusedSuppression: lambda _: (),
    LifecyclePolicy: lambda facts: facts.file.policies,
    Schedule: _of_policies(lambda policy: policy.schedules),
    PolicyScript: _of_policies(lambda policy: policy.scripts),
    Handler: _of_policies_in_workspace(Workspace.handlers),
    Pair: _of_policies_in_workspace(Workspace.pairs),
}

#: The facts that others remember, and that remember others themselves.
_REMEMBERING = tuple(kind for kind in _PROVIDERS if not hasattr(kind, "__slots__"))
