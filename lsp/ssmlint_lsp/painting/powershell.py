"""What the words of a PowerShell script are, by its tokens and by where statements begin."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.powershell.scriptfacts import PowerShellScript
from ssmlint.powershell.tokens import Kind, Quoting, Token
from ssmlint.source import Span
from ssmlint_lsp.names.powershell import (
    KEYWORDS,
    commands,
    definitions,
    variables_in_strings,
    written_variables,
)
from ssmlint_lsp.names.types import Role
from ssmlint_lsp.painting.canvas import (
    CLASS,
    COMMENT,
    DEFINED,
    FUNCTION,
    KEYWORD,
    METHOD,
    NUMBER,
    OPERATOR,
    PARAMETER,
    PROGRAM,
    PROPERTY,
    STRING,
    TAKEN,
    VARIABLE,
    WRITTEN,
    Canvas,
    Paint,
)

#: Operators that are written with letters (about_Operators); their forms with `c` and `i`
#: compare with and without regard to case.
_COMPARING = (
    "eq ne gt ge lt le like notlike match notmatch contains notcontains in notin replace split"
)
_OPERATORS = frozenset(
    [
        *(f"-{case}{name}" for name in _COMPARING.split() for case in ("", "c", "i")),
        *("-and", "-or", "-xor", "-not", "-band", "-bor", "-bxor", "-bnot", "-shl", "-shr"),
        *("-is", "-isnot", "-as", "-join", "-f"),
    ]
)
_SIGNS = re.compile(r"[-+*/%=!<>?]+|[0-9*]?>>?(?:&[0-9])?|\.\.")
_NUMBER = re.compile(r"[-+]?(?:0x[0-9a-f]+|[0-9]+(?:\.[0-9]+)?(?:e[-+]?[0-9]+)?)[ld]?(?:[kmgtp]b)?")
_TYPE = re.compile(r"\[[A-Za-z][\w.+\[\]]*\]")
_BY_ROLE = {Role.DECLARATION: TAKEN, Role.WRITE: WRITTEN, Role.READ: VARIABLE}
_CONSTANTS = frozenset({"$true", "$false", "$null"})


def painted(script: PowerShellScript) -> Iterator[tuple[Span, Paint]]:
    """The runs of equal paint of a script, in order; no run goes over a line break."""
    canvas = Canvas(script.script.text)
    _Painter(script, canvas).paint()
    for placeholder in script.script.placeholders:
        canvas.put(Span(placeholder.start, placeholder.end), PARAMETER)
    return canvas.runs()


class _Painter:
    def __init__(self, script: PowerShellScript, canvas: Canvas) -> None:
        self.reader = script.reader
        self.tokens = script.statements.tokens
        starts = set(script.statements.starts())
        self.keys = {index for index in starts if script.statements.is_in_hash(index)}
        """Words that are keys in `@{...}`."""
        self.starts = starts - self.keys
        self.functions = {definition.text.casefold() for definition in definitions(script)}
        self.defined = {definition.span for definition in definitions(script)}
        self.roles = dict(written_variables(script))
        self.strings = list(variables_in_strings(script))
        self.commands = set(commands(script))
        self.canvas = canvas

    def paint(self) -> None:
        # A string goes before what is inside of it, as it begins before.
        for token in sorted(self.tokens, key=lambda token: token.span.start):
            if token.kind is Kind.STRING:
                self.canvas.put(token.span, STRING)
        for region in self.reader.regions:
            if region.quoting is Quoting.BARE:
                self.canvas.put(region.span, None)
        for index, token in enumerate(self.tokens):
            self._token(index, token)
        for region in self.reader.regions:
            if region.quoting is Quoting.COMMENT:
                self.canvas.put(region.span, COMMENT)
        for span in self.strings:
            self.canvas.put(span, VARIABLE)

    def _token(self, index: int, token: Token) -> None:
        match token.kind:
            case Kind.VARIABLE:
                self.canvas.put(token.span, self._variable(token))
            case Kind.SEPARATOR if token.text not in (";", ","):
                self.canvas.put(token.span, OPERATOR)
            case Kind.STRING if token.in_string:
                self.canvas.put(token.span, STRING)
            case Kind.WORD:
                self._word(index, token)

    def _variable(self, token: Token) -> Paint:
        if token.text.casefold() in _CONSTANTS:
            return KEYWORD
        return _BY_ROLE[self.roles[token.span]]

    def _word(self, index: int, token: Token) -> None:
        text, span = token.text, token.span
        before = self.tokens[index - 1] if index else None
        is_joined = before is not None and before.span.end == span.start
        type_ = _TYPE.match(text)
        if type_ is not None:
            self.canvas.put(Span(span.start, span.start + type_.end()), CLASS)
            text, span = text[type_.end() :], Span(span.start + type_.end(), span.end)
            is_joined = True
        if is_joined and text[:1] in (".", ":"):
            self._members(index, text, span)
        elif type_ is None:
            paint = self._plain(index, token)
            if paint is not None:
                self.canvas.put(span, paint)

    def _members(self, index: int, text: str, span: Span) -> None:
        """`.Name.Name` or `::Name` behind a value; the last one is called where `(` follows."""
        following = self.tokens[index + 1 : index + 2]
        is_called = [(t.text, t.span.start) for t in following] == [("(", span.end)]
        names = list(re.finditer(r"\w+", text))
        for name in names:
            paint = METHOD if is_called and name is names[-1] else PROPERTY
            self.canvas.put(Span(span.start + name.start(), span.start + name.end()), paint)

    def _plain(self, index: int, token: Token) -> Paint | None:
        word = token.text.casefold()
        if token.span in self.defined:
            return DEFINED
        if index in self.keys:
            return PROPERTY
        if word in KEYWORDS and (index in self.starts or self._is_loop(index)):
            return KEYWORD
        if word in _OPERATORS or _SIGNS.fullmatch(word):
            return OPERATOR
        if _NUMBER.fullmatch(word):
            return NUMBER
        if word in self.functions:
            return FUNCTION
        if index in self.commands:
            return PROGRAM
        return PARAMETER if re.fullmatch(r"-[A-Za-z]\w*:?", word) else None

    def _is_loop(self, index: int) -> bool:
        """Whether a word is the `in` of `foreach ($x in $y)`."""
        return [t.text.casefold() for t in self.tokens[max(0, index - 3) : index : 2]] == [
            "foreach",
            self.tokens[index - 1].text.casefold(),
        ]
