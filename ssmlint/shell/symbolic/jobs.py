"""Subshells, pipelines and what runs in the background."""

from __future__ import annotations

from ssmlint.shell.effects import Effect, EffectKind
from ssmlint.shell.statements import (
    Background,
    Block,
    Command,
    Coprocess,
    Pipeline,
    Statement,
)
from ssmlint.shell.symbolic.handing import is_understood
from ssmlint.shell.symbolic.hosts import released_by
from ssmlint.shell.symbolic.redirects import KEPT_OPEN, sleeps
from ssmlint.shell.symbolic.running import Running
from ssmlint.shell.symbolic.state import Flow, State, leave_beside, leave_subshell, with_status
from ssmlint.shell.symbolic.static import detaches
from ssmlint.shell.symbolic.values import (
    Array,
    SymbolKind,
    is_known,
)


class Jobs:
    """Subshells, pipelines and what runs in the background, for one run."""

    def __init__(self, running: Running) -> None:
        self.running = running
        self.machine = running.machine

    def subshell(self, body: Block, state: State) -> list[State]:
        """`( ... )`: the host changes, variables do not."""
        inner = state.fork()
        # A trap of the shell around is not this one's.
        inner.traps = inner.traps.without(("EXIT",))
        ends = [
            end for left in self.running.run(body, inner) for end in self.running.exit_trap(left)
        ]
        results = []
        for end in ends:
            after = leave_subshell(state, end)
            after.output = end.output
            results.append(after)
        return self.machine.merge(results)

    def pipeline(self, statement: Pipeline, state: State) -> list[State]:
        """`a | b`: each part in a subshell of its own; the last one gives the status."""
        if len(statement.commands) == 1:
            truths = self.running.condition(statement.commands, state)
            return [
                s if s.flow is not Flow.NORMAL else with_status(s, t != statement.negated)
                for s, t in truths
            ]
        live = [(state, "0")]
        before = state.output
        effects = self._listed(statement.commands, state)
        for number, command in enumerate(statement.commands):
            step = []
            for start, worst in live:
                if number and sleeps(statement.commands[number - 1]):
                    before_it = (statement.commands[number - 1],)
                    seconds = self.running.static.keeps_open(before_it, start)
                    start.assign(KEPT_OPEN, "" if seconds is None else str(seconds))
                step.extend(self._element(command, start, worst, state))
            live = step
        results = []
        for after, worst in live:
            end = after.fork()
            end.output = before
            statuses = end.variables.get("\0statuses", "")
            end.drop("\0stdin", KEPT_OPEN, "\0statuses")
            end.assign("PIPESTATUS", Array(tuple(str(statuses).split())))
            if "pipefail" in end.options and worst != "0":
                end.status = worst
            if before is not None:
                piped = after.variables.get("\0stdin")
                known = isinstance(piped, str) and bool(piped) and is_known(piped)
                made = piped if known else self.running.streams.output(end, statement.span, effects)
                end.output = before + str(made)
            results.append(end)
        if statement.negated:
            flat = [pair for end in results for pair in self.running.conditions.succeeded(end)]
            results = [with_status(s, not t) for s, t in flat]
        return self.machine.merge(results)

    def _element(
        self, command: Statement, start: State, worst: str, outer: State
    ) -> list[tuple[State, str]]:
        inner = start.fork()
        inner.output = ""
        inner.assign("\0stdin", start.variables.get("\0stdin", ""))
        results = []
        self.running.checked += 1
        try:
            ends = self.running.execute(command, inner)
        finally:
            self.running.checked -= 1
        for end in self.machine.merge(ends):
            after = leave_subshell(outer, end)
            written = end.output or ""
            after.assign("\0stdin", written if len(written) < 500 else "")
            status = after.resolve(after.status)
            before = start.variables.get("\0statuses", "")
            after.assign("\0statuses", f"{before} {status}")
            results.append((after, status if status != "0" else worst))
        return results

    def _listed(self, commands: Block, state: State) -> tuple[Effect, ...]:
        kinds = (EffectKind.LIST, EffectKind.PROBE, EffectKind.QUERY)
        found = self.running.static_effects(commands, state)
        return tuple(effect for effect in found if effect.kind in kinds)

    def background(self, statement: Background, state: State) -> State:
        """`command &`: a watchdog when it releases, else it acts at once."""
        after = state.fork()
        after.status = "0"
        effects = self.running.static_effects((statement.command,), state)
        if any(effect.kind is EffectKind.RELEASE for effect in effects):
            detached = self.running.about("detaches", statement.command, detaches)
            delay = self.running.static.sleeps((statement.command,), state)
            self.running.host.arm(
                after,
                statement.span,
                detached,
                delay,
                resources=released_by(effects),
                seen=self._is_understood(statement.command, state),
            )
            # It may write down who it is before it sleeps: `bash -c 'echo $$ > /run/pid; ...' &`.
            for run in self.running.static.invocations((statement.command,), state):
                after.expect_files_in(run.script.text if run.script is not None else "")
            return after
        inner = after.fork()
        inner.output = None
        ends = self._in_background(statement.command, inner)
        return leave_beside(after, ends) if ends is not None else after

    def _is_understood(self, command: Statement, state: State) -> bool:
        """Whether all that a command in the background may release is known."""

        def ask(asked: Statement) -> bool:
            runs = self.running.static.invocations((asked,), state)
            return all(is_understood(run, state, state, self.machine) for run in runs)

        # What the variables hold makes no difference, as for the effects of a block.
        return self.running.about(f"understood, of {len(state.functions)}", command, ask)

    def _in_background(self, command: Statement, state: State) -> State | None:
        if isinstance(command, Command):
            made = self._external_only(command, state)
            if made is not None:
                return made
        ends = [
            end for end in self.running.execute(command, state) if not _failed_effect(state, end)
        ]
        return ends[0] if ends else None

    def _external_only(self, command: Command, state: State) -> State | None:
        for after, fields in self.running.expander.fields(command.words, state):
            if not fields:
                continue  # `x=1 &`, or a variable with nothing in it: no program is run
            made, effects = self.running.meanings.meaning(
                fields, self.running.streams.given(command.redirects, after)
            )
            if effects:
                made = self.running.static.waiting(made, command.redirects, after)
                begun = self.running.host.run(after, made, effects, fields, background=True)[0]
                for text in made.texts:
                    begun.expect_files_in(text.text)
                return begun
        return None

    def coprocess(self, statement: Coprocess, state: State) -> State:
        """`coproc`: runs beside the script, which keeps its ends of the pipes."""
        after = state.fork()
        after.assign(
            statement.name, Array(None, self.machine.shared_symbol(SymbolKind.OTHER, "fd"))
        )
        after.status = "0"
        ends = self._in_background(statement.command, after.fork())
        return leave_beside(after, ends) if ends is not None else after


def _failed_effect(before: State, after: State) -> bool:
    newest = after.newest
    return newest is not None and newest is not before.newest and newest.ok is False
