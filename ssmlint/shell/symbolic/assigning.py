"""Assignments: variables and arrays."""

from __future__ import annotations

from ssmlint.shell.statements import (
    ArrayValue,
    Assignment,
    Command,
    Statement,
    Substitution,
    walk,
)
from ssmlint.shell.symbolic.running import Running
from ssmlint.shell.symbolic.state import Contents, Flow, State
from ssmlint.shell.symbolic.values import (
    Array,
    Constraint,
    SymbolKind,
    is_known,
    only_symbol,
)


class Assigning:
    """Assignments: variables and arrays, for one run."""

    def __init__(self, running: Running) -> None:
        self.running = running
        self.machine = running.machine

    def assignments(self, command: Command, state: State) -> list[State]:
        """A command that is nothing but assignments and redirections."""
        live = [state.fork()]
        for redirect in command.redirects:
            self.running.streams.redirect(redirect, live[0], Contents.EMPTY)
        for assignment in command.assignments:
            live = [after for before in live for after in self.assign(assignment, before)]
        if not self._substitutes(command):
            for after in live:
                after.status = "0" if after.flow is Flow.NORMAL else after.status
        if not command.assignments and any(r.operator == "<" for r in command.redirects):
            # `$(< file)`
            for after in live:
                after.emit(self.running.streams.output(after, command.span, ()))
        return self.machine.merge(live)

    def _substitutes(self, command: Command) -> bool:
        """Whether assignments take their status from a command substitution."""
        return self.running.about("substitutes", command, _substitutes)

    def assign(self, assignment: Assignment, state: State) -> list[State]:
        """Every state after one `name=value`."""
        if isinstance(assignment.value, ArrayValue):
            return self._assign_array(assignment, assignment.value, state)
        if assignment.value is None:
            return [state]
        results = []
        for before, text in self.running.expander.text(assignment.value, state):
            after = before.fork()
            if after.flow is Flow.NORMAL:
                self._store(assignment, text, after)
            results.append(after)
        return results

    def _store(self, assignment: Assignment, text: str, state: State) -> None:
        old = state.variables.get(assignment.name)
        if assignment.subscript is not None or isinstance(old, Array):
            state.assign(assignment.name, self._stored_item(assignment, text, old, state))
        elif assignment.append:
            state.assign(assignment.name, (old or "") + text)
        else:
            state.assign(assignment.name, text)

    def _stored_item(
        self, assignment: Assignment, text: str, old: str | Array | None, state: State
    ) -> Array:
        items = old.items if isinstance(old, Array) else ((old,) if old else ())
        index = self.running.expander.parameters.key(assignment.subscript, state) or "0"
        named = isinstance(old, Array) and (old.keys is not None or not items)
        if isinstance(old, Array) and named and items is not None and is_known(index):
            pairs = dict(zip(old.keys or (), items, strict=True)) | {index: text}
            keyed = old.keys is not None or not index.isdigit()
            return Array(tuple(pairs.values()), keys=tuple(pairs) if keyed else None)
        known = items is not None and index.isdigit() and int(index) <= len(items)
        if not known or items is None:
            return Array(None, self.machine.shared_symbol(SymbolKind.OTHER, assignment.name))
        position = int(index)
        return Array((*items[:position], text, *items[position + 1 :]))

    def _assign_array(self, assignment: Assignment, value: ArrayValue, state: State) -> list[State]:
        results = []
        for before, fields in self.running.expander.fields(value.words, state):
            after = before.fork()
            unknown = next((field for field in fields if field.is_list), None)
            if any(value.keys) and len(fields) == len(value.keys) and unknown is None:
                keys = [
                    self.running.expander.parameters.key(k.text, after) if k else None
                    for k in value.keys
                ]
                texts = tuple(field.text for field in fields)
                named = tuple(key if key is not None else str(i) for i, key in enumerate(keys))
                after.assign(assignment.name, Array(texts, keys=named))
                results.append(after)
                continue
            old = after.variables.get(assignment.name) if assignment.append else None
            base = old.items if isinstance(old, Array) else ()
            if unknown is not None or base is None:
                symbol = only_symbol(unknown.text) if unknown else None
                if symbol is None:
                    symbol = self.machine.symbol(after, SymbolKind.OUTPUT, assignment.span, tag="a")
                    if any(not field.is_list for field in fields):
                        after.know(symbol, Constraint(excludes=frozenset({""})))
                after.assign(assignment.name, Array(None, symbol))
            else:
                after.assign(assignment.name, Array((*base, *(f.text for f in fields))))
            results.append(after)
        return results


def _substitutes(statement: Statement) -> bool:
    return any(isinstance(node, Substitution) for node in walk(statement))
