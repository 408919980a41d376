"""Completion for zsh."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ssmlint.cli.completions import Command, Option, Value

_HEAD = """\
#compdef ssmlint
# Completion of `ssmlint` for zsh: source <(ssmlint completion zsh), behind `compinit`
_ssmlint() {
    local -a commands
    commands=(
"""

_MIDDLE = """\
    )
    if (( CURRENT == 2 )); then
        _describe command commands
        return
    fi
    local command=$words[2]
    shift words
    (( CURRENT -= 1 ))
    case $command in
"""

_TAIL = """\
    esac
}
if [ "$funcstack[1]" = _ssmlint ]; then
    _ssmlint "$@"
else
    compdef _ssmlint ssmlint
fi
"""


def script(commands: Iterable[Command]) -> str:
    """The script."""
    commands = tuple(commands)
    listed = "".join(f"        {_quoted(f'{c.name}:{c.text}')}\n" for c in commands)
    cases = "".join(f"{line}\n" for command in commands for line in _case(command))
    return _HEAD + listed + _MIDDLE + cases + _TAIL


def _case(command: Command) -> Iterator[str]:
    yield f"        {command.name})"
    yield "            _arguments \\"
    for option in command.options:
        for name in option.names:
            yield f"                {_quoted(_spec(name, option))} \\"
    yield f"                {_quoted(f'*:{_action(command.operand)}')}"
    yield "            ;;"


def _spec(name: str, option: Option) -> str:
    text = _escaped(option.text)
    if option.value is None:
        return f"{name}[{text}]"
    if not option.needs_value:
        return f"{name}=-[{text}]::{_action(option.value)}"
    # A long option takes its value in the same word or in the next one.
    sign = "=" if name.startswith("--") else ""
    return f"{name}{sign}[{text}]:{_action(option.value)}"


def _action(value: Value) -> str:
    if value.is_path:
        return "path:_files"
    words = " ".join(value.words)
    return f"value:_values -s , value {words}" if value.is_list else f"value:({words})"


def _escaped(text: str) -> str:
    for char in "\\[]:":
        text = text.replace(char, f"\\{char}")
    return text


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"
