"""Which functions of a script call which."""

from __future__ import annotations

import functools

from ssmlint.shell.scriptfacts import ShellScript

#: Functions of which the calls are followed; of more, any may call any.
_MOST_FUNCTIONS = 300
#: Where commands stand that are in no function, or that may be called from anywhere.
TOP = ""


class CallGraph:
    """Calls by name, and by a name that is handed over as an argument.

    Where the script runs commands whose names are not known, any function may be called
    from there.
    """

    def __init__(self, script: ShellScript) -> None:
        self._script = script
        self._callers: dict[str, frozenset[str]] = {}

    @functools.cached_property
    def _direct(self) -> dict[str, frozenset[str]]:
        """For each function the functions it may be called from (`TOP` for the script)."""
        names = frozenset(self._script.functions)
        found: dict[str, set[str]] = {name: set() for name in names}
        for use in self._script.uses:
            function = use.unit.index.function_of(use.command)
            caller = (
                function.name if function is not None and use.unit is self._script.main else TOP
            )
            words = {word.literal for word in use.command.words}
            called = names if use.command.words[0].literal is None else names & words
            for name in called:
                found[name].add(caller)
        return {name: frozenset(callers) for name, callers in found.items()}

    def callers(self, name: str) -> frozenset[str]:
        """Every function that may have called `name` in the end, `TOP` where the script has."""
        if len(self._script.functions) > _MOST_FUNCTIONS:
            return frozenset({TOP, *self._script.functions})
        if name not in self._callers:
            self._callers[name] = self._find(name)
        return self._callers[name]

    def _find(self, name: str) -> frozenset[str]:
        seen: set[str] = set()
        todo = [name]
        while todo:
            for caller in self._direct.get(todo.pop(), frozenset()):
                if caller not in seen:
                    seen.add(caller)
                    todo.append(caller)
        return frozenset(seen)
