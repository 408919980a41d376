"""`local`, `export`, `readonly`, `declare`, `typeset` and `unset`."""

from __future__ import annotations

from ssmlint.shell.statements import Declaration
from ssmlint.shell.symbolic.assigning import Assigning
from ssmlint.shell.symbolic.handing import Handing
from ssmlint.shell.symbolic.settled import Settled
from ssmlint.shell.symbolic.state import State
from ssmlint.shell.symbolic.values import Array


class Declaring:
    """Declarations of variables and functions."""

    def __init__(self, assigning: Assigning, handing: Handing) -> None:
        self.assigning = assigning
        self.handing = handing
        self.machine = assigning.machine

    def declare(self, statement: Declaration, state: State) -> list[State]:
        """`local`, `export`, `readonly`, `declare`, `typeset`, `unset`."""
        if self.handing.prints(statement):
            return [self.handing.declared(statement, state)]
        functions = any("f" in option for option in statement.options)
        live = [state.fork()]
        if statement.keyword == "unset":
            self._unset(statement, live[0])
            return live
        outer = any("g" in option for option in statement.options)
        is_local = statement.keyword in ("local", "declare", "typeset") and not outer
        exports = statement.keyword == "export" or any("x" in o for o in statement.options)
        for assignment in statement.assignments:
            if functions:
                live[0].exported |= {f"{assignment.name}()"}
                continue
            for before in live:
                # `declare -r name` outside of functions keeps the value, and so does a second
                # `local name`.
                new = is_local and before.declare_local(assignment.name)
                if new and assignment.value is None:
                    before.drop(assignment.name)
                if exports:
                    before.exported |= {assignment.name}
                lists = any("a" in option.lower() for option in statement.options)
                if lists and assignment.value is None and assignment.name not in before.variables:
                    before.assign(assignment.name, Array(()))
            live = [s for before in live for s in self.assigning.assign(assignment, before)]
        for after in live:
            # `local x=$(cmd)` has the status of `local`, not of `cmd`.
            after.status = "0"
        return self.machine.merge(live)

    def _unset(self, statement: Declaration, state: State) -> None:
        for assignment in statement.assignments:
            if assignment.subscript is None:
                state.drop(assignment.name)
                kept = {n: made for n, made in state.functions.items() if n != assignment.name}
                state.functions = Settled(kept)
        state.status = "0"
