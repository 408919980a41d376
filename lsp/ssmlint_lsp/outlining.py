"""Symbols: what a document or policy consists of, as a tree, and by name over all files."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator

from ssmlint.embedded import Script
from ssmlint.engine import Facts
from ssmlint.model.document import Parameter, SsmDocument
from ssmlint.model.policy import LifecyclePolicy, PolicyScript, Schedule
from ssmlint.powershell.scriptfacts import PowerShellScript, powershell_scripts_of
from ssmlint.python.scriptfacts import PythonScript, python_scripts_of
from ssmlint.records import dataclass
from ssmlint.shell.scriptfacts import ShellScript, shell_scripts_of
from ssmlint.source import Source, Span
from ssmlint.tree import Entry, Mapping, Scalar, Sequence
from ssmlint_lsp.parts import Outlined, Part, of_powershell, of_python, of_shell


class SymbolKind(enum.Enum):
    """What a symbol is."""

    DOCUMENT = "document"
    POLICY = "policy"
    GROUP = "group"
    PARAMETER = "parameter"
    VARIABLE = "variable"
    STEP = "step"
    OUTPUT = "output"
    SCRIPT = "script"
    FUNCTION = "function"
    CLASS = "class"
    SCHEDULE = "schedule"
    HANDLER = "handler"


@dataclass(frozen=True, eq=False)
class Symbol:
    """Something worth jumping to."""

    name: str
    kind: SymbolKind
    span: Span
    """All of it, in the file."""
    selection: Span
    """Its name; lies in `span`."""
    detail: str = ""
    children: tuple[Symbol, ...] = ()


def document_symbols(facts: Facts) -> tuple[Symbol, ...]:
    """The symbols of a file, outermost first, in file order."""
    scripts = (
        *map(of_shell, facts.of(ShellScript)),
        *map(of_python, facts.of(PythonScript)),
        *map(of_powershell, facts.of(PowerShellScript)),
    )
    found = [_document(document, scripts) for document in facts.of(SsmDocument)]
    found += [_policy(policy) for policy in facts.of(LifecyclePolicy)]
    if len(found) == 1:
        return found[0].children
    return tuple(sorted(found, key=lambda symbol: symbol.span))


@dataclass(frozen=True, eq=False)
class Found:
    """A symbol of the workspace."""

    symbol: Symbol
    source: Source
    container: str


def workspace_symbols(documents: Iterable[SsmDocument], query: str) -> Iterator[Found]:
    """The symbols whose name has the letters of `query` in that order, whatever their case."""
    for document in documents:
        scripts = (
            *map(of_shell, shell_scripts_of(document)),
            *map(of_python, python_scripts_of(document)),
            *map(of_powershell, powershell_scripts_of(document)),
        )
        whole = _document(document, scripts)
        if _fits(query, document.name):
            yield Found(_named(whole, document.name), document.source, "")
        for symbol in _below(whole):
            if symbol.kind is not SymbolKind.GROUP and _fits(query, symbol.name):
                yield Found(symbol, document.source, document.name)


def policy_symbols(policies: Iterable[LifecyclePolicy], query: str) -> Iterator[Found]:
    """The same for the schedules and handlers of policies."""
    for policy in policies:
        for symbol in _below(_policy(policy)):
            if symbol.kind is not SymbolKind.GROUP and _fits(query, symbol.name):
                yield Found(symbol, policy.source, policy.kind.value)


def _named(symbol: Symbol, name: str) -> Symbol:
    return Symbol(name, symbol.kind, symbol.span, symbol.selection, symbol.detail)


def _below(symbol: Symbol) -> Iterator[Symbol]:
    for child in symbol.children:
        yield child
        yield from _below(child)


def _fits(query: str, name: str) -> bool:
    letters = iter(name.casefold())
    return all(letter in letters for letter in query.casefold())


# --- documents ----------------------------------------------------------------------------


def _document(document: SsmDocument, scripts: Iterable[Outlined]) -> Symbol:
    by_step: dict[int, list[Outlined]] = {}
    for made in scripts:
        if made.script.document is document:
            by_step.setdefault(id(made.script.step.node), []).append(made)
    children: list[Symbol] = []
    for entry in document.root.entries:
        match entry.key.text, entry.value:
            case "parameters", Mapping() as node:
                children.append(_group(entry, (_parameter(e) for e in node)))
            case "variables", Mapping() as node:
                children.append(_group(entry, (_variable(e) for e in node)))
            case "mainSteps", Sequence() as node:
                steps = (item for item in node if isinstance(item, Mapping))
                children.append(_group(entry, (_step(s, None, by_step) for s in steps)))
            case "runtimeConfig", Mapping() as node:
                plugins = ((e.value, e.key) for e in node if isinstance(e.value, Mapping))
                children.append(_group(entry, (_step(s, key, by_step) for s, key in plugins)))
    span = document.root.span
    first = document.root.entries[0].key.span if document.root.entries else span
    kind = document.kind.value
    return Symbol(document.name, SymbolKind.DOCUMENT, span, first, kind, tuple(children))


def _group(entry: Entry, children: Iterable[Symbol]) -> Symbol:
    kind = SymbolKind.GROUP
    return Symbol(entry.key.text or "?", kind, entry.span, entry.key.span, "", tuple(children))


def _parameter(entry: Entry) -> Symbol:
    declared = Parameter(entry.key.text, entry.key, entry.value)
    default = declared.default
    detail = declared.type or ""
    if isinstance(default, Scalar):
        detail = f"{detail} = {_short(default.text)}"
    return _leaf(entry, SymbolKind.PARAMETER, detail)


def _variable(entry: Entry) -> Symbol:
    kind = entry.value.get_scalar("type") if isinstance(entry.value, Mapping) else None
    return _leaf(entry, SymbolKind.VARIABLE, kind.text if kind is not None else "")


def _leaf(entry: Entry, kind: SymbolKind, detail: str) -> Symbol:
    return Symbol(entry.key.text or "?", kind, entry.span, entry.key.span, detail)


def _step(step: Mapping, key: Scalar | None, scripts: dict[int, list[Outlined]]) -> Symbol:
    action = key or step.get_scalar("action")
    named = step.get_scalar("name") or action
    start = key.span.start if key is not None else step.span.start
    span = Span(start, max(step.span.end, key.span.end if key is not None else 0))
    selection = named.span if named is not None else Span(start, start)
    children = [*_outputs(step), *_inner_steps(step, scripts)]
    children += [_script(made) for made in scripts.get(id(step), ())]
    name = (named.text if named is not None else "") or "?"
    detail = action.text if action is not None and action is not named else ""
    return Symbol(name, SymbolKind.STEP, span, selection, detail, tuple(children))


def _outputs(step: Mapping) -> Iterator[Symbol]:
    for item in step.get_sequence("outputs") or ():
        name = item.get_scalar("Name") if isinstance(item, Mapping) else None
        if name is not None and name.text:
            yield Symbol(name.text, SymbolKind.OUTPUT, item.span, name.span)


def _inner_steps(step: Mapping, scripts: dict[int, list[Outlined]]) -> Iterator[Symbol]:
    inputs = step.get_mapping("inputs")
    for item in (inputs.get_sequence("Steps") if inputs is not None else None) or ():
        if isinstance(item, Mapping):
            yield _step(item, None, scripts)


def _script(made: Outlined) -> Symbol:
    pieces = made.script.pieces
    span = Span(pieces[0].scalar.span.start, pieces[-1].scalar.span.end)
    first = Span(span.start, span.start)
    parts = tuple(_part(made.script, part) for part in made.parts)
    inside = tuple(part for part in parts if part.span.covers(part.selection))
    return Symbol(made.name, SymbolKind.SCRIPT, span, first, "script", inside)


def _part(script: Script, part: Part) -> Symbol:
    kind = SymbolKind.CLASS if part.is_class else SymbolKind.FUNCTION
    children = tuple(_part(script, inner) for inner in part.parts)
    return Symbol(
        part.name, kind, script.place(part.span), script.place(part.name_span), "", children
    )


# --- policies -----------------------------------------------------------------------------


def _policy(policy: LifecyclePolicy) -> Symbol:
    children = tuple(_schedule(schedule) for schedule in policy.schedules)
    span = policy.root.span
    label = policy.label_span if span.covers(policy.label_span) else span
    return Symbol(policy.kind.value, SymbolKind.POLICY, span, label, "", children)


def _schedule(schedule: Schedule) -> Symbol:
    cron = schedule.cron_node
    hours = schedule.interval_hours
    detail = cron.text if cron is not None else f"every {hours} h" if hours else ""
    children = tuple(_handler(script) for script in schedule.scripts if script.handler)
    return Symbol(
        schedule.name or "?",
        SymbolKind.SCHEDULE,
        schedule.node.span,
        schedule.label_span,
        detail,
        children,
    )


def _handler(script: PolicyScript) -> Symbol:
    name = script.handler.text if script.handler is not None else ""
    detail = " and ".join(script.stages)
    return Symbol(name or "?", SymbolKind.HANDLER, script.node.span, script.label_span, detail)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 40 else f"{line[:39]}…"
