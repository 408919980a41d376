"""The names of a PowerShell script: variables and functions, without regard to case.

A variable that a function assigns is another one than that of the script: assignments stay
in their scope (about_Scopes).  Whoever a function calls sees it, too, which is not followed
here; so nothing of it can be renamed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.embedded import MASK
from ssmlint.powershell.scriptfacts import PowerShellScript
from ssmlint.powershell.tokens import Kind, Quoting, Token
from ssmlint.records import dataclass
from ssmlint.source import Span
from ssmlint_lsp.names.types import Name, NameKind, Obstacle, Occurrence, Role, occurrences

#: Words that begin a statement, or go on with one (about_Language_Keywords).
_KEYWORDS = (
    "begin break catch class continue data do dynamicparam else elseif end enum exit filter finally"
    " for foreach from function hidden if in param process return static switch throw trap try"
    " until using while workflow"
)
KEYWORDS = frozenset(_KEYWORDS.split())
_DEFINING = ("function", "filter", "workflow")
_SCOPES = ("script", "global", "local", "private", "using")
#: Variables that PowerShell sets (about_Automatic_Variables): each time to something else.
_AUTOMATIC = frozenset(("_", "?", "^", "$", "args", "input", "this", "psitem"))
_CONSTANT = frozenset(("true", "false", "null"))
_IN_FRONT_OF_COMMANDS = ("|", "=", "&", ".", "&&", "||", "return")
_ASSIGNING = ("=", "+=", "-=", "*=", "/=", "??=")

_IN_STRING = re.compile(r"(?<!`)\$(?:\{[^}`]+\}|\w+(?::\w+)*)")
_NAME = re.compile(r"[$@]\{?(?:(?P<scope>[A-Za-z]+):)?(?P<name>[\w:]+)")
_NO_RENAMING = Obstacle("PowerShell shows variables and functions to whatever a function calls")


@dataclass(frozen=True, slots=True)
class Definition:
    """A function of a script; spans are in the script."""

    text: str
    span: Span
    """Where its name stands in the definition."""
    whole: Span
    """Its parameters and its body."""
    start: int
    """Where the word stands that makes it one: `function`."""


@dataclass(frozen=True, slots=True)
class _Mention:
    name: str
    container: str
    span: Span
    role: Role


def definitions(script: PowerShellScript) -> tuple[Definition, ...]:
    """The functions that a script defines, in order."""
    statements = script.statements
    found = []
    for index in statements.starts():
        if statements.tokens[index].text.casefold() not in _DEFINING:
            continue
        named = statements.next(index)
        token = statements.tokens[named] if named is not None else None
        if named is not None and token is not None and token.kind is Kind.WORD:
            end = _end_of_body(script, named)
            whole, start = Span(token.span.end, end), statements.tokens[index].span.start
            found.append(Definition(token.text, token.span, whole, start))
    return tuple(found)


def _end_of_body(script: PowerShellScript, named: int) -> int:
    statements = script.statements
    following = statements.next(named)
    while following is not None and statements.tokens[following].text in ("(", "{"):
        closing = statements.closing(following)
        if closing is None:
            return len(script.script.text)
        if statements.tokens[following].text == "{":
            return statements.tokens[closing].span.end
        following = statements.next(closing)
    return statements.tokens[named].span.end


def variables_in_strings(script: PowerShellScript) -> Iterator[Span]:
    """Where strings in double quotes name variables, dollar signs included."""
    reader = script.reader
    for region in reader.regions:
        if region.quoting in (Quoting.DOUBLE, Quoting.HERE_DOUBLE):
            for match in _IN_STRING.finditer(reader.text, region.span.start, region.span.end):
                if reader.region_at(match.start()) is region:
                    yield Span(*match.span())


def names_of_powershell(script: PowerShellScript) -> Iterator[Name]:
    """Every name of a script."""
    defined = definitions(script)
    yield from _grouped(script, NameKind.POWERSHELL_VARIABLE, _variables(script, defined))
    yield from _grouped(script, NameKind.POWERSHELL_FUNCTION, _functions(script, defined))


def _grouped(
    script: PowerShellScript, kind: NameKind, mentions: Iterator[_Mention]
) -> Iterator[Name]:
    found: dict[tuple[str, str], list[_Mention]] = {}
    for mention in mentions:
        found.setdefault((mention.name.casefold(), mention.container), []).append(mention)
    for (_, container), group in found.items():
        places = [_place(script, mention) for mention in group]
        yield Name(
            kind,
            group[0].name,
            script.source,
            occurrences(places),
            script,
            container,
            lambda: _NO_RENAMING,
        )


def _place(script: PowerShellScript, mention: _Mention) -> Occurrence:
    return Occurrence(script.place(mention.span), mention.role)


# --- functions ----------------------------------------------------------------------------


def _functions(script: PowerShellScript, defined: tuple[Definition, ...]) -> Iterator[_Mention]:
    names = {definition.text.casefold() for definition in defined}
    declared = {definition.span for definition in defined}
    for definition in defined:
        yield _Mention(definition.text, "", definition.span, Role.DECLARATION)
    for index in commands(script) if names else ():
        token = script.statements.tokens[index]
        if token.text.casefold() in names and token.span not in declared:
            yield _Mention(token.text, "", token.span, Role.READ)


def commands(script: PowerShellScript) -> Iterator[int]:
    """The indices of the tokens that name what is run."""
    tokens = script.statements.tokens
    starts = set(script.statements.starts())
    for index, token in enumerate(tokens):
        behind = tokens[index - 1].text if index else ""
        is_first = index in starts or behind in _IN_FRONT_OF_COMMANDS
        if is_first and token.kind is Kind.WORD and not script.statements.is_in_hash(index):
            yield index


# --- variables ----------------------------------------------------------------------------


def _variables(script: PowerShellScript, defined: tuple[Definition, ...]) -> Iterator[_Mention]:
    found = [
        *written_variables(script),
        *((span, Role.READ) for span in variables_in_strings(script)),
    ]
    named = [made for span, role in found if (made := _named(script, span, role)) is not None]
    owners = _owners(script, defined)
    around = [(mention, owners[mention.span.start]) for mention in named]
    own = {
        (owner, mention.name.casefold())
        for mention, owner in around
        if mention.role is not Role.READ and not mention.container
    }
    for mention, owner in around:
        # What names its scope is that of the script, whatever the function assigns.
        is_own = (owner, mention.name.casefold()) in own and not mention.container
        container = defined[owner].text if owner >= 0 and is_own else ""
        yield _Mention(mention.name, container, mention.span, mention.role)


def _owners(script: PowerShellScript, defined: tuple[Definition, ...]) -> list[int]:
    """For each character of the script the innermost function that it is in, by its number."""
    owners = [-1] * len(script.script.text)
    for number, definition in enumerate(defined):
        start, end = definition.whole.start, definition.whole.end
        owners[start:end] = [number] * (end - start)
    return owners


def _named(script: PowerShellScript, span: Span, role: Role) -> _Mention | None:
    """The name in what is written at a span; `container` holds the scope that it says."""
    match = _NAME.match(script.script.masked, span.start, span.end)
    if match is None:
        return None
    scope, start = (match["scope"] or "").casefold(), match.start("name")
    if scope and scope not in _SCOPES:
        start = match.start("scope")  # a drive: `$env:Path`
    name = script.script.masked[start : match.end()]
    if name.casefold() in _AUTOMATIC | _CONSTANT or MASK in name:
        return None
    said = scope if scope in ("script", "global") else ""
    return _Mention(name, said, Span(start, match.end()), role)


def written_variables(script: PowerShellScript) -> Iterator[tuple[Span, Role]]:
    """The variables outside of strings, dollar signs included, and what happens to them."""
    tokens = script.statements.tokens
    declaring = list(_declaring(script))
    for index, token in enumerate(tokens):
        if token.kind is not Kind.VARIABLE:
            continue
        following = tokens[index + 1].text if index + 1 < len(tokens) else ""
        if any(block.covers(token.span) for block in declaring) and _is_declared(tokens, index):
            yield token.span, Role.DECLARATION
        elif following in _ASSIGNING or (following.casefold() == "in" and _is_loop(tokens, index)):
            yield token.span, Role.WRITE
        else:
            yield token.span, Role.READ


def _declaring(script: PowerShellScript) -> Iterator[Span]:
    """The brackets of `param (...)`, and those behind the names of functions."""
    statements = script.statements
    named = {definition.span for definition in definitions(script)}
    for index, token in enumerate(statements.tokens):
        if token.text.casefold() == "param" or token.span in named:
            following = statements.next(index)
            closing = statements.closing(following) if following is not None else None
            if following is not None and closing is not None:
                opening = statements.tokens[following]
                if opening.text == "(":
                    yield Span(opening.span.start, statements.tokens[closing].span.end)


def _is_declared(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether a variable in `param (...)` is a parameter, and no part of a default."""
    before = tokens[index - 1] if index else None
    return before is not None and before.text != "="


def _is_loop(tokens: tuple[Token, ...], index: int) -> bool:
    return index >= 2 and tokens[index - 2].text.casefold() == "foreach"
