"""Where a PowerShell script holds the text parameters of its document. No rule."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssmlint.embedded import PlaceholderSpan
from ssmlint.model.document import Parameter
from ssmlint.powershell.scriptfacts import PowerShellScript
from ssmlint.powershell.tokens import Kind, Quoting
from ssmlint.records import dataclass
from ssmlint.reuse import once
from ssmlint.source import Span
from ssmlint_rules.injection import Place, Standing, is_text

_BARE = ("$(whoami)", ";whoami", "|whoami", "\nwhoami")

#: What makes PowerShell run something, by how the value stands in the script.
_STANDINGS = {
    Quoting.BARE: Standing(1, "unquoted", _BARE, is_word=True),
    Quoting.VERBATIM: Standing(2, "behind `--%`", ("|whoami", "\nwhoami")),
    Quoting.HERE_DOUBLE: Standing(
        3, "in a here-string with double quotes", ("$(whoami)", '\n"@;whoami;@"\n')
    ),
    Quoting.DOUBLE: Standing(
        4, "in double quotes, which do not stop it", ("$(whoami)", '";whoami;"')
    ),
    Quoting.SINGLE: Standing(5, "in single quotes, which it can close", ("';whoami;'",)),
    Quoting.HERE_SINGLE: Standing(6, "in a here-string, which it can close", ("\n'@;whoami;@'\n",)),
}

#: Programs that read their argument as a command once more, up to the quote around a value.
_READS_AGAIN = re.compile(
    r"(?:\b(?:Invoke-Expression|iex)\s+|\b(?:powershell|pwsh)(?:\.exe)?\b[^'\"\n|;]*\s-c(?:ommand)?\s+"
    r"|\bcmd(?:\.exe)?\b[^'\"\n|;]*\s/[ck]\s+)(?:&\s*)?$",
    re.IGNORECASE,
)
_READ_AGAIN = Standing(0, "in a text that is read as a command once more", _BARE)


@dataclass(frozen=True, slots=True)
class Use:
    """A `{{ parameter }}` in a script; `span` is in the script (code points)."""

    parameter: Parameter
    span: Span
    quoting: Quoting
    is_read_again: bool
    """Whether it stands in a text that is read as a command: of `iex`, of `cmd /c`."""

    @property
    def standing(self) -> Standing | None:
        """How the value stands there; None where nothing can come of it."""
        return _READ_AGAIN if self.is_read_again else _STANDINGS.get(self.quoting)


@once
def parameter_uses(script: PowerShellScript) -> tuple[Use, ...]:
    """The places where a script holds a text parameter that is written into it.

    None of a script that PowerShell does not read, or of which it is not known how.
    """
    if script.flaw is not None or script.reader.is_doubtful:
        return ()
    return tuple(_uses(script))


def _uses(script: PowerShellScript) -> Iterator[Use]:
    for placeholder in script.script.placeholders:
        parameter = script.document.parameters.get(placeholder.name)
        if parameter is None or not is_text(parameter) or _is_the_command(script, placeholder):
            continue
        quoting = script.quoting_at(placeholder.start)
        again = quoting in (Quoting.SINGLE, Quoting.DOUBLE) and _is_read_again(script, placeholder)
        yield Use(parameter, Span(placeholder.start, placeholder.end), quoting, again)


def injectable_places(script: PowerShellScript) -> Iterator[Place]:
    """The same where a value may end and a command begin."""
    for use in parameter_uses(script):
        if use.standing is not None:
            yield Place(use.parameter, use.span, use.standing, _reading(script, use))


def is_a_value(script: PowerShellScript, use: Use) -> bool:
    """Whether the reference is all that is assigned: `$x = {{ name }}`, where a word is a command."""
    tokens = script.reader.tokens
    index = script.reader.token_at(use.span.start)
    if index is None or index < 2:
        return False
    follows = tokens[index + 1] if index + 1 < len(tokens) else None
    is_last = follows is None or follows.kind is Kind.NEWLINE or follows.text == ";"
    return is_last and tokens[index - 1].text == "=" and tokens[index - 2].kind is Kind.VARIABLE


def _is_the_command(script: PowerShellScript, placeholder: PlaceholderSpan) -> bool:
    """Whether the parameter *is* the command, so that running it is what it is for."""
    text = script.script.text
    start = text.rfind("\n", 0, placeholder.start) + 1
    end = text.find("\n", placeholder.end)
    before = text[start : placeholder.start]
    line = before + text[placeholder.end : end if end >= 0 else len(text)]
    if not line.strip(" \t'\";"):
        return True
    quotes = before.rstrip("'\"")
    alone = text[placeholder.end : placeholder.end + 1] in ("", "'", '"', "\n", "\r", ";", " ")
    return alone and (not before.strip() or _READS_AGAIN.search(quotes) is not None)


def _is_read_again(script: PowerShellScript, placeholder: PlaceholderSpan) -> bool:
    region = script.reader.region_at(placeholder.start)
    if region is None:
        return False
    text = script.script.text
    quote = region.span.start - 1
    line = text.rfind("\n", 0, quote) + 1
    return _READS_AGAIN.search(text[line:quote]) is not None


def _reading(script: PowerShellScript, use: Use) -> str | None:
    """What reads the value from `SSM_<name>` in its place."""
    name = f"env:SSM_{use.parameter.name}"
    if use.is_read_again:
        return None
    text = script.script.text
    if use.quoting is Quoting.BARE:
        around = text[: use.span.start][-1:] + text[use.span.end :][:1]
        return None if around.strip(" \t\n\r;|(),={}") else f"${name}"
    if use.quoting in (Quoting.DOUBLE, Quoting.HERE_DOUBLE):
        return f"${{{name}}}"
    return None
