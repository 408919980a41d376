"""What the parts of a run ask of the whole: to go on with statements of any kind."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable

from ssmlint.shell.effects import Effect
from ssmlint.shell.statements import Block, Command, Function, Redirect, Statement
from ssmlint.shell.symbolic.conditions import Conditions, Outcome
from ssmlint.shell.symbolic.expand import Expander
from ssmlint.shell.symbolic.hosts import Host
from ssmlint.shell.symbolic.idle import SAYS
from ssmlint.shell.symbolic.machine import Machine
from ssmlint.shell.symbolic.meanings import Meanings
from ssmlint.shell.symbolic.redirects import leaves_stdout
from ssmlint.shell.symbolic.settled import Settled
from ssmlint.shell.symbolic.state import Contents, Flow, State
from ssmlint.shell.symbolic.static import StaticEffects
from ssmlint.shell.symbolic.streams import Streams
from ssmlint.shell.symbolic.values import FieldText, Place


class Running(ABC):
    """Runs statements for one machine; knows what each kind of part needs, and none of them."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.host = Host(machine)
        self.expander = Expander(machine, self.run)
        self.conditions = Conditions(self.expander)
        self.streams = Streams(self.expander)
        self.meanings = Meanings(machine)
        self.static = StaticEffects(machine)
        self.foreign: dict[str, Place] = {}
        """Functions that a text without places of its own defines, and where that stands."""
        self.checked = 0
        """How many tests (`if`, `&&`, `!` ...) are around the statement that is running."""

    @abstractmethod
    def run(self, block: Block, state: State) -> list[State]:
        """Every state after a block; those that left it keep their `flow`."""

    @abstractmethod
    def execute(self, statement: Statement, state: State) -> list[State]:
        """Every state after one statement."""

    @abstractmethod
    def condition(self, block: Block, state: State) -> Outcome:
        """Whether a block that is tested (`if`, `while`, `&&`, `!`) succeeds."""

    @abstractmethod
    def call(self, command: Command, state: State) -> list[State]:
        """Every state after a simple command."""

    @abstractmethod
    def call_function(
        self, function: Function, command: Command, fields: list[FieldText], state: State
    ) -> list[State]:
        """Every state after a call of a function of the script."""

    def about(
        self, question: str, statement: Statement, answer: Callable[[Statement], bool]
    ) -> bool:
        """The answer to a question about a statement, which is asked once."""
        key = (question, id(statement))
        return self.machine.remembered(key, statement, lambda: answer(statement))

    def run_text(self, text: str, state: State, place: Place) -> list[State]:
        """Run the text of a trap, of `eval` or of `bash -c`; all of it stands at `place`."""
        block = self.machine.parse(text)
        if block is None:
            self.machine.incomplete = "a script in a string could not be read"
            return [state]
        with self.machine.standing_at(place):
            return self.run(block, state)

    def has_exit_trap(self, state: State) -> bool:
        """Whether an EXIT trap is set that does more than to say something."""
        trap = state.traps.get("EXIT")
        if trap is None or not trap.text:
            return False
        block = self.machine.parse(trap.text)
        if block is None:
            return True
        names = {run.name for run in self.static.invocations(block, state)}
        return not names - set(state.functions) <= SAYS

    def exit_trap(self, state: State) -> list[State]:
        """Every state after the EXIT trap of a shell that ends."""
        trap = state.traps.get("EXIT")
        if trap is None or not self.has_exit_trap(state):
            return [state]
        inner = state.fork()
        # What is known of the status has to outlive the trap's own commands.
        inner.assign("\0status", state.status)
        inner.flow = Flow.NORMAL
        inner.traps = Settled()
        ends = self.run_text(trap.text, inner, trap.place)
        for end in ends:
            # The trap keeps the status that the script had, unless it exits itself.
            if end.flow is not Flow.EXIT:
                end.status = state.status
        return ends

    def static_effects(self, block: Block, state: State) -> tuple[Effect, ...]:
        """What the commands of a block mean, functions included, without running it."""
        return self.static.effects(block, state)

    def redirected(
        self, redirects: tuple[Redirect, ...], state: State, block: Block
    ) -> list[State]:
        """A block whose output may go elsewhere."""
        if not leaves_stdout(redirects):
            return self.run(block, state)
        inner = state.fork()
        inner.output = ""
        ends = self.run(block, inner)
        for end in ends:
            written, end.output = end.output or "", state.output
            self.streams.print_to(redirects, written, end)
            for redirect in redirects:
                self.streams.redirect(redirect, end, Contents.PRESENT)
        return ends
