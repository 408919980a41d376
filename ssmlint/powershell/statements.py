"""Where the statements of a PowerShell script begin, and what is wrong with how they do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ssmlint.powershell.tokens import Flaw, Kind, Token
from ssmlint.records import dataclass
from ssmlint.source import Span

#: Keywords that a condition in brackets must follow.
_CONDITIONS = frozenset({"if", "elseif", "while"})
_BLOCK_AFTER = frozenset({"if", "elseif"})

#: What a line can not end with, so that the statement goes on in the next one.
_GOES_ON = frozenset({"|", "||", "&&", ","})

#: Operators that other languages compare with; each is an error behind a value.
_FOREIGN = ("==", "!=")

Version = tuple[int, int]

_NUMBER = re.compile(r"-?[0-9]{1,10}")
_EXIT_METHODS = ("[environment]::exit", "[system.environment]::exit")


@dataclass(frozen=True, slots=True)
class Exit:
    """One place where the script ends: `exit 1`, `[Environment]::Exit(1)`."""

    code: int | None
    """None where it is no number that is written out."""
    span: Span
    """The code, else the whole."""
    is_conditional: bool
    """Whether it stands in any brackets, and so may be passed over."""


class Statements:
    """The tokens of a script, with the questions that need what stands around them."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tuple(tokens)
        self._around, self._closing = _brackets(self.tokens)

    def starts(self) -> Iterator[int]:
        """The index of the first token of each statement, those in brackets included."""
        is_start = True
        for index, token in enumerate(self.tokens):
            before = self.tokens[index - 1] if index else None
            if token.kind is Kind.NEWLINE:
                is_start = is_start or before is None or before.text not in _GOES_ON
            elif token.text == ";" or (token.kind is Kind.OPEN):
                if is_start:
                    yield index
                is_start = True
            elif token.kind is Kind.CLOSE:
                is_start = token.text == "}"
            else:
                if is_start:
                    yield index
                is_start = False

    def is_in_hash(self, index: int) -> bool:
        """Whether a token stands directly in `@{...}`, where words are keys."""
        around = self._around[index]
        return around is not None and self.tokens[around].text == "@{"

    def next(self, index: int) -> int | None:
        """The index of the next token that is no line break."""
        for following in range(index + 1, len(self.tokens)):
            if self.tokens[following].kind is not Kind.NEWLINE:
                return following
        return None

    def closing(self, index: int) -> int | None:
        """The index of the bracket that closes the one at an index."""
        return self._closing.get(index)

    def exits(self) -> Iterator[Exit]:
        """The places where the script ends by itself, in order."""
        for index in self.starts():
            token = self.tokens[index]
            word = token.text.casefold()
            following = self.tokens[index + 1 : index + 3]
            if token.kind is not Kind.WORD or word not in ("exit", *_EXIT_METHODS):
                continue
            code = following[1:] if following[:1] and following[0].text == "(" else following[:1]
            number = code[0] if code and _NUMBER.fullmatch(code[0].text) else None
            span = number.span if number is not None else token.span
            yield Exit(int(number.text) if number else None, span, token.depth > 0)

    def reads_behind(
        self, variable: str, commands: frozenset[str]
    ) -> Iterator[tuple[Token, Token]]:
        """Where a statement reads a variable, and the one right in front of it runs a command.

        Yields the variable and the command.  Names are in lower case.
        """
        before: dict[int | None, int] = {}
        for index in self.starts():
            around = self._around[index]
            command = self._command(before[around]) if around in before else None
            before[around] = index
            if command is not None and command.text.casefold() in commands:
                read = self._read(index, variable)
                if read is not None:
                    yield read, command

    def _command(self, index: int) -> Token | None:
        """The name of the command of a statement, also behind `$x =`."""
        tokens = self.tokens[index : index + 3]
        if len(tokens) == 3 and tokens[0].kind is Kind.VARIABLE and tokens[1].text == "=":
            return tokens[2] if tokens[2].kind is Kind.WORD else None
        return tokens[0] if tokens and tokens[0].kind is Kind.WORD else None

    def _read(self, index: int, variable: str) -> Token | None:
        """A variable in a statement, up to its end or its first block."""
        depth = self.tokens[index].depth
        for token in self.tokens[index:]:
            if token.text in ("{", ";") or (token.kind is Kind.NEWLINE and token.depth <= depth):
                return None
            if token.kind is Kind.VARIABLE and token.text.casefold() == variable:
                return token
        return None

    def flaws(self) -> Iterator[Flaw]:
        """What PowerShell does not take in any version."""
        for index in self.starts():
            token = self.tokens[index]
            if token.kind is Kind.WORD and not self.is_in_hash(index):
                yield from self._look_at_keyword(index)
            elif token.kind is Kind.VARIABLE:
                yield from self._look_at_operators(index)

    def _look_at_keyword(self, index: int) -> Iterator[Flaw]:
        token = self.tokens[index]
        word = token.text.casefold()
        if word == "else":
            following = self.next(index)
            if following is not None and self.tokens[following].text.casefold() == "if":
                span = Span(token.span.start, self.tokens[following].span.end)
                yield Flaw(span, "`else if` is an error: PowerShell has `elseif` for it")
        elif word in _CONDITIONS:
            following = self.next(index)
            if following is None or self.tokens[following].text != "(":
                yield Flaw(token.span, f"the condition of `{word}` must stand in `(...)`")
            elif word in _BLOCK_AFTER:
                yield from self._look_for_block(token, following)

    def _look_for_block(self, token: Token, opening: int) -> Iterator[Flaw]:
        closing = self.closing(opening)
        following = self.next(closing) if closing is not None else None
        if closing is not None and (following is None or self.tokens[following].text != "{"):
            span = Span(token.span.start, self.tokens[closing].span.end)
            word = token.text.casefold()
            yield Flaw(span, f"`{{` is missing behind the condition of `{word}`")

    def _look_at_operators(self, index: int) -> Iterator[Flaw]:
        """`$a == 1`: a statement that begins with a variable is an expression."""
        following = index + 1
        while following < len(self.tokens) and self._is_member(following):
            following += 1
        if following < len(self.tokens):
            token = self.tokens[following]
            foreign = next((o for o in _FOREIGN if token.text.startswith(o)), None)
            if token.kind is Kind.WORD and foreign is not None:
                right = "-eq" if foreign == "==" else "-ne"
                span = Span(token.span.start, token.span.start + len(foreign))
                yield Flaw(span, f"`{foreign}` is no operator of PowerShell: it has `{right}`")

    def _is_member(self, index: int) -> bool:
        """Whether a token is the `.Name` or `[0]` of what stands right in front of it."""
        token, before = self.tokens[index], self.tokens[index - 1]
        return token.span.start == before.span.end and token.text[:1] in (".", "[", ":")

    def newer(self, version: Version) -> Iterator[Flaw]:
        """What a version of PowerShell does not read, and newer ones do."""
        if version >= (7, 0):
            return
        for token in self.tokens:
            if token.kind is Kind.SEPARATOR and token.text in ("&&", "||"):
                yield Flaw(token.span, f"`{token.text}` between commands")
        for index in self.starts():
            if self.tokens[index].kind is Kind.VARIABLE:
                yield from self._newer_operators(index)

    def _newer_operators(self, index: int) -> Iterator[Flaw]:
        """`$a ?? $b`, `$a ? 1 : 2`; also behind `$x =`."""
        tokens = self.tokens
        if [t.text for t in tokens[index + 1 : index + 2]] == ["="]:
            index += 2
        if index + 1 >= len(tokens) or tokens[index].kind is not Kind.VARIABLE:
            return
        token = tokens[index + 1]
        if token.kind is Kind.WORD and token.text in ("??", "??="):
            yield Flaw(token.span, f"the operator `{token.text}`")
        elif token.kind is Kind.WORD and token.text == "?":
            yield Flaw(token.span, "the operator `? :`")


def _brackets(tokens: Sequence[Token]) -> tuple[list[int | None], dict[int, int]]:
    """For each token the index of the bracket around it; for each bracket what closes it."""
    around: list[int | None] = []
    closing: dict[int, int] = {}
    opened: list[int] = []
    for index, token in enumerate(tokens):
        if token.kind is Kind.CLOSE and len(opened) == token.depth + 1:
            closing[opened[-1]] = index
        del opened[token.depth :]
        around.append(opened[-1] if opened else None)
        if token.kind is Kind.OPEN:
            opened.append(index)
    return around, closing
