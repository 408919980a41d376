"""Renaming: the edits that change a name everywhere it stands, or why that can not be.

The result is read again before anybody sees it: where the new text does not say the same
of the new name as the old one said of the old name, nothing is renamed.
"""

from __future__ import annotations

import builtins
import keyword
import re
from dataclasses import replace

from ssmlint.editing import edited
from ssmlint.engine import Facts
from ssmlint.files import read
from ssmlint.model.document import DocumentKind, SsmDocument
from ssmlint.records import dataclass
from ssmlint.rule import Edit
from ssmlint.shell.environment import may_be_given
from ssmlint.shell.plausible import may_be_program
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.source import Source, Span
from ssmlint.tree import Style
from ssmlint.yaml_tree import plain_value
from ssmlint_lsp.names.finding import named_at, names_of
from ssmlint_lsp.names.types import Name, NameKind, Occurrence


class CannotRename(Exception):
    """Why a name can not be changed: one sentence for the user."""


@dataclass(frozen=True, slots=True)
class Renamable:
    """A name that can be changed, before the new one is known."""

    span: Span
    """Where the name stands that was asked about."""
    text: str


def prepare(facts: Facts, offset: int) -> Renamable:
    """What would be renamed at an offset of the file; raises `CannotRename`."""
    name, occurrence = _found(facts, offset)
    return Renamable(occurrence.span, name.text)


def rename(facts: Facts, offset: int, new: str) -> tuple[Edit, ...]:
    """The edits of the file that give what stands at an offset another name.

    Raises `CannotRename` where there is nothing, where the new name is not allowed or
    taken, or where it is not certain what else the change would mean.
    """
    name, _ = _found(facts, offset)
    if new == name.text:
        return ()
    _judge(facts, name, new)
    edits = tuple(Edit(item.span, _written(item, new)) for item in name.occurrences)
    _prove(facts, name, new, edits)
    return edits


def _found(facts: Facts, offset: int) -> tuple[Name, Occurrence]:
    source = facts.file.source
    if facts.file.tree.broken:
        raise CannotRename(f"The file can not be read as {facts.file.tree.format.upper()} yet.")
    named = named_at(facts, offset)
    if named is None:
        raise CannotRename("Nothing with a name of its own stands here.")
    name = named.name
    obstacle = name.obstacle
    if obstacle is not None:
        where = _line(source, obstacle.span) if obstacle.span else ""
        raise CannotRename(f"`{name.text}` can not be renamed: {obstacle.message}{where}.")
    unclear = next((item for item in name.occurrences if not item.is_exact), None)
    if unclear is not None:
        where = _line(source, unclear.span)
        raise CannotRename(f"`{name.text}` stands in a text that can not be followed{where}.")
    if name.kind is not NameKind.SHELL_VARIABLE and name.declaration is None:
        raise CannotRename(f"`{name.text}` is not declared in this file.")
    return name, named.occurrence


def _line(source: Source, span: Span) -> str:
    return f" (line {source.lines.line_of(span.start) + 1})"


# --- the new name -------------------------------------------------------------------------

_FORMS = {
    NameKind.PARAMETER: (r"[A-Za-z][A-Za-z0-9]*", "letters and digits, a letter first"),
    NameKind.STEP: (r"[A-Za-z0-9_]+", "letters, digits and underscores"),
    NameKind.OUTPUT: (r"[A-Za-z0-9_]+", "letters, digits and underscores"),
    NameKind.VARIABLE: (r"[A-Za-z][A-Za-z0-9_]*", "letters, digits and underscores"),
    NameKind.SHELL_VARIABLE: (
        r"[A-Za-z_][A-Za-z0-9_]*",
        "letters, digits and underscores, no digit first",
    ),
    NameKind.PYTHON: (r"[^\W\d]\w*", "letters, digits and underscores, no digit first"),
    NameKind.PAYLOAD_KEY: (
        r"[A-Za-z_][A-Za-z0-9_]*",
        "letters, digits and underscores, no digit first",
    ),
    NameKind.FUNCTION: (
        r"[A-Za-z_][A-Za-z0-9_]*",
        "letters, digits and underscores, no digit first",
    ),
}


def _judge(facts: Facts, name: Name, new: str) -> None:
    pattern, words = _FORMS[name.kind]
    if re.fullmatch(pattern, new) is None:
        raise CannotRename(f"`{new}` is no name for a {name.kind.value}: {words}.")
    taken = _taken(facts, name, new)
    if taken:
        raise CannotRename(f"`{new}` is taken: {taken}.")


def _taken(facts: Facts, name: Name, new: str) -> str:
    """Why a name is not free, empty where it is."""
    for other in names_of(facts):
        if other.text == new and other.kind is name.kind and other.scope is name.scope:
            if name.kind is NameKind.OUTPUT and other.container != name.container:
                continue
            place = other.declaration or other.occurrences[0]
            where = _line(facts.file.source, place.span)
            return f"there is a {name.kind.value} of that name{where}"
    match name.kind:
        case NameKind.PARAMETER:
            return _taken_by_agent(facts, name, new)
        case NameKind.SHELL_VARIABLE:
            shell: ShellScript = name.scope
            if new in shell.provided or may_be_given(new):
                return "the environment may have a variable of that name"
        case NameKind.PYTHON if keyword.iskeyword(new) or hasattr(builtins, new):
            return "Python has it"
        case NameKind.FUNCTION:
            return _taken_by_command(name.scope, new)
    return ""


def _taken_by_agent(facts: Facts, name: Name, new: str) -> str:
    document: SsmDocument = name.scope
    if document.kind is DocumentKind.AUTOMATION and new in ("global", "automation", "variable"):
        return "Automation has names of its own that begin so"
    if not document.parameters[name.text].is_env_var:
        return ""
    variable = f"SSM_{new}"
    known = (n for n in names_of(facts) if n.kind is NameKind.SHELL_VARIABLE)
    if may_be_given(variable) or any(other.text == variable for other in known):
        return f"scripts know a variable `{variable}`"
    return ""


def _taken_by_command(shell: ShellScript, new: str) -> str:
    if may_be_program(new):
        return "the shell or a program has a command of that name"
    if any(use.command.name == new or use.invocation.name == new for use in shell.uses):
        return "the script runs a command of that name"
    return ""


# --- the edits ----------------------------------------------------------------------------


def _written(occurrence: Occurrence, new: str) -> str:
    """The new name as it has to be written; what would be read as a number is quoted."""
    scalar = occurrence.scalar
    if scalar is not None and scalar.style is Style.PLAIN and _is_no_text(new):
        return f"'{new}'"
    return new


def _is_no_text(new: str) -> bool:
    """Whether a reader of YAML makes something else than text of an unquoted name."""
    return not isinstance(plain_value(new), str) or new.lower() in ("y", "n")


def _prove(facts: Facts, name: Name, new: str, edits: tuple[Edit, ...]) -> None:
    source = facts.file.source
    changed = read(Source(source.path, edited(source.text, edits)))
    after = Facts(changed, facts.workspace, facts.settings)
    expected = [_identity(_after(other, name, new)) for other in names_of(facts)]
    if sorted(expected) != sorted(map(_identity, names_of(after))):
        raise CannotRename(f"`{name.text}` can not be renamed: `{new}` would mean something else.")


#: Kind, text, container and number of places of a name.
_Identity = tuple[str, str, str, int]


def _identity(name: Name) -> _Identity:
    return (name.kind.value, name.text, name.container, len(name.occurrences))


def _after(other: Name, name: Name, new: str) -> Name:
    """What becomes of a name of the file when one of them is changed."""
    if other is name:
        return replace(other, text=new)
    if _INSIDE.get(name.kind) is other.kind and other.container == name.text:
        return replace(other, container=new)
    # A parameter that is handed over as a variable is read by that name.
    if name.kind is NameKind.PARAMETER and other.text == f"SSM_{name.text}":
        return replace(other, text=f"SSM_{new}")
    return other


#: What is kept apart by the name of what it is in.
_INSIDE = {
    NameKind.FUNCTION: NameKind.SHELL_VARIABLE,
    NameKind.STEP: NameKind.OUTPUT,
    NameKind.PYTHON: NameKind.PYTHON,
}
