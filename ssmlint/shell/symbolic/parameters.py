"""What variables and special parameters stand for on a path."""

from __future__ import annotations

import re

from ssmlint.model.references import REFERENCE
from ssmlint.shell.statements import Variable
from ssmlint.shell.symbolic.machine import Machine
from ssmlint.shell.symbolic.state import State
from ssmlint.shell.symbolic.values import Array, SymbolKind, is_known, only_symbol


class Parameters:
    """Looks up variables, positional parameters and the document's own, for one machine."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine

    def reference(self, name: str) -> str:
        """What stands for `{{ name }}`."""
        bindings = self.machine.bindings
        if name == bindings.stage_parameter and bindings.stage is not None:
            return bindings.stage
        return self.machine.shared_symbol(SymbolKind.PARAMETER, name)

    def text(self, name: str, subscript: str | None, state: State) -> str | None:
        """The value of a variable as one text; None where it is unset."""
        value = self.value(name, subscript, state)
        if isinstance(value, Array):
            if value.items is None:
                return value.symbol
            return value.items[0] if value.items else None
        return None if value is None else state.resolve(value)

    def value(self, name: str, subscript: str | None, state: State) -> str | Array | None:
        """The value of a variable or special parameter; None where it is unset."""
        if name == "?":
            return state.resolve(state.status)
        if name.isdigit() and name != "0":
            index = int(name) - 1
            return state.arguments[index] if index < len(state.arguments) else None
        if name in ("@", "*"):
            return Array(state.arguments)
        if name == "#":
            return str(len(state.arguments))
        value = state.variables.get(name)
        if name == "PIPESTATUS" and value is None:
            value = Array((state.resolve(state.status),))
        if isinstance(value, Array):
            return self._element(value, self.key(subscript, state), state)
        if value is not None:
            return value
        return self._environment(name, state)

    def _element(self, value: Array, key: str | None, state: State) -> str | Array | None:
        """One element; an index that is a name of its own may be known, or any."""
        if key is not None and value.keys is None and re.fullmatch(r"[A-Za-z_]\w*", key):
            known = self.text(key, None, state) or "0"
            if not is_known(known):
                return self.machine.shared_symbol(SymbolKind.ITEM, f"element {known}")
            key = known
        return _item(value, key)

    def key(self, subscript: str | None, state: State) -> str | None:
        """What stands in the brackets of an array, with plain `$name`s replaced."""
        if subscript is not None:
            subscript = REFERENCE.sub(lambda m: self.reference(m["name"]), subscript)
        if subscript is None or "$" not in subscript:
            return None if subscript is None else subscript.strip("\"'")

        def value(match: re.Match[str]) -> str:
            return self.text(match[1] or match[2], None, state) or ""

        return re.sub(r"\$\{(\w+)\}|\$(\w+)", value, subscript).strip("\"'")

    def _environment(self, name: str, state: State) -> str | None:
        for known, text in self.machine.bindings.literals:
            if name == known:
                return text
        unknown = name in self.machine.bindings.environment or not name[:1].isalpha()
        if (unknown and name[:1] != "_") or state.sourced:
            return self.machine.shared_symbol(SymbolKind.ENVIRONMENT, name)
        return None

    def length(self, part: Variable, value: str | Array | None, state: State) -> str:
        """`${#name}` of a value."""
        if value is None:
            return "0"
        if isinstance(value, Array):
            if value.items is not None:
                return str(len(value.items))
            known = state.constraint(value.symbol)
            if known.equal == "":
                return "0"
            length = self.machine.symbol(
                state, SymbolKind.LENGTH, part.span, of=value.symbol, tag=value.symbol
            )
            if not known.allows(""):
                state.know(length, type(known)(excludes=frozenset({"0"})))
            return length
        text = state.resolve(value)
        if is_known(text):
            return str(len(text))
        of = only_symbol(text) or ""
        return self.machine.symbol(state, SymbolKind.LENGTH, part.span, of=of, tag=text)


def _item(value: Array, subscript: str | None) -> str | Array | None:
    if subscript in ("@", "*"):
        return value
    if value.items is None:
        return value.symbol
    if value.keys is not None:
        found = dict(zip(value.keys, value.items, strict=True))
        return found.get(subscript or "0")
    if subscript is None:
        return value.items[0] if value.items else None
    if not re.fullmatch(r"-?\d+", subscript):
        return value.items[0] if value.items else None
    index = int(subscript)
    return value.items[index] if -len(value.items) <= index < len(value.items) else None
