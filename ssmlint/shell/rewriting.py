"""Changes of what a shell reads as edits of the file, also in a text that a script quotes.

`bash -c '... $x'` and `trap "..." EXIT` hold scripts of their own: what is put into one of those
must not end the quotes around it, nor be expanded by the shell outside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ssmlint import rewriting
from ssmlint.rule import Edit
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.syntax import Quoting
from ssmlint.shell.units import Unit

#: What means itself in every kind of quotes, and in none.
_HARMLESS = re.compile(r"[\w./,:@%+=-]*")

_SPECIAL = {
    Quoting.SINGLE: re.compile(r"'"),
    Quoting.DOUBLE: re.compile(r'["$`\\]'),
    Quoting.HEREDOC: re.compile(r"[$`\\]"),
}


def in_unit(script: ShellScript, unit: Unit, changes: Iterable[Edit]) -> tuple[Edit, ...] | None:
    """Edits of the file that make changes of a unit's text, whose spans are in that text.

    None where the text is not written as it is read, or a change cannot be written down for sure.
    """
    changes = tuple(changes)
    if unit.start is None or not _fit(script, unit, changes):
        return None
    placed = [Edit(unit.place(change.span), change.text) for change in changes]
    return rewriting.in_script(script.script, placed)


def in_script(script: ShellScript, changes: Iterable[Edit]) -> tuple[Edit, ...] | None:
    """The same for changes of the script itself."""
    return rewriting.in_script(script.script, changes)


def _fit(script: ShellScript, unit: Unit, changes: Sequence[Edit]) -> bool:
    """Whether the changes mean in the quotes around a text what they mean in it."""
    if unit is script.main or all(_HARMLESS.fullmatch(change.text) for change in changes):
        return True
    if unit.parent is not script.main or unit.start is None:
        return False
    special = _SPECIAL.get(script.syntax.quoting_at(unit.start))
    return special is not None and not any(special.search(change.text) for change in changes)
