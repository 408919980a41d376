"""The shell's builtins, as far as they matter for what a script does."""

from __future__ import annotations

import re
from collections.abc import Callable

from ssmlint.shell.statements import Command
from ssmlint.shell.symbolic.events import Event, Happening
from ssmlint.shell.symbolic.hosts import seconds_of
from ssmlint.shell.symbolic.machine import known_int
from ssmlint.shell.symbolic.reading import fields_of_line, next_option
from ssmlint.shell.symbolic.running import Running
from ssmlint.shell.symbolic.state import Contents, Flow, State, Trap
from ssmlint.shell.symbolic.values import (
    Array,
    FieldText,
    SymbolKind,
    is_known,
    only_symbol,
    symbols_in,
)

Handler = Callable[["Builtins", Command, list[FieldText], State], "list[State] | None"]

_LONG_OPTIONS = {"e": "errexit", "u": "nounset", "E": "errtrace", "x": "xtrace"}


class Builtins:
    """Runs builtins for one run."""

    def __init__(self, running: Running) -> None:
        self.running = running
        self.machine = running.machine

    def run(
        self, name: str, command: Command, fields: list[FieldText], state: State
    ) -> list[State] | None:
        """The states after a builtin; None where it acts like an ordinary program."""
        return BUILTINS[name](self, command, fields, state)

    # --- output ------------------------------------------------------------------------

    def echo(self, command: Command, fields: list[FieldText], state: State) -> list[State]:
        """`echo`: always succeeds."""
        after = _succeed(state)
        words = fields[1:]
        newline = "\n"
        while words and re.fullmatch(r"-[neE]+", words[0].text):
            newline = "" if "n" in words[0].text else newline
            words = words[1:]
        self._write(command, after, " ".join(field.text for field in words) + newline)
        return [after]

    def printf(self, command: Command, fields: list[FieldText], state: State) -> list[State]:
        """`printf`, also `-v name`."""
        after = _succeed(state)
        words = [field.text for field in fields[1:]]
        target = None
        if len(words) >= 2 and words[0] == "-v":
            target, words = words[1], words[2:]
        if words[:1] == ["--"]:
            words = words[1:]
        text = _format(words)
        if text is None:
            text = self.machine.symbol(after, SymbolKind.OTHER, command.span, tag="printf")
        if target is not None:
            after.assign(target, text)
        else:
            self._write(command, after, text)
        return [after]

    def _write(self, command: Command, state: State, text: str) -> None:
        self.running.streams.print_to(command.redirects, text, state)

    # --- statuses --------------------------------------------------------------------------

    def true(self, command: Command, fields: list[FieldText], state: State) -> list[State]:
        """`true`, `:` and everything else that succeeds without an effect of interest."""
        return [_succeed(state)]

    def false(self, command: Command, fields: list[FieldText], state: State) -> list[State]:
        """`false`."""
        after = state.fork()
        after.status = "1"
        return [after]

    def exit(self, command: Command, fields: list[FieldText], state: State) -> list[State]:
        """`exit [status]`."""
        after = self._leave(fields, state, Flow.EXIT)
        text = f"`exit {fields[1].text}`" if len(fields) > 1 and is_known(fields[1].text) else ""
        after.record(Event(Happening.EXIT, self.machine.place(command.span), text=text))
        return [after]

    def return_(self, command: Command, fields: list[FieldText], state: State) -> list[State]:
        """`return [status]`."""
        after = self._leave(fields, state, Flow.RETURN)
        after.left_at = self.machine.place(command.span)
        if len(fields) > 1 and state.frames and known_int(after.status) not in (None, 0):
            name, place = state.frames[-1].name, self.machine.place(command.span)
            text = f"`{name}` returns {after.status}"
            after.record(Event(Happening.RETURN, place, False, text=text, function=name))
        return [after]

    def _leave(self, fields: list[FieldText], state: State, flow: Flow) -> State:
        after = state.fork()
        if len(fields) > 1:
            after.status = _status(state.resolve(fields[1].text))
        after.flow = flow
        return after

    def break_(self, command: Command, fields: list[FieldText], state: State) -> list[State]:
        """`break [n]`."""
        after = self._jump(fields, state, Flow.BREAK)
        if after.turns:
            place = self.machine.place(command.span)
            after.record(Event(Happening.BREAK, place, text="`break`: the loop is left"))
        return [after]

    def continue_(self, command: Command, fields: list[FieldText], state: State) -> list[State]:
        """`continue [n]`."""
        after = self._jump(fields, state, Flow.CONTINUE)
        if after.turns:
            place = self.machine.place(command.span)
            after.record(Event(Happening.BRANCH, place, text="`continue`: skipped"))
        return [after]

    def _jump(self, fields: list[FieldText], state: State, flow: Flow) -> State:
        after = _succeed(state)
        levels = known_int(fields[1].text) if len(fields) > 1 else 1
        after.flow, after.levels = flow, levels or 1
        return after

    # --- the shell's own state -----------------------------------------------------------

    def set(self, command: Command, fields: list[FieldText], state: State) -> list[State]:
        """`set -e`, `set -o pipefail`, `set -- args` ..."""
        after = _succeed(state)
        options = set(after.options)
        words = [field.text for field in fields[1:]]
        while words and re.match(r"[-+]\w", words[0]):
            word = words.pop(0)
            change = options.add if word[0] == "-" else options.discard
            for letter in word[1:]:
                if letter == "o" and words:
                    change(words.pop(0))
                else:
                    change(_LONG_OPTIONS.get(letter, letter))
        after.options = frozenset(options)
        if words or any(field.text == "--" for field in fields):
            after.arguments = tuple(words[1:] if words[:1] == ["--"] else words)
        return [after]

    def shift(self, command: Command, fields: list[FieldText], state: State) -> list[State]:
        """`shift [n]`."""
        after = _succeed(state)
        count = known_int(fields[1].text) if len(fields) > 1 else 1
        after.arguments = after.arguments[count if count is not None else 1 :]
        return [after]

    def trap(self, command: Command, fields: list[FieldText], state: State) -> list[State]:
        """`trap 'commands' EXIT ERR ...`; only these two change how a run goes."""
        after = _succeed(state)
        words = [field.text for field in fields[1:] if field.text not in ("--", "-p", "-l")]
        if not words:
            return [after]
        body = words[0]
        for signal in words[1:] or words[:1]:
            name = {"0": "EXIT"}.get(signal, signal.upper().removeprefix("SIG"))
            if body == "-" or len(words) == 1:
                after.set_trap(name, None)
            else:
                after.set_trap(name, Trap(body, self.machine.place(command.span)))
        return [after]

    def eval(self, command: Command, fields: list[FieldText], state: State) -> list[State]:
        """`eval`: run when its text is known, else anything may have happened."""
        text = " ".join(state.resolve(field.text) for field in fields[1:])
        if is_known(text):
            return self.running.run_text(text, state, self.machine.place(command.span))
        self.machine.incomplete = "`eval` of a text that is not known"
        return [self._unknown_status(command, state)]

    def source(self, command: Command, fields: list[FieldText], state: State) -> list[State]:
        """`.` and `source`: from here on any variable may be set, any function defined."""
        after = self._unknown_status(command, state)
        after.sourced = True
        return [after]

    def _unknown_status(self, command: Command, state: State) -> State:
        after = state.fork()
        after.status = self.machine.symbol(after, SymbolKind.STATUS, command.span)
        return after

    def exec(self, command: Command, fields: list[FieldText], state: State) -> list[State] | None:
        """`exec` with redirections only changes them; with a command it never returns."""
        if len(fields) == 1:
            return [_succeed(state)]
        ends = self.running.call(
            Command(command.span, command.words[1:], (), command.redirects), state
        )
        for end in ends:
            if end.flow is Flow.NORMAL:
                end.flow = Flow.EXIT
        return ends

    # --- variables ---------------------------------------------------------------------------

    def read(self, command: Command, fields: list[FieldText], state: State) -> list[State]:
        """`read`: unknown text in each name."""
        after = self._unknown_status(command, state)
        names = [field.text for field in fields[1:] if field.text.isidentifier()] or ["REPLY"]
        text = self._here_string(command, state)
        array = any(re.fullmatch(r"-\w*a", field.text) for field in fields[1:])
        if text is None or not self._is_followed(text):
            for name in names:
                unknown = self._field_of(text, name, command, after)
                after.assign(name, Array(None, unknown) if array else unknown)
            return [after]
        after.status = "0"
        line = text.partition("\n")[0]
        separators = self.running.streams.separators(command, after)
        if array:
            words = fields_of_line(line, [""] * (len(line) + 1), separators)
            after.assign(names[-1], Array(tuple(word for word in words if word)))
            return [after]
        for name, field in zip(names, fields_of_line(line, names, separators), strict=False):
            after.assign(name, field)
        return [after]

    def _is_followed(self, text: str) -> bool:
        """Whether a text is known, or what is not known in it is a single word each."""
        single = (SymbolKind.ITEM, SymbolKind.PARAMETER)
        return all(self.machine.symbols[s].kind in single for s in symbols_in(text))

    def _here_string(self, command: Command, state: State) -> str | None:
        for redirect in command.redirects:
            if redirect.operator == "<<<" and redirect.target is not None:
                return self.running.expander.text(redirect.target, state)[0][1]
        return None

    def _field_of(self, text: str | None, name: str, command: Command, state: State) -> str:
        """A symbol for one field of a line: an item of the output that the line is."""
        line = only_symbol(text or "")
        info = self.machine.symbols[line] if line else None
        if line is None or info is None or info.kind is not SymbolKind.OUTPUT:
            return self.machine.symbol(state, SymbolKind.ITEM, command.span, tag=name)
        return self.machine.symbol(
            state,
            SymbolKind.ITEM,
            command.span,
            text=info.text,
            effects=info.effects,
            of=line,
            tag=name,
        )

    def mapfile(self, command: Command, fields: list[FieldText], state: State) -> list[State]:
        """`mapfile -t name < <(command)`."""
        after = _succeed(state)
        name = next((f.text for f in reversed(fields[1:]) if f.text.isidentifier()), "MAPFILE")
        results = []
        for redirect in command.redirects:
            if redirect.target is None or redirect.operator not in ("<", "<<<"):
                continue
            for end, text in self.running.expander.text(redirect.target, after):
                end = _succeed(end)
                if redirect.operator == "<" and end.lacks_file(text):
                    self.machine.miss(end, text, redirect.span)
                    results.append(end)
                    continue
                end.assign(name, self._lines(text, command, end, redirect.operator))
                results.append(end)
        if results:
            return results
        unknown = self.machine.symbol(after, SymbolKind.OUTPUT, command.span, tag=name)
        after.assign(name, Array(None, unknown))
        return [after]

    def _lines(self, text: str, command: Command, state: State, operator: str) -> Array:
        symbol = only_symbol(text)
        if symbol is not None:
            return Array(None, symbol)
        if is_known(text) and operator == "<<<":
            return Array(tuple(text.splitlines()))
        if not text:
            return Array(())
        source = self.machine.source(command.span)
        made = self.machine.symbol(state, SymbolKind.OUTPUT, command.span, text=source, tag="lines")
        return Array(None, made)

    def getopts(self, command: Command, fields: list[FieldText], state: State) -> list[State]:
        """`getopts`: the option letters of known arguments, else unknown ones."""
        after = self._unknown_status(command, state)
        arguments = [field.text for field in fields[3:]] or list(state.arguments)
        if len(fields) >= 3 and arguments and is_known(fields[1].text):
            return [self._next_option(fields, arguments, after)]
        for name in [field.text for field in fields[2:3]] + ["OPTARG"]:
            after.assign(name, self.machine.symbol(after, SymbolKind.OTHER, command.span, tag=name))
        return [after]

    def _next_option(self, fields: list[FieldText], arguments: list[str], state: State) -> State:
        before = state.variables.get("\0getopts")
        word, letter = before.split() if isinstance(before, str) else ("0", "1")
        found = next_option(fields[1].text, arguments, (int(word), int(letter)))
        state.status = "0" if found else "1"
        name, argument, position = found or ("?", "", (int(word), 1))
        state.assign(fields[2].text, name)
        state.assign("OPTARG", argument)
        state.assign("OPTIND", str(position[0] + 1))
        state.assign("\0getopts", f"{position[0]} {position[1]}")
        return state

    # --- time and processes --------------------------------------------------------------------

    def sleep(self, command: Command, fields: list[FieldText], state: State) -> list[State]:
        """`sleep`: costs time."""
        after = _succeed(state)
        seconds = seconds_of(fields[1:])
        place = self.machine.place(command.span)
        after.record(Event(Happening.SLEEP, place, seconds=seconds))
        return [after]

    def rm(self, command: Command, fields: list[FieldText], state: State) -> list[State] | None:
        """`rm`: the files are gone afterwards."""
        for after in (made := self._as_program(command, fields, state)):
            for field in fields[1:]:
                if not field.text.startswith("-"):
                    after.remove_file(field.text)
        return made

    def touch(self, command: Command, fields: list[FieldText], state: State) -> list[State] | None:
        """`touch`, `mkdir`: the files are there afterwards; only `mkdir -p` finds old ones."""
        options = "".join(f.text for f in fields[1:] if f.text.startswith("-"))
        fresh = command.name == "mkdir" and "p" not in options
        for after in (made := self._as_program(command, fields, state)):
            for field in fields[1:]:
                if not field.text.startswith("-"):
                    after.note_file(field.text, Contents.EMPTY if fresh else Contents.PRESENT)
        return made

    def _as_program(self, command: Command, fields: list[FieldText], state: State) -> list[State]:
        after = state.fork()
        after.status = self.machine.symbol(after, SymbolKind.STATUS, command.span)
        text = command.name or ""
        after.record(Event(Happening.RUN, self.machine.place(command.span), text=text))
        return [after]


def _succeed(state: State) -> State:
    after = state.fork()
    after.status = "0"
    return after


def _status(text: str) -> str:
    """An exit status is taken modulo 256."""
    number = known_int(text)
    if number is None:
        return text if only_symbol(text) else ("2" if is_known(text) and text else text)
    return str(number % 256)


def _format(words: list[str]) -> str | None:
    if not words:
        return ""
    form, arguments = words[0], words[1:]
    if not is_known(form):
        return None
    form = form.replace("\\n", "\n").replace("\\t", "\t")
    pieces = re.split(r"%[-\d.]*[sdiq]", form)
    if "%" in "".join(pieces).replace("%%", ""):
        return None
    slots = len(pieces) - 1
    if slots == 0:
        return form
    out = []
    for start in range(0, max(len(arguments), 1), slots):
        group = arguments[start : start + slots] + [""] * slots
        out.append("".join(p + a for p, a in zip(pieces, [*group[:slots], ""], strict=True)))
    return "".join(out)


_QUIET = (
    "true",
    ":",
    "cd",
    "wait",
    "shopt",
    "umask",
    "ulimit",
    "alias",
    "unalias",
    "hash",
    "disown",
    "sync",
    "pushd",
    "popd",
    "logger",
)

BUILTINS: dict[str, Handler] = {
    **dict.fromkeys(_QUIET, Builtins.true),
    "echo": Builtins.echo,
    "printf": Builtins.printf,
    "false": Builtins.false,
    "exit": Builtins.exit,
    "return": Builtins.return_,
    "break": Builtins.break_,
    "continue": Builtins.continue_,
    "set": Builtins.set,
    "shift": Builtins.shift,
    "trap": Builtins.trap,
    "eval": Builtins.eval,
    "source": Builtins.source,
    ".": Builtins.source,
    "exec": Builtins.exec,
    "read": Builtins.read,
    "mapfile": Builtins.mapfile,
    "readarray": Builtins.mapfile,
    "getopts": Builtins.getopts,
    "sleep": Builtins.sleep,
    "rm": Builtins.rm,
    "touch": Builtins.touch,
    "mkdir": Builtins.touch,
}
