"""Where a shell script holds the text parameters of its document. No rule."""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.model.document import Parameter
from ssmlint.records import dataclass
from ssmlint.reuse import once
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.spans import Spans
from ssmlint.shell.statements import (
    ArithmeticCommand,
    Command,
    Literal,
    Placeholder,
    Variable,
    Word,
)
from ssmlint.shell.syntax import PlaceholderSpan, Quoting
from ssmlint.source import Span
from ssmlint_rules.injection import Place, Standing, is_text

#: What makes a shell run something, by how the value stands in the script.
_STANDINGS = {
    Quoting.BARE: Standing(
        1, "unquoted", ("$(id)", "`id`", ";id", "|id", "&id", "\nid"), is_word=True
    ),
    Quoting.ARITHMETIC: Standing(2, "in an arithmetic expression", ("$(id)", "`id`", "a[$(id)]")),
    Quoting.HEREDOC: Standing(3, "in a here-document", ("$(id)", "`id`")),
    Quoting.DOUBLE: Standing(
        4, "in double quotes, which do not stop it", ("$(id)", "`id`", '";id;"')
    ),
    Quoting.SINGLE: Standing(5, "in single quotes, which it can close", ("';id;'",)),
}

#: In `bash -c '...'` and its like a shell reads once more what was quoted for the first one.
_READ_AGAIN = Standing(
    0, "unquoted in a text that another shell reads", _STANDINGS[Quoting.BARE].attacks
)


@dataclass(frozen=True, slots=True)
class Use:
    """A `{{ parameter }}` in a script; `span` is in the script (code points)."""

    parameter: Parameter
    span: Span
    quoting: Quoting
    place: Placeholder | None
    """Its node in the syntax tree; None in a text that is for another shell."""
    is_read_again: bool = False
    """Whether it stands in a text that another shell reads: `bash -c '...'`."""

    @property
    def standing(self) -> Standing | None:
        """How the value stands there; None where nothing can come of it."""
        return _READ_AGAIN if self.is_read_again else _STANDINGS.get(self.quoting)


@once
def parameter_uses(script: ShellScript) -> tuple[Use, ...]:
    """The places where a script holds a text parameter that is written into it."""
    nodes = {node.span.start: node for node in script.index.of(Placeholder)}
    for_shells = Spans(unit.span for unit in script.units[1:])
    found = []
    for placeholder, quoting in _quoted(script):
        parameter = script.document.parameters.get(placeholder.name)
        if parameter is None or not is_text(parameter):
            continue
        is_quoted = quoting in (Quoting.SINGLE, Quoting.DOUBLE)
        again = is_quoted and for_shells.holds(placeholder.start)
        span = Span(placeholder.start, placeholder.end)
        node = nodes.get(span.start)
        found.append(Use(parameter, span, Quoting.BARE if again else quoting, node, again))
    return tuple(found)


def injectable_places(script: ShellScript) -> Iterator[Place]:
    """The same where a value may end and a command begin, and it is not the command itself."""
    for use in parameter_uses(script):
        if use.standing is not None and not is_the_command(script, use):
            yield Place(use.parameter, use.span, use.standing, _reading(script, use))
    yield from _read_once_more(script)


def _reading(script: ShellScript, use: Use) -> str | None:
    """What reads the value from `SSM_<name>` in its place."""
    name = f"SSM_{use.parameter.name}"
    if use.is_read_again:
        return None
    match use.quoting:
        case Quoting.BARE:
            around = (
                script.script.text[: use.span.start][-1:] + script.script.text[use.span.end :][:1]
            )
            return f'"${{{name}}}"' if around.strip(" \t\n;|&=()") else f'"${name}"'
        case Quoting.SINGLE:
            return f"'\"${name}\"'"
        case Quoting.DOUBLE | Quoting.HEREDOC:
            follows = script.script.text[use.span.end :][:1]
            return f"${{{name}}}" if follows.isalnum() or follows in ("_", "[") else f"${name}"
        case Quoting.ARITHMETIC:
            return name
    return None


def _quoted(script: ShellScript) -> Iterator[tuple[PlaceholderSpan, Quoting]]:
    """Each placeholder with the quoting of the innermost stretch that it stands in."""
    regions = sorted(script.syntax.regions, key=lambda region: (region[0], -region[1]))
    around: list[tuple[int, Quoting]] = []
    at = 0
    for placeholder in script.script.placeholders:
        while at < len(regions) and regions[at][0] <= placeholder.start:
            start, end, quoting = regions[at]
            around = [item for item in around if item[0] > start]
            around.append((end, quoting))
            at += 1
        around = [item for item in around if item[0] > placeholder.start]
        yield placeholder, around[-1][1] if around else Quoting.BARE


def is_the_command(script: ShellScript, use: Use) -> bool:
    """Whether the parameter *is* the command, so that running it is what it is for."""
    text = script.script.text
    start = text.rfind("\n", 0, use.span.start) + 1
    end = text.find("\n", use.span.end)
    line = text[start : use.span.start] + text[use.span.end : end if end >= 0 else len(text)]
    if not line.strip(" \t'\";") or _whole_scripts(script).holds(use.span.start):
        return True
    word = script.index.parent(use.place) if use.place is not None else None
    command = script.index.parent(word) if isinstance(word, Word) else None
    if not isinstance(command, Command) or word is None:
        return False
    alone = all(isinstance(p, Placeholder) or _is_empty(p) for p in word.parts)
    first = command.words[0]
    runs = first.literal in ("eval", "sh", "bash") and word in command.words[1:3]
    return alone and (word is first or runs)


@once
def _whole_scripts(script: ShellScript) -> Spans:
    """The texts for other shells that consist of nothing but one unknown."""
    return Spans(unit.span for unit in script.units[1:] if _is_hole(unit.text))


def _is_hole(text: str) -> bool:
    return len(text.strip()) == 1 and not text.strip().isascii()


def _is_empty(part: object) -> bool:
    return isinstance(part, Literal) and not part.text.strip()


def in_test(script: ShellScript, use: Use) -> bool:
    """Whether the value is an operand of `[ ... ]`, where an empty one is a syntax error."""
    from ssmlint.shell.statements import Test

    if use.place is None:
        return False
    test = script.index.enclosing(use.place, Test)
    return test is not None and not isinstance(test, ArithmeticCommand) and test.bracket != "[["


def environment_parameters(script: ShellScript) -> dict[str, Parameter]:
    """The parameters that the script gets as variables, by the names of these."""
    declared = script.document.parameters.values()
    return {f"SSM_{p.name}": p for p in declared if p.is_env_var and p.type in ("String", None)}


def _read_once_more(script: ShellScript) -> Iterator[Place]:
    """Variables of parameters in a text that `eval` or another shell reads, but not all of it."""
    parameters = environment_parameters(script)
    for use in script.uses if parameters else ():
        for word in _code_words(use.command):
            for part in word.parts if len(word.parts) > 1 else ():
                parameter = parameters.get(part.name) if isinstance(part, Variable) else None
                if parameter is not None:
                    yield Place(parameter, use.unit.place(part.span), _READ_AGAIN, None)


def _code_words(command: Command) -> tuple[Word, ...]:
    """The words of a command that a shell reads as a text of its own."""
    if command.name == "eval":
        return command.words[1:]
    if command.name in ("bash", "sh", "dash", "ksh"):
        for index, word in enumerate(command.words[1:-1], 1):
            option = word.literal or ""
            if option.startswith("-") and not option.startswith("--") and option.endswith("c"):
                return command.words[index + 1 : index + 2]
    return ()
