"""Completion for bash, from version 3.2 on; it needs no `bash-completion`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ssmlint.cli.completions import Command, Value

_HEAD = """\
# Completion of `ssmlint` for bash: source <(ssmlint completion bash)
_ssmlint() {
    local current=${COMP_WORDS[COMP_CWORD]} previous= command=${COMP_WORDS[1]} words=
    [ "$COMP_CWORD" -gt 0 ] && previous=${COMP_WORDS[COMP_CWORD - 1]}
    # bash makes a word of its own of the `=` in `--option=value`.
    if [ "$current" = '=' ]; then
        current= previous=$previous=
    elif [ "$previous" = '=' ]; then
        previous=${COMP_WORDS[COMP_CWORD - 2]}=
    fi
    COMPREPLY=()
"""

_TAIL = """\
    # Of a list by commas the last word is completed.
    local list=
    case $current in
        *,*) list=${current%,*}, ;;
    esac
    COMPREPLY=($(compgen -P "$list" -W "$words" -- "${current##*,}"))
}
complete -o default -F _ssmlint ssmlint
"""


def script(commands: Iterable[Command]) -> str:
    """The script."""
    commands = tuple(commands)
    listed = " ".join(command.name for command in commands)
    lines = [
        '    if [ "$COMP_CWORD" -eq 1 ]; then',
        f"        words='{listed} --help --version'",
        "    else",
        '        case "$command $previous" in',
        *(f"            {line}" for command in commands for line in _values(command)),
        "            *)",
        '                case "$command" in',
        *(f"                    {line}" for command in commands for line in _words(command)),
        "                esac",
        "                ;;",
        "        esac",
        "    fi",
    ]
    return _HEAD + "\n".join(lines) + "\n" + _TAIL


def _values(command: Command) -> Iterator[str]:
    """What follows an option that takes a value."""
    for option in command.options:
        if option.value is not None:
            ends = ("", "=") if option.needs_value else ("=",)
            names = [f"{name}{end}" for name in option.names for end in ends]
            patterns = "|".join(f"'{command.name} {name}'" for name in names)
            yield f"{patterns}) {_assigned(option.value)} ;;"


def _assigned(value: Value) -> str:
    # Without words `complete -o default` completes paths.
    words = " ".join(value.words)
    return f"words='{words}'" if words else "return"


def _words(command: Command) -> Iterator[str]:
    names = " ".join(name for option in command.options for name in option.names)
    if command.operand.is_path:
        yield f"{command.name})"
        yield "    case $current in"
        yield f"        -*) words='{names}' ;;"
        yield "        *) return ;;"
        yield "    esac"
        yield "    ;;"
    else:
        words = " ".join(command.operand.words)
        yield f"{command.name}) words='{words} {names}' ;;"
