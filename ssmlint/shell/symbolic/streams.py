"""What a command reads, and where that goes which it prints."""

from __future__ import annotations

from ssmlint.shell.effects import Effect
from ssmlint.shell.statements import Command, Redirect, Word
from ssmlint.shell.symbolic.events import Event, Happening
from ssmlint.shell.symbolic.expand import Expander
from ssmlint.shell.symbolic.redirects import OUTPUT_REDIRECTS, feeds, leaves_stdout
from ssmlint.shell.symbolic.state import Contents, State
from ssmlint.shell.symbolic.values import FieldText, SymbolKind, is_known, only_symbol
from ssmlint.source import Span

#: Files that `>>` makes, if nothing is printed.
_HOLLOW = (Contents.ABSENT, Contents.HOLLOW)
#: Characters of a file that are remembered: no script of interest is longer.
MAX_WRITTEN = 10_000


class Streams:
    """Standard input and output of commands, for one machine."""

    def __init__(self, expander: Expander) -> None:
        self.expander = expander
        self.machine = expander.machine

    def stdin(self, redirects: tuple[Redirect, ...], state: State) -> FieldText | None:
        """What a command reads: a here-document, a here-string, or what is piped into it."""
        for redirect in redirects:
            if redirect.target is not None and redirect.operator in ("<<", "<<-", "<<<"):
                _, text = self.expander.text(redirect.target, state)[0]
                return FieldText(text, redirect.target.span, True)
            if redirect.target is not None and feeds(redirect):
                text = self.expander.text(redirect.target, state)[0][1]
                return FieldText(text, Span(0, 0), True)
        piped = state.variables.get("\0stdin")
        if isinstance(piped, str) and piped and only_symbol(piped.strip()) is None:
            return FieldText(piped, Span(0, 0), True)
        return None

    def given(self, redirects: tuple[Redirect, ...], state: State) -> FieldText | None:
        """What a program reads: as `stdin` has it, or a file of the script's own, `mysql < FILE`."""
        for redirect in redirects:
            if redirect.target is not None and redirect.operator == "<" and not feeds(redirect):
                text = state.texts.get(self.expander.text(redirect.target, state)[0][1])
                if text:
                    return FieldText(text, redirect.target.span, True)
        return self.stdin(redirects, state)

    def separators(self, read: Command, state: State) -> str:
        """IFS as `read` sees it."""
        for assignment in read.assignments:
            if assignment.name == "IFS" and isinstance(assignment.value, Word):
                return self.expander.text(assignment.value, state)[0][1]
            if assignment.name == "IFS":
                return ""
        found = self.expander.parameters.text("IFS", None, state)
        return found if found is not None and is_known(found) else " \t\n"

    def output(self, state: State, span: Span, effects: tuple[Effect, ...]) -> str:
        """A symbol for what a command or pipeline at a span prints."""
        text = self.machine.source(span)
        return self.machine.symbol(
            state, SymbolKind.OUTPUT, span, text=text, effects=effects, tag="output"
        )

    def print_to(self, redirects: tuple[Redirect, ...], text: str, state: State) -> None:
        """Write to the standard output: a file with known text from then on, or further up."""
        if not leaves_stdout(redirects):
            state.emit(text)
            return
        for redirect in redirects:
            path = self._path(redirect, state)
            if path and redirect.descriptor in (None, 1):
                before = state.texts.get(path, "") if redirect.operator == ">>" else ""
                state.texts = {**state.texts, path: (before + text)[-MAX_WRITTEN:]}
                place = self.machine.place(
                    redirect.target.span if redirect.target else redirect.span
                )
                state.record(Event(Happening.WRITE, place, text=path))

    def redirect(self, redirect: Redirect, state: State, contents: Contents) -> None:
        """What a redirection of the output makes of a file."""
        path = self._path(redirect, state)
        if not path:
            return
        if redirect.operator in (">>", "&>>") and contents is not Contents.FILLED:
            before = state.files.get(path, Contents.PRESENT)
            if contents is Contents.EMPTY or before is Contents.FILLED:
                contents = Contents.EMPTY if before in _HOLLOW else before
        state.note_file(path, contents)

    def _path(self, redirect: Redirect, state: State) -> str:
        """The file that a redirection of the output writes to; empty for none."""
        if redirect.target is None or redirect.operator not in OUTPUT_REDIRECTS:
            return ""
        _, path = self.expander.text(redirect.target, state)[0]
        return "" if path.startswith(("/dev/", "&")) or path.isdigit() else path
