"""The shell's builtins, as far as they matter for what a script does."""

from __future__ import annotations

import re
from collections.abc import Callable

from ssmlint.shell.statements import Command
from ssmlint.shell.symbolic.delays import seconds_of
from ssmlint.shell.symbolic.events import Event, Happening
from ssmlint.shell.symbolic.machine import known_int
from ssmlint.shell.symbolic.running import Running
from ssmlint.shell.symbolic.state import Contents, Flow, State, Trap
from ssmlint.shell.symbolic.taking import Taking, succeeded, unknown_status
from ssmlint.shell.symbolic.values import (
    FieldText,
    SymbolKind,
    is_known,
    only_symbol,
)

Handler = Callable[["Builtins", Command, list[FieldText], State], "list[State] | None"]

_LONG_OPTIONS = {"e": "errexit", "u": "nounset", "E": "errtrace", "x": "xtrace"}


class Builtins:
    """Runs builtins for one run."""

    def __init__(self, running: Running) -> None:
        self.running = running
        self.machine = running.machine
        self.taking = Taking(running)

    def run(
        self, name: str, command: Command, fields: list[FieldText], state: State
    ) -> list[State] | None:
        """The states after a builtin; None where it acts like an ordinary program."""
        return BUILTINS[name](self, command, fields, state)

    # --- output ------------------------------------------------------------------------

    def echo(self, command: Command, fields: list[FieldText], state: State) -> list[State]:
        """`echo`: always succeeds."""
        after = succeeded(state)
        words = fields[1:]
        newline = "\n"
        while words and re.fullmatch(r"-[neE]+", words[0].text):
            newline = "" if "n" in words[0].text else newline
            words = words[1:]
        self._write(command, after, " ".join(field.text for field in words) + newline)
        return [after]

    def printf(self, command: Command, fields: list[FieldText], state: State) -> list[State]:
        """`printf`, also `-v name`."""
        after = succeeded(state)
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
        return [succeeded(state)]

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
        after = succeeded(state)
        levels = known_int(fields[1].text) if len(fields) > 1 else 1
        after.flow, after.levels = flow, levels or 1
        return after

    # --- the shell's own state -----------------------------------------------------------

    def set(self, command: Command, fields: list[FieldText], state: State) -> list[State]:
        """`set -e`, `set -o pipefail`, `set -- args` ..."""
        after = succeeded(state)
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
        after = succeeded(state)
        count = known_int(fields[1].text) if len(fields) > 1 else 1
        after.arguments = after.arguments[count if count is not None else 1 :]
        return [after]

    def trap(self, command: Command, fields: list[FieldText], state: State) -> list[State]:
        """`trap 'commands' EXIT ERR ...`; only these two change how a run goes."""
        after = succeeded(state)
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
        return [unknown_status(self.machine, command, state)]

    def source(self, command: Command, fields: list[FieldText], state: State) -> list[State]:
        """`.` and `source`: a file that the script has written, or anything at all.

        From there on any variable may be set, and any function defined.
        """
        text = state.texts.get(state.resolve(fields[1].text), "") if len(fields) > 1 else ""
        if text and is_known(text) and self.machine.parse(text) is not None:
            ends = self.running.run_text(text, state.fork(), self.machine.place(command.span))
            for end in ends:
                # `return` ends the file.
                end.flow = Flow.NORMAL if end.flow is Flow.RETURN else end.flow
            return ends
        after = unknown_status(self.machine, command, state)
        after.sourced = True
        return [after]

    def exec(self, command: Command, fields: list[FieldText], state: State) -> list[State] | None:
        """`exec` with redirections only changes them; with a command it never returns."""
        if len(fields) == 1:
            return [succeeded(state)]
        ends = self.running.call(
            Command(command.span, command.words[1:], (), command.redirects), state
        )
        for end in ends:
            if end.flow is Flow.NORMAL:
                end.flow = Flow.EXIT
        return ends

    # --- time and processes --------------------------------------------------------------------

    def sleep(self, command: Command, fields: list[FieldText], state: State) -> list[State]:
        """`sleep`: costs time."""
        after = succeeded(state)
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
            for path in _operands(fields, "m" if command.name == "mkdir" else "drt"):
                after.note_file(path, Contents.EMPTY if fresh else Contents.PRESENT)
        return made

    def systemd_cat(
        self, command: Command, fields: list[FieldText], state: State
    ) -> list[State] | None:
        """`systemd-cat`: says something to the journal, itself or by `echo`."""
        made, _ = self.running.meanings.meaning(fields, None)
        return [succeeded(state)] if made.name in ("systemd-cat", "echo", "printf") else None

    def _as_program(self, command: Command, fields: list[FieldText], state: State) -> list[State]:
        after = state.fork()
        after.status = self.machine.symbol(after, SymbolKind.STATUS, command.span)
        text = command.name or ""
        after.record(Event(Happening.RUN, self.machine.place(command.span), text=text))
        return [after]


def _operands(fields: list[FieldText], valued: str) -> list[str]:
    """The operands of a command; the letters are those of its options with a value."""
    found = []
    before = ""
    for field in fields[1:]:
        value = before.startswith("-") and not before.startswith("--") and before[-1] in valued
        if not value and not field.text.startswith("-"):
            found.append(field.text)
        before = "" if value else field.text
    return found


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
    "read": lambda builtins, *call: builtins.taking.read(*call),
    "mapfile": lambda builtins, *call: builtins.taking.mapfile(*call),
    "readarray": lambda builtins, *call: builtins.taking.mapfile(*call),
    "getopts": lambda builtins, *call: builtins.taking.getopts(*call),
    "sleep": Builtins.sleep,
    "rm": Builtins.rm,
    "touch": Builtins.touch,
    "mkdir": Builtins.touch,
    "systemd-cat": Builtins.systemd_cat,
}
