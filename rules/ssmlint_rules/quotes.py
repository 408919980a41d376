"""How references stand in scripts of any language. No rule."""

from __future__ import annotations

from ssmlint.embedded import Language, PlaceholderSpan, Script


def is_open_to_json(script: Script, placeholder: PlaceholderSpan) -> bool:
    """Whether JSON in the place of a reference is read as a text, quotes and all.

    Also where that can not be told.  Reads the script anew: ask for few references only.
    """
    if script.language is Language.POWERSHELL:
        from ssmlint.powershell.reader import Reader
        from ssmlint.powershell.tokens import Quoting as Quoted

        reader = Reader(script.masked)
        is_clear = not (reader.is_doubtful or reader.flaws)
        exposed = (Quoted.BARE, Quoted.DOUBLE)
        return not is_clear or reader.quoting_at(placeholder.start) not in exposed
    if script.language is Language.SHELL and script.is_shell:
        from ssmlint.shell.syntax import Quoting, parse

        syntax = parse(script.text, script.placeholders)
        return syntax.quoting_at(placeholder.start) not in (Quoting.BARE, Quoting.DOUBLE)
    return True
