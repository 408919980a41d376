"""Statements, carried out on every path at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from ssmlint.shell.commands import UNKNOWN, Field, Invocation, invocation
from ssmlint.shell.effects import Effect, EffectKind, is_harmless
from ssmlint.shell.statements import (
    AndOr,
    ArithmeticCommand,
    ArithmeticFor,
    ArrayValue,
    Assignment,
    Background,
    Block,
    Case,
    Command,
    Coprocess,
    Declaration,
    For,
    Function,
    Group,
    If,
    Pipeline,
    Redirect,
    Statement,
    Subshell,
    Substitution,
    Test,
    Unknown,
    Variable,
    While,
    Word,
    walk,
)
from ssmlint.shell.symbolic.builtins import BUILTINS, Builtins
from ssmlint.shell.symbolic.conditions import Conditions, Outcome
from ssmlint.shell.symbolic.expand import Expander, leave_subshell
from ssmlint.shell.symbolic.hosts import Host
from ssmlint.shell.symbolic.loops import Loops
from ssmlint.shell.symbolic.machine import Machine, known_int
from ssmlint.shell.symbolic.state import Contents, Event, Flow, Frame, Happening, State
from ssmlint.shell.symbolic.static import StaticEffects
from ssmlint.shell.symbolic.texttools import filtered
from ssmlint.shell.symbolic.values import (
    Array,
    Constraint,
    FieldText,
    Place,
    SymbolKind,
    is_known,
    only_symbol,
    without_symbols,
)
from ssmlint.source import Span

MAX_CALL_DEPTH = 24
_OUTPUT_REDIRECTS = frozenset({">", ">>", "&>", "&>>", ">|", ">&"})


class Interpreter:
    """Runs blocks of statements for one machine."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.host = Host(machine)
        self.expander = Expander(machine, self.run)
        self.conditions = Conditions(self.expander)
        self.loops = Loops(self)
        self.builtins = Builtins(self)
        self.static = StaticEffects(machine)
        self.foreign: dict[str, Place] = {}
        """Functions that a text without places of its own defines, and where that stands."""
        self._checked = 0

    # --- blocks --------------------------------------------------------------------------

    def run(self, block: Block, state: State) -> list[State]:
        """Every state after a block; those that left it keep their `flow`."""
        live, left = [state], list[State]()
        for number, statement in enumerate(block):
            step: list[State] = []
            for before in live:
                for after in self.execute(statement, before):
                    (step if after.flow is Flow.NORMAL else left).append(after)
            if isinstance(statement, Command) and number + 1 < len(block):
                self._drop(statement, block[number + 1], step)
            live = self.machine.merge(step)
            if not live:
                break
        return [*live, *left]

    def _drop(self, command: Command, following: Statement, states: list[State]) -> None:
        """Note the failures of a function that the statement behind it does not look at."""
        if self._about("reads status", following, _reads_status):
            return
        for state in states:
            if known_int(state.resolve(state.status)) in (None, 0):
                continue
            newest = state.events.newest if state.events is not None else None
            place = self.machine.place(command.span)
            said = newest is not None and (newest.kind, newest.place) == (Happening.RETURN, place)
            self._note_drop(command, state, False if said else None)

    def _note_drop(self, command: Command, state: State, ok: bool | None) -> None:
        """Only the first of each sort on a path, so that paths do not double with every call."""
        found = (event for event in state.events or () if event.kind is Happening.DROPPED)
        if command.name in state.functions and all(event.ok is not ok for event in found):
            text = f"`{command.name}` fails, and nothing looks at it"
            state.record(Event(Happening.DROPPED, self.machine.place(command.span), ok, text=text))

    def execute(self, statement: Statement, state: State) -> list[State]:
        """Every state after one statement."""
        self.machine.tick()
        match statement:
            case Command():
                return self._errexit(self.command(statement, state))
            case Declaration():
                return self.builtins.declare(statement, state)
            case Pipeline():
                return self._errexit(self._pipeline(statement, state))
            case AndOr():
                return self._and_or(statement, state)
            case If():
                return self._if(statement, state)
            case Case():
                return self._case(statement, state)
            case For():
                return self.loops.run_for(statement, state)
            case ArithmeticFor():
                return self.loops.run_arithmetic_for(statement, state)
            case While():
                return self.loops.run_while(statement, state)
            case Function():
                after = state.fork()
                after.define(statement)
                if self.machine.override is not None:
                    self.foreign[statement.name] = self.machine.override
                after.status = "0"
                return [after]
            case Group():
                return self.redirected(statement.redirects, state, statement.body)
            case Subshell():
                return self._errexit(self._subshell(statement.body, state))
            case Background():
                return [self._background(statement, state)]
            case Coprocess():
                return [self._coprocess(statement, state)]
            case ArithmeticCommand():
                truths = self.conditions.arithmetic(statement.expression, state)
                return self._errexit([_with_status(s, t) for s, t in truths])
            case Test():
                return self._errexit([_with_status(s, t) for s, t in self._test(statement, state)])
            case Unknown():
                self.machine.incomplete = self.machine.incomplete or statement.reason
                after = state.fork()
                after.status = self.machine.symbol(after, SymbolKind.STATUS, statement.span)
                return [after]

    def _test(self, test: Test, state: State) -> Outcome:
        if test.expression is None:
            return [(state.fork(), False)]
        truths = self.conditions.decide(test.expression, state, test.bracket == "[[")
        return [(after.fork(), truth) for after, truth in truths]

    # --- conditions ------------------------------------------------------------------------

    def condition(self, block: Block, state: State) -> Outcome:
        """Whether a block that is tested (`if`, `while`, `&&`, `!`) succeeds."""
        self._checked += 1
        try:
            ends = self.run(block, state)
        finally:
            self._checked -= 1
        results: Outcome = []
        for end in ends:
            if end.flow is Flow.NORMAL:
                results.extend(self.conditions.succeeded(end))
            else:
                results.append((end, False))
        return results

    def _errexit(self, states: list[State]) -> list[State]:
        """`set -e` and the ERR trap, after a command that nothing checks."""
        if self._checked:
            return states
        results = []
        for state in states:
            watched = "errexit" in state.options or "ERR" in state.traps
            if state.flow is not Flow.NORMAL or not watched or state.status == "0":
                results.append(state)
                continue
            for after, fine in self.conditions.succeeded(state):
                results.extend([after] if fine else self._failed(after))
        return results

    def _failed(self, state: State) -> list[State]:
        after = state.fork()
        trap = after.traps.get("ERR")
        after.set_trap("ERR", None)
        states = [after] if trap is None else self.run_text(trap.text, after, trap.place)
        for end in states:
            if trap is not None and "ERR" not in end.traps:
                end.set_trap("ERR", trap)
            if "errexit" in end.options and end.flow is Flow.NORMAL:
                end.flow = Flow.EXIT
                end.status = after.status
        return states

    def _and_or(self, statement: AndOr, state: State) -> list[State]:
        results = []
        for after, truth in self.condition((statement.left,), state):
            if after.flow is not Flow.NORMAL:
                results.append(after)
            elif truth == (statement.operator == "&&"):
                ends = self.execute(statement.right, after)
                if isinstance(statement.left, Command) and not truth:
                    for end in ends:
                        if end.flow is Flow.NORMAL and end.status == "0":
                            self._note_drop(statement.left, end, None)
                results.extend(ends)
            else:
                results.append(after)
        return self.machine.merge(results)

    def _if(self, statement: If, state: State) -> list[State]:
        results: list[State] = []
        live = [state]
        for branch in statement.branches:
            step = []
            for before in live:
                for after, truth in self.condition(branch.condition, before):
                    if after.flow is not Flow.NORMAL:
                        results.append(after)
                    elif truth:
                        results.extend(self.run(branch.body, after))
                    else:
                        step.append(after)
            live = self.machine.merge(step)
        for before in live:
            if statement.otherwise is not None:
                results.extend(self.run(statement.otherwise, before))
            else:
                before = before.fork()
                before.status = "0"
                results.append(before)
        return self.machine.merge(results)

    def _case(self, statement: Case, state: State) -> list[State]:
        results: list[State] = []
        for before, subject in self.expander.text(statement.subject, state):
            live = [before]
            for index, item in enumerate(statement.items):
                step = []
                for start in live:
                    for after, truth in self._any_pattern(item.patterns, subject, start):
                        if truth:
                            results.extend(self._case_body(statement, index, after, subject))
                        else:
                            step.append(after)
                live = self.machine.merge(step)
            for after in live:
                after = after.fork()
                after.status = "0"
                results.append(after)
        return self.machine.merge(results)

    def _case_body(self, statement: Case, index: int, state: State, subject: str) -> list[State]:
        item = statement.items[index]
        ends = self.run(item.body, state)
        if item.terminator == ";;" or index + 1 >= len(statement.items):
            return ends
        results = []
        for end in ends:
            if end.flow is not Flow.NORMAL:
                results.append(end)
            else:
                results.extend(self._case_body(statement, index + 1, end, subject))
        return results

    def _any_pattern(self, patterns: tuple[Word, ...], subject: str, state: State) -> Outcome:
        results: Outcome = []
        live = [state]
        for word in patterns:
            step = []
            for before in live:
                for middle, pattern in self.expander.pattern(word, before):
                    for after, truth in self.conditions.matches(middle, subject, pattern):
                        if truth:
                            results.append((after, True))
                        else:
                            step.append(after)
            live = step
        if len(results) > 1:
            # Which of several patterns it was makes no difference to what follows.
            results = [(state.fork(), True)]
        return [*results, *((after, False) for after in live)]

    # --- subshells, pipelines, background -----------------------------------------------------

    def _subshell(self, body: Block, state: State) -> list[State]:
        ends = self.run(body, state.fork())
        results = []
        for end in ends:
            after = leave_subshell(state, end)
            after.output = end.output
            results.append(after)
        return self.machine.merge(results)

    def _pipeline(self, statement: Pipeline, state: State) -> list[State]:
        if len(statement.commands) == 1:
            truths = self.condition(statement.commands, state)
            return [
                s if s.flow is not Flow.NORMAL else _with_status(s, t != statement.negated)
                for s, t in truths
            ]
        live = [(state, "0")]
        before = state.output
        effects = self._listed(statement.commands, state)
        for command in statement.commands:
            step = []
            for start, worst in live:
                step.extend(self._element(command, start, worst, state))
            live = step
        results = []
        for after, worst in live:
            end = after.fork()
            end.output = before
            end.variables.pop("\0stdin", None)
            statuses = end.variables.pop("\0statuses", "")
            end.assign("PIPESTATUS", Array(tuple(str(statuses).split())))
            if "pipefail" in end.options and worst != "0":
                end.status = worst
            if before is not None:
                piped = after.variables.get("\0stdin")
                known = isinstance(piped, str) and bool(piped) and is_known(piped)
                made = piped if known else self._output(end, statement.span, effects)
                end.output = before + str(made)
            results.append(end)
        if statement.negated:
            flat = [pair for end in results for pair in self.conditions.succeeded(end)]
            results = [_with_status(s, not t) for s, t in flat]
        return self.machine.merge(results)

    def _element(
        self, command: Statement, start: State, worst: str, outer: State
    ) -> list[tuple[State, str]]:
        inner = start.fork()
        inner.output = ""
        inner.variables["\0stdin"] = start.variables.get("\0stdin", "")
        results = []
        self._checked += 1
        try:
            ends = self.execute(command, inner)
        finally:
            self._checked -= 1
        for end in self.machine.merge(ends):
            after = leave_subshell(outer, end)
            written = end.output or ""
            after.variables["\0stdin"] = written if len(written) < 500 else ""
            status = after.resolve(after.status)
            before = start.variables.get("\0statuses", "")
            after.variables["\0statuses"] = f"{before} {status}"
            results.append((after, status if status != "0" else worst))
        return results

    def _listed(self, commands: Block, state: State) -> tuple[Effect, ...]:
        kinds = (EffectKind.LIST, EffectKind.PROBE, EffectKind.QUERY)
        found = self.static_effects(commands, state)
        return tuple(effect for effect in found if effect.kind in kinds)

    def _output(self, state: State, span: Span, effects: tuple[Effect, ...]) -> str:
        text = self.machine.source(span)
        return self.machine.symbol(
            state, SymbolKind.OUTPUT, span, text=text, effects=effects, tag="output"
        )

    def _background(self, statement: Background, state: State) -> State:
        """`command &`: a watchdog when it releases, else it acts at once."""
        after = state.fork()
        after.status = "0"
        effects = self.static_effects((statement.command,), state)
        released = frozenset(e.resource for e in effects if e.kind is EffectKind.RELEASE)
        if released:
            detached = self.static.detaches(statement.command)
            delay = self.static.sleeps((statement.command,), state)
            self.host.arm(after, statement.span, detached, delay, resources=released)
            return after
        inner = after.fork()
        inner.output = None
        ends = self._in_background(statement.command, inner)
        return leave_subshell(after, ends) if ends is not None else after

    def _in_background(self, command: Statement, state: State) -> State | None:
        if isinstance(command, Command):
            made = self._external_only(command, state)
            if made is not None:
                return made
        ends = [end for end in self.execute(command, state) if not _failed_effect(state, end)]
        return ends[0] if ends else None

    def _external_only(self, command: Command, state: State) -> State | None:
        for after, fields in self.expander.fields(command.words, state):
            made, effects = self._meaning(fields, self._stdin(command.redirects, after))
            if effects:
                return self.host.run(after, made, effects, fields, background=True)[0]
        return None

    def _coprocess(self, statement: Coprocess, state: State) -> State:
        after = state.fork()
        after.assign(
            statement.name, Array(None, self.machine.shared_symbol(SymbolKind.OTHER, "fd"))
        )
        after.status = "0"
        ends = self._in_background(statement.command, after.fork())
        return leave_subshell(after, ends) if ends is not None else after

    def redirected(
        self, redirects: tuple[Redirect, ...], state: State, block: Block
    ) -> list[State]:
        """A block whose output may go elsewhere."""
        before = state.output
        if before is None or not _leaves_stdout(redirects):
            return self.run(block, state)
        inner = state.fork()
        inner.output = None
        ends = self.run(block, inner)
        for end in ends:
            end.output = before
        return ends

    # --- commands ------------------------------------------------------------------------------

    def command(self, command: Command, state: State) -> list[State]:
        """A simple command: assignments, function, builtin or program."""
        if not command.words:
            return self._assignments(command, state)
        results = []
        for after, fields in self.expander.fields(command.words, state):
            if after.flow is not Flow.NORMAL:
                results.append(after)
                continue
            results.extend(self._call(command, fields, self._prefix(command, after)))
        return self.machine.merge(results)

    def _prefix(self, command: Command, state: State) -> State:
        """`LC_ALL=C cmd` sets a variable for one command; what stays of it is nothing."""
        for assignment in command.assignments:
            if isinstance(assignment.value, ArrayValue) or assignment.value is None:
                continue
            state = self.expander.text(assignment.value, state)[0][0]
        return state

    def _assignments(self, command: Command, state: State) -> list[State]:
        live = [state.fork()]
        for redirect in command.redirects:
            self._redirect(redirect, live[0], Contents.EMPTY)
        for assignment in command.assignments:
            live = [after for before in live for after in self.assign(assignment, before)]
        if not self._substitutes(command):
            for after in live:
                after.status = "0" if after.flow is Flow.NORMAL else after.status
        if not command.assignments and any(r.operator == "<" for r in command.redirects):
            # `$(< file)`
            for after in live:
                after.emit(self._output(after, command.span, ()))
        return self.machine.merge(live)

    def _substitutes(self, command: Command) -> bool:
        """Whether assignments take their status from a command substitution."""
        return self._about("substitutes", command, _substitutes)

    def _about(
        self, question: str, statement: Statement, answer: Callable[[Statement], bool]
    ) -> bool:
        """The answer to a question about a statement, which is asked once."""
        key = (question, id(statement))
        found: tuple[bool, Statement] | None = self.machine.memo.get(key)
        if found is None:
            # The statement is kept with the answer, so that its identity can not be reused.
            found = self.machine.memo[key] = (answer(statement), statement)
        return found[0]

    def assign(self, assignment: Assignment, state: State) -> list[State]:
        """Every state after one `name=value`."""
        if isinstance(assignment.value, ArrayValue):
            return self._assign_array(assignment, assignment.value, state)
        if assignment.value is None:
            return [state]
        results = []
        for before, text in self.expander.text(assignment.value, state):
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
        index = self.expander.key(assignment.subscript, state) or "0"
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
        for before, fields in self.expander.fields(value.words, state):
            after = before.fork()
            unknown = next((field for field in fields if field.is_list), None)
            if any(value.keys) and len(fields) == len(value.keys) and unknown is None:
                keys = [self.expander.key(k.text, after) if k else None for k in value.keys]
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
                        after.constraints[symbol] = Constraint(excludes=frozenset({""}))
                after.assign(assignment.name, Array(None, symbol))
            else:
                after.assign(assignment.name, Array((*base, *(f.text for f in fields))))
            results.append(after)
        return results

    def _call(self, command: Command, fields: list[FieldText], state: State) -> list[State]:
        if not fields:
            after = state.fork()
            return [after]
        if "PIPESTATUS" in state.variables:
            state = state.fork()
            state.variables.pop("PIPESTATUS")
        name = state.resolve(fields[0].text)
        function = state.functions.get(name)
        if function is not None:
            return self._function(function, command, fields, state)
        if name in BUILTINS and command.words[0].literal != "":
            handled = self.builtins.run(name, command, fields, state)
            if handled is not None:
                return self._after_redirects(command, handled)
        return self._after_redirects(command, self._program(command, fields, state))

    def _after_redirects(self, command: Command, states: list[State]) -> list[State]:
        for state in states:
            for redirect in command.redirects:
                self._redirect(redirect, state, _written_by(command))
            self._note_script(command, state)
        return states

    def _note_script(self, command: Command, state: State) -> None:
        """`cat > path <<EOF`: the text of a script that may be run later."""
        if command.name not in ("cat", "tee"):
            return
        stdin = self._stdin(command.redirects, state)
        paths = [r.target for r in command.redirects if r.operator in (">", ">>") and r.target]
        paths += command.words[1:] if command.name == "tee" else ()
        for word in paths if stdin is not None else ():
            path = self.expander.text(word, state)[0][1]
            if stdin is not None and path:
                state.texts = {**state.texts, path: stdin.text}

    def _redirect(self, redirect: Redirect, state: State, contents: Contents) -> None:
        """What a redirection of the output makes of a file."""
        if redirect.target is None or redirect.operator not in _OUTPUT_REDIRECTS:
            return
        _, path = self.expander.text(redirect.target, state)[0]
        if not path or path.startswith(("/dev/", "&")) or path.isdigit():
            return
        if redirect.operator in (">>", "&>>") and contents is not Contents.FILLED:
            before = state.files.get(path, Contents.PRESENT)
            if contents is Contents.EMPTY or before is Contents.FILLED:
                contents = before if before is not Contents.ABSENT else Contents.EMPTY
        state.note_file(path, contents)

    def _function(
        self, function: Function, command: Command, fields: list[FieldText], state: State
    ) -> list[State]:
        if len(state.frames) >= MAX_CALL_DEPTH:
            self.machine.incomplete = "functions call each other without end"
            return []
        inner = state.fork()
        place = self.machine.place(command.span)
        inner.frames = (*state.frames, Frame(function.name, place, state.arguments))
        inner.arguments = tuple(field.text for field in fields[1:])
        redirects = (*command.redirects, *function.redirects)
        results = []
        with self.machine.standing_at(self.foreign.get(function.name)):
            ends = self.redirected(redirects, inner, function.body)
        for end in ends:
            if end.flow in (Flow.BREAK, Flow.CONTINUE):
                end.flow, end.levels = Flow.NORMAL, 0
            says = end.flow is Flow.RETURN
            if end.flow in (Flow.NORMAL, Flow.RETURN):
                end.flow = Flow.NORMAL
                end.status = end.resolve(end.status)
            end.leave_function()
            if says and known_int(end.status) not in (None, 0):
                text = f"`{function.name}` returns {end.status}"
                end.record(Event(Happening.RETURN, place, False, text=text))
            results.append(end)
        return self._after_redirects(command, self.machine.merge(results))

    # --- programs ------------------------------------------------------------------------------

    def _meaning(
        self, fields: list[FieldText], stdin: FieldText | None
    ) -> tuple[Invocation, tuple[Effect, ...]]:
        """What a command runs and what that means; the same on every path."""
        where = (fields[0].span.start, fields[-1].span.end, self.machine.script)
        texts = tuple(field.text for field in fields)
        key = ("meaning", where, texts, None if stdin is None else stdin.text)
        meaning: tuple[Invocation, tuple[Effect, ...]] | None = self.machine.memo.get(key)
        if meaning is None:
            plain = [_field(field) for field in fields]
            made = invocation(plain, _field(stdin) if stdin is not None else None)
            meaning = self.machine.memo[key] = (made, self.machine.effects.effects(made))
        return meaning

    def _stdin(self, redirects: tuple[Redirect, ...], state: State) -> FieldText | None:
        for redirect in redirects:
            if redirect.target is not None and redirect.operator in ("<<", "<<-", "<<<"):
                _, text = self.expander.text(redirect.target, state)[0]
                return FieldText(text, redirect.target.span, True)
        piped = state.variables.get("\0stdin")
        if isinstance(piped, str) and piped and only_symbol(piped.strip()) is None:
            return FieldText(piped, Span(0, 0), True)
        return None

    def _program(self, command: Command, fields: list[FieldText], state: State) -> list[State]:
        stdin = self._stdin(command.redirects, state)
        made, effects = self._meaning(fields, stdin)
        if "setsid" in made.wrappers and any(f.text in ("-f", "--fork") for f in fields):
            return [self._background(Background(command.span, command), state)]
        inner = self._inner_shell(made, command, fields, stdin, state)
        if inner is not None:
            return inner
        for at, field in enumerate(fields):
            # `sudo freeze_all` cannot run a function; `command`, `time` and `!` can.
            if at and field.text in state.functions and made.wrappers == ("time",):
                return self._function(state.functions[field.text], command, fields[at:], state)
        found = self._grep(made, command, stdin, state)
        if found is not None:
            return found
        seen = self._looks_into(made, command, state)
        if seen is not None:
            looked = state.fork()
            looked.status = seen[1]
            if not _leaves_stdout(command.redirects):
                looked.emit(seen[0])
            return [looked]
        printed = self._filter(made, stdin, state)
        made, effects = self._at_call(made, effects, command, fields, state)
        after = self.host.run(state, made, effects, fields)
        if not effects and not is_harmless(made, self.machine.effects):
            for end in after:
                end.record(Event(Happening.RUN, self.machine.place(command.span), text=made.name))
        for end in after:
            if end.output is not None and not _leaves_stdout(command.redirects):
                written = self._written(end, made, command, effects)
                end.emit(written if printed is None else printed)
                end.status = end.status if printed is None else "0"
        if made.name in ("kill", "pkill", "killall", "atrm") and not _only_asks(made):
            for end in after:
                self.host.kill(end, command.span)
        return after

    def _at_call(
        self,
        made: Invocation,
        effects: tuple[Effect, ...],
        command: Command,
        fields: list[FieldText],
        state: State,
    ) -> tuple[Invocation, tuple[Effect, ...]]:
        """What a function was given to run (`psql -c "$2"`, `"$@"`) stands where it was called."""
        given = [word.span for word in command.words if _is_given(word)]
        names = [field.span for field in fields if field.text.rpartition("/")[2] == made.name]
        if any(span.covers(name) for span in given for name in names):
            given.append(command.span)
        if not state.frames or not any(s.covers(e.span) for e in effects for s in given):
            return made, effects
        call = state.frames[-1].place.span
        moved = (
            replace(effect, span=call) if any(s.covers(effect.span) for s in given) else effect
            for effect in effects
        )
        return replace(made, span=call), tuple(moved)

    def _grep(
        self, made: Invocation, command: Command, stdin: FieldText | None, state: State
    ) -> list[State] | None:
        """`grep -q pattern` on a text that is followed: a test like `=~`."""
        if made.name not in ("grep", "egrep", "fgrep") or made.wrappers:
            return None
        flags = "".join(a.text[1:] for a in made.arguments if a.text.startswith("-"))
        operands = [a.text for a in made.arguments if not a.text.startswith("-")]
        piped = stdin.text if stdin is not None else state.variables.get("\0stdin")
        quiet = "q" in flags or "quiet" in flags or _discards(command.redirects)
        if not quiet or len(operands) != 1 or not isinstance(piped, str) or not piped:
            return None
        pattern = operands[0]
        if "F" in flags or made.name == "fgrep":
            pattern = re.escape(pattern)
        if "x" in flags:
            pattern = f"^{pattern}$"
        inverted = "v" in flags.replace("invert", "")
        outcome = self.conditions.regex(state, piped.rstrip("\n"), pattern)
        return [_with_status(after, truth != inverted) for after, truth in outcome]

    def _looks_into(
        self, made: Invocation, command: Command, state: State
    ) -> tuple[str, str] | None:
        """Output and status of `wc -l < file`, `grep -q . file` on a file made by the script."""
        paths = [a.text for a in made.arguments if not a.text.startswith("-")]
        paths.extend(
            self.expander.text(redirect.target, state)[0][1]
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
        return self._output(state, command.span, effects)

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
        text = self._with_symbols(made.script, fields)
        if only_symbol(text.strip()) is not None:
            return None
        child = state.fork()
        child.functions = {
            name: function
            for name, function in state.functions.items()
            if f"{name}()" in state.exported
        }
        child.variables = {n: v for n, v in state.variables.items() if n in state.exported}
        child.options, child.traps = frozenset(), {}
        if stdin is not None and made.stdin is not None:
            child.variables["\0stdin"] = stdin.text
        ends = self.run_text(text, child, self.machine.place(command.span))
        results = []
        for end in ends:
            after = leave_subshell(state, end)
            after.output = end.output
            results.append(after)
        return self.machine.merge(results)

    def _with_symbols(self, script: Field, fields: list[FieldText]) -> str:
        """The text of an inner script with its symbols, which stand for themselves there."""
        for field in fields:
            if field.span == script.span and _field(field).text == script.text:
                return field.text
        return script.text

    def run_text(self, text: str, state: State, place: Place) -> list[State]:
        """Run the text of a trap, of `eval` or of `bash -c`; all of it stands at `place`."""
        block = self.machine.parse(text)
        if block is None:
            self.machine.incomplete = "a script in a string could not be read"
            return [state]
        with self.machine.standing_at(place):
            return self.run(block, state)

    def static_effects(self, block: Block, state: State) -> tuple[Effect, ...]:
        """What the commands of a block mean, functions included, without running it."""
        return self.static.effects(block, state)


def _field(field: FieldText) -> Field:
    return Field(without_symbols(field.text, UNKNOWN), field.span, field.quoted)


def _substitutes(statement: Statement) -> bool:
    return any(isinstance(node, Substitution) for node in walk(statement))


def _is_given(word: Word) -> bool:
    """Whether arguments of the function are in a word."""
    return any(
        isinstance(part, Variable) and (part.name in ("@", "*") or part.name.isdigit())
        for part in word.parts
    )


def _reads_status(statement: Statement) -> bool:
    return any(isinstance(node, Variable) and node.name == "?" for node in walk(statement))


def _with_status(state: State, truth: bool) -> State:
    state = state.fork()
    state.status = "0" if truth else "1"
    return state


def _written_by(command: Command) -> Contents:
    """What a command leaves in a file that its output goes to."""
    if command.name in (":", "true") or not command.words:
        return Contents.EMPTY
    return Contents.FILLED if command.name in ("echo", "printf") else Contents.PRESENT


def _discards(redirects: tuple[Redirect, ...]) -> bool:
    return any(
        r.operator in (">", "&>") and r.target is not None and r.target.literal == "/dev/null"
        for r in redirects
    )


def _leaves_stdout(redirects: tuple[Redirect, ...]) -> bool:
    """Whether nothing of what the command prints goes to its standard output."""
    for redirect in redirects:
        if redirect.operator == ">&" and redirect.descriptor == 2:
            # `2>&1 >/dev/null`: what is printed there are the errors.
            return False
        if redirect.operator in _OUTPUT_REDIRECTS and redirect.descriptor in (None, 1):
            return True
    return False


def _only_asks(made: Invocation) -> bool:
    return any(argument.text in ("-0", "-l", "--list") for argument in made.arguments)


def _failed_effect(before: State, after: State) -> bool:
    newest = after.events.newest if after.events is not None else None
    return newest is not None and after.events is not before.events and newest.ok is False
