"""Programs: those with effects, those that ask, and child shells."""

from __future__ import annotations

import itertools
import re

from ssmlint.shell.commands import Invocation
from ssmlint.shell.effects import Effect, EffectKind, is_harmless
from ssmlint.shell.statements import (
    Background,
    Command,
)
from ssmlint.shell.symbolic.events import Event, Happening
from ssmlint.shell.symbolic.handing import Handing, arguments_of
from ssmlint.shell.symbolic.jobs import Jobs
from ssmlint.shell.symbolic.meanings import with_symbols
from ssmlint.shell.symbolic.redirects import discards, leaves_stdout
from ssmlint.shell.symbolic.running import Running
from ssmlint.shell.symbolic.settled import Settled, Variables
from ssmlint.shell.symbolic.state import Contents, State, leave_subshell, with_status
from ssmlint.shell.symbolic.texttools import filtered
from ssmlint.shell.symbolic.values import (
    FieldText,
    only_symbol,
)


class Programs:
    """Programs: those with effects, those that ask, and child shells, for one run."""

    def __init__(self, running: Running, handing: Handing, jobs: Jobs) -> None:
        self.running = running
        self.machine = running.machine
        self.handing = handing
        self.jobs = jobs
        self.forked: set[int] = set()
        """The commands of `setsid --fork` that are being put into the background."""

    def program(self, command: Command, fields: list[FieldText], state: State) -> list[State]:
        """A program: a child shell, one with effects, or one that only asks."""
        stdin = self.running.streams.given(command.redirects, state)
        made, effects = self.running.meanings.meaning(fields, stdin)
        if _forks(made, fields) and id(command) not in self.forked:
            self.forked.add(id(command))
            try:
                return [self.jobs.background(Background(command.span, command), state)]
            finally:
                self.forked.discard(id(command))
        made = self.running.static.waiting(made, command.redirects, state)
        self.running.host.starts_unit(made, fields)
        started = self.handing.start(made, command, fields, stdin, state)
        inner = started or self._inner_shell(made, command, fields, stdin, state)
        if inner is not None:
            return inner
        for at, field in enumerate(fields):
            # `sudo freeze_all` cannot run a function; `command`, `time` and `!` can.
            if at and field.text in state.functions and made.wrappers == ("time",):
                return self.running.call_function(
                    state.functions[field.text], command, fields[at:], state
                )
        found = self._grep(made, command, stdin, state)
        if found is not None:
            return found
        seen = self._looks_into(made, command, state)
        if seen is not None:
            looked = state.fork()
            looked.status = seen[1]
            if not leaves_stdout(command.redirects):
                looked.emit(seen[0])
            return [looked]
        printed = self._filter(made, stdin, state)
        made, effects = self.running.meanings.at_call(made, effects, command, fields, state)
        after = self.running.host.run(state, made, effects, fields)
        strange = not effects and not self._is_harmless(made)
        for end in after:
            if strange:
                end.record(Event(Happening.RUN, self.machine.place(command.span), text=made.name))
            if strange or _makes_files(made, effects):
                for field in fields[1:]:
                    end.expect_file(field.text)
                    end.expect_file(field.text.rpartition("=")[2])
            for text in made.texts:
                end.expect_files_in(text.text)
        for end in after:
            if end.output is not None and not leaves_stdout(command.redirects):
                written = self._written(end, made, command, effects)
                end.emit(written if printed is None else printed)
                end.status = end.status if printed is None else "0"
            if _only_logs(made):
                end.status = "0"
        if made.name in ("kill", "pkill", "killall", "atrm") and not _only_asks(made):
            for end in after:
                self.running.host.kill(end, command.span)
        return after

    def _is_harmless(self, made: Invocation) -> bool:
        key = ("harmless", id(made))
        effects = self.machine.effects
        return self.machine.remembered(key, made, lambda: is_harmless(made, effects))

    def _grep(
        self, made: Invocation, command: Command, stdin: FieldText | None, state: State
    ) -> list[State] | None:
        """`grep -q pattern` on a text that is followed: a test like `=~`."""
        if made.name not in ("grep", "egrep", "fgrep") or made.wrappers:
            return None
        flags = "".join(a.text[1:] for a in made.arguments if a.text.startswith("-"))
        operands = [a.text for a in made.arguments if not a.text.startswith("-")]
        piped = stdin.text if stdin is not None else state.variables.get("\0stdin")
        quiet = "q" in flags or "quiet" in flags or discards(command.redirects)
        if not quiet or len(operands) != 1 or not isinstance(piped, str) or not piped:
            return None
        pattern = operands[0]
        if "F" in flags or made.name == "fgrep":
            pattern = re.escape(pattern)
        if "x" in flags:
            pattern = f"^{pattern}$"
        inverted = "v" in flags.replace("invert", "")
        outcome = self.running.conditions.regex(state, piped.rstrip("\n"), pattern)
        return [with_status(after, truth != inverted) for after, truth in outcome]

    def _looks_into(
        self, made: Invocation, command: Command, state: State
    ) -> tuple[str, str] | None:
        """Output and status of `wc -l < file`, `grep -q . file` on a file made by the script."""
        paths = [a.text for a in made.arguments if not a.text.startswith("-")]
        paths.extend(
            self.running.expander.text(redirect.target, state)[0][1]
            for redirect in command.redirects
            if redirect.operator == "<" and redirect.target is not None
        )
        known = state.files.get(paths[-1]) if paths else None
        if known not in (Contents.EMPTY, Contents.FILLED):
            return None
        filled = known is Contents.FILLED
        if made.name == "wc" and any(a.text == "-l" for a in made.arguments):
            return ("1\n" if filled else "0\n"), "0"
        if made.name == "grep" and paths[0] == ".":
            return "", "0" if filled else "1"
        return None

    def _filter(self, made: Invocation, stdin: FieldText | None, state: State) -> str | None:
        """What `tr`, `cut` ... print for a text on standard input that is known."""
        if stdin is None or made.wrappers:
            return None
        return filtered(made.name, [a.text for a in made.arguments], state.resolve(stdin.text))

    def _written(
        self, state: State, made: Invocation, command: Command, effects: tuple[Effect, ...]
    ) -> str:
        if made.name == "id" and [a.text for a in made.arguments] == ["-u"] and not made.wrappers:
            # The agent runs scripts as root.
            return "0\n"
        return self.running.streams.output(state, command.span, effects)

    def _inner_shell(
        self,
        made: Invocation,
        command: Command,
        fields: list[FieldText],
        stdin: FieldText | None,
        state: State,
    ) -> list[State] | None:
        """`bash -c '...'`, `su -c`: a child shell that sees what is exported."""
        if made.script is None or made.deferred or made.name not in ("sh", "bash", "dash", ""):
            return None
        text = with_symbols(made.script, fields)
        if only_symbol(text.strip()) is not None:
            return None
        child = state.fork()
        child.functions = Settled(
            {n: made for n, made in state.functions.items() if f"{n}()" in state.exported}
        )
        exported = ((n, v) for n, v in state.variables.items() if n in state.exported)
        child.variables = Variables(exported)
        child.options, child.traps = frozenset(), Settled()
        child.arguments = arguments_of(made, fields)
        if stdin is not None and made.stdin is not None:
            child.assign("\0stdin", stdin.text)
        ends = self.running.run_text(
            text, child, self.running.meanings.standing_place(command, state)
        )
        results = []
        for end in ends:
            after = leave_subshell(state, end)
            after.output = end.output
            self._note_attempts(text, child, after)
            results.append(after)
        return self.machine.merge(results)

    def _note_attempts(self, text: str, child: State, after: State) -> None:
        """A child that is to release something and fails before it comes to that has tried."""
        block = self.machine.parse(text) if child.held and after.status != "0" else None
        effects = self.running.static_effects(block, child) if block else ()
        released = {e.resource for e in effects if e.kind is EffectKind.RELEASE}
        after.held = tuple(
            item._replace(
                attempted=item.attempted or (item in child.held and item.resource in released)
            )
            for item in after.held
        )


def _forks(made: Invocation, fields: list[FieldText]) -> bool:
    """Whether it is `setsid --fork`; a later `-f` is one of the program's own options."""
    if "setsid" not in made.wrappers:
        return False
    words = [field.text for field in fields]
    own = itertools.dropwhile(lambda word: word.rpartition("/")[2] != "setsid", words)
    options = itertools.takewhile(lambda word: word.startswith("-"), itertools.islice(own, 1, None))
    return any(re.fullmatch(r"-[a-z]*f[a-z]*|--fork", word) for word in options)


def _makes_files(made: Invocation, effects: tuple[Effect, ...]) -> bool:
    """Whether files that are named may be there afterwards: not with `chmod`."""
    changes = any(e.kind is EffectKind.MUTATE and e.resource == "files" for e in effects)
    return changes and not made.name.startswith("ch")


def _only_logs(made: Invocation) -> bool:
    """`... | tee`, `... | tee -a LOG`: like a message, it does not fail in practice."""
    appends = any(a.text in ("-a", "--append") for a in made.arguments)
    return made.name == "tee" and (appends or not made.arguments)


def _only_asks(made: Invocation) -> bool:
    return any(argument.text in ("-0", "-l", "--list") for argument in made.arguments)
