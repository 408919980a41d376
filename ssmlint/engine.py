"""Source in, findings out: the one function that every front end stands on."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ssmlint.carriers import plain
from ssmlint.embedded import Script, scripts_of
from ssmlint.json_tree import parse_json
from ssmlint.model.document import Parameter, SsmDocument, Step
from ssmlint.packs import all_rules
from ssmlint.rule import INTERNAL_ERROR, Finding, Problem, Rule
from ssmlint.settings import Settings, enabled_rules
from ssmlint.source import Source, Span
from ssmlint.tree import Tree
from ssmlint.yaml_tree import parse_yaml


@dataclass(eq=False)
class File:
    """One file on its way through: source, tree, and what it carries."""

    source: Source
    tree: Tree
    documents: tuple[SsmDocument, ...]

    @property
    def is_ours(self) -> bool:
        """Whether there is anything here for us to say something about."""
        return bool(self.documents) or (self.tree.broken and looks_like_ours(self.source.text))


def read(source: Source) -> File:
    """Parse a source and find what it carries; never raises."""
    tree = parse(source)
    return File(source, tree, plain.documents(tree))


def parse(source: Source) -> Tree:
    """The tree of a source, as JSON or YAML by its name and its first character."""
    head = source.text.lstrip()[:1]
    if source.path.endswith(".json"):
        return parse_json(source)
    if head in ("{", "[") and not source.path.endswith((".yaml", ".yml")):
        return parse_json(source)
    if head == "{":
        # A .yaml file that begins like JSON may be JSON (tabs and all), or a flow mapping.
        tree = parse_json(source)
        return tree if not tree.broken else parse_yaml(source)
    return parse_yaml(source)


def looks_like_ours(text: str) -> bool:
    """A quick look, before any parsing, at whether a text may hold what we check."""
    return "schemaVersion" in text and any(
        word in text for word in ("mainSteps", "runtimeConfig", "sessionType", "aws:run")
    )


def check(source: Source, settings: Settings, rules: Iterable[Rule] | None = None) -> list[Finding]:
    """Every finding of one file, in a stable order.

    Never raises for anything in the file: a rule that crashes is one `internal-error`
    finding, and the other rules still run.
    """
    if rules is None:
        rules = enabled_rules(all_rules(), settings)
    return check_file(read(source), rules)


def check_file(file: File, rules: Iterable[Rule]) -> list[Finding]:
    """Every finding of a file that was read before."""
    if not file.is_ours:
        return []
    findings: list[Finding] = []
    subjects = _Subjects(file)
    for rule in rules:
        findings.extend(_run(rule, subjects, file.source))
    unique = {(f.rule.id, f.span, f.message): f for f in findings}
    return sorted(unique.values(), key=lambda finding: finding.sort_key)


def _run(rule: Rule, subjects: _Subjects, source: Source) -> Iterator[Finding]:
    found: list[Problem] = []
    try:
        for subject in subjects.of(rule.on):
            found.extend(rule.check(subject))
    except Exception as error:
        yield Finding(INTERNAL_ERROR, source, _crash(rule, error, source))
    for problem in found:
        yield Finding(rule, source, problem)


def _crash(rule: Rule, error: Exception, source: Source) -> Problem:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{frame.filename.rpartition('/')[2]}:{frame.lineno}"
    text = f"rule `{rule.name}` crashed: {type(error).__name__}: {error} ({where})"
    return Problem(Span(0, min(1, len(source.text))), text)


Provider = Callable[[SsmDocument], Iterable[Any]]

#: How the facts that rules ask for are made from a document.
_PROVIDERS: dict[type[Any], Provider] = {
    SsmDocument: lambda document: (document,),
    Parameter: lambda document: document.parameters.values(),
    Step: lambda document: document.steps,
    Script: scripts_of,
}


class _Subjects:
    """The facts of one file by kind, made when a rule first asks for them."""

    def __init__(self, file: File) -> None:
        self._file = file
        self._made: dict[type[Any], tuple[Any, ...]] = {
            Source: (file.source,),
            Tree: (file.tree,),
        }

    def of(self, kind: type[Any]) -> tuple[Any, ...]:
        if kind not in self._made:
            self._made[kind] = tuple(self._make(kind))
        return self._made[kind]

    def _make(self, kind: type[Any]) -> Iterator[Any]:
        if self._file.tree.broken:
            return
        for document in self._file.documents:
            yield from _PROVIDERS[kind](document)
