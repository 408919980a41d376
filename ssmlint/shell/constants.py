"""What the words of a command are without running anything.

A variable counts as a constant where the script assigns it in one place only, and a
literal text there.  Everything else is `UNKNOWN`.
"""

from __future__ import annotations

from collections.abc import Mapping

from ssmlint.shell.commands import Invocation, invocation
from ssmlint.shell.fields import UNKNOWN, Field
from ssmlint.shell.statements import Command, Literal, ProcessSubstitution, Variable, Word

Constants = Mapping[str, str]
NO_CONSTANTS: Constants = {}

_HERE = ("<<", "<<-", "<<<")
#: Constants inside constants: longer chains are nobody's.
_MAX_CHAIN = 8


def constants_of(assigned: Mapping[str, Word | None]) -> Constants:
    """The constants among names with their only value; None is a value of no known text."""
    known: dict[str, str] = {}
    todo = {name: word for name, word in assigned.items() if word is not None}
    for _ in range(_MAX_CHAIN):
        found = {name: text_of(word, known) for name, word in todo.items()}
        fresh = {name: text for name, text in found.items() if UNKNOWN not in text}
        if not fresh:
            break
        known.update(fresh)
        todo = {name: word for name, word in todo.items() if name not in fresh}
    return known


def text_of(word: Word, constants: Constants = NO_CONSTANTS) -> str:
    """The text of a word, with `UNKNOWN` for each piece that is not known."""
    return "".join(_piece(part, constants) for part in word.parts)


def _piece(part: object, constants: Constants) -> str:
    match part:
        case Literal(text=text):
            return text
        case Variable(name=name, operator="", length=False, indirect=False, subscript=None):
            return constants.get(name, UNKNOWN)
    return UNKNOWN


def fields_of(word: Word, constants: Constants = NO_CONSTANTS) -> tuple[Field, ...]:
    """The arguments that a word becomes; an unquoted constant is split at its blanks."""
    if word.literal is not None:
        # Most words: nothing in them is a variable.
        return (Field(word.literal, word.span, word.is_quoted),)
    quoted = any(getattr(part, "quoted", False) for part in word.parts)
    text = text_of(word, constants)
    if quoted:
        return (Field(text, word.span, quoted),)
    return tuple(Field(piece, word.span) for piece in text.split())


def command_fields(command: Command, constants: Constants = NO_CONSTANTS) -> tuple[Field, ...]:
    """All arguments of a command, its name first."""
    return tuple(field for word in command.words for field in fields_of(word, constants))


def invocation_of(
    command: Command,
    constants: Constants = NO_CONSTANTS,
    feeder: Command | None = None,
) -> Invocation:
    """What a command runs; `feeder` is the command in front of it in a pipeline."""
    stdin = None
    if feeder is not None:
        stdin = _echoed(feeder, constants)
    for redirect in command.redirects:
        if redirect.operator in _HERE and redirect.target is not None:
            stdin = Field(text_of(redirect.target, constants), redirect.target.span, True)
        if redirect.operator == "<" and redirect.target is not None:
            stdin = _printed(redirect.target, constants) or stdin
    return invocation(command_fields(command, constants), stdin)


def _printed(word: Word, constants: Constants) -> Field | None:
    """What `<(echo ...; printf ...)` writes, where nothing else stands in it."""
    match word.parts:
        case (ProcessSubstitution(body=body),):
            texts = [
                _echoed(node, constants) if isinstance(node, Command) else None for node in body
            ]
            known = [field.text for field in texts if field is not None]
            return Field("\n".join(known), word.span, True) if len(known) == len(body) else None
    return None


def _echoed(feeder: Command, constants: Constants) -> Field | None:
    """What an `echo`, `printf '%s' text` or `cat <<EOF` writes."""
    name = feeder.name
    if name in ("echo", "printf"):
        fields = list(command_fields(feeder, constants)[1:])
        if name == "printf" and len(fields) > 2 and "%s" in fields[0].text:
            form = fields[0].text.replace("\\n", "\n")
            text = "".join(form.replace("%s", field.text) for field in fields[1:])
            return Field(text, feeder.span, True)
        while fields and fields[0].text in ("-e", "-n", "-ne", "-en", "%s", "%s\\n", "--"):
            fields = fields[1:]
        if len(fields) == 1:
            return fields[0]
        return Field(" ".join(f.text for f in fields), feeder.span, True) if fields else None
    if name == "cat" and len(feeder.words) == 1:
        for redirect in feeder.redirects:
            if redirect.operator in _HERE and redirect.target is not None:
                return Field(text_of(redirect.target, constants), redirect.target.span, True)
    return None
