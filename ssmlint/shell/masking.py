"""Work at the end of a script whose failure the last command hides."""

from __future__ import annotations

from ssmlint.records import dataclass
from ssmlint.shell.effects import is_harmless
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.shell.statements import Command, Pipeline, Redirect, Statement
from ssmlint.shell.units import Use

#: Commands behind which nothing is left of the status before (each succeeds, or nearly).
_SAYS = frozenset({"echo", "printf", ":", "true", "date", "logger"})
_CLEANS = frozenset({"rm", "unset"})
#: Commands of which nobody minds the status.
_MINOR_NAMES = """
    cd pushd popd set shopt trap wait sleep umask shift export alias type hash ulimit kill
    pkill killall umount mkdir touch test [ let eval . source read exec return
"""
_MINOR = frozenset(_MINOR_NAMES.split())


@dataclass(frozen=True, slots=True)
class Masked:
    """The last command, and the one whose failure it hides."""

    last: Statement
    work: Statement
    name: str
    """The program that does the work."""


def masked_exit(script: ShellScript) -> Masked | None:
    """The end of a script that succeeds whatever became of the work in front of it."""
    block = script.syntax.block
    if "errexit" in script.options or script.syntax.errors or not block:
        return None
    at = len(block) - 1
    while at >= 0 and _says(block[at], script):
        at -= 1
    if at < 0 or at == len(block) - 1 or _traps_errors(script):
        return None
    use = _work(script, block[at])
    if use is None:
        return None
    name = use.invocation.name or (use.command.words[0].literal or "the command")
    return Masked(block[-1], block[at], name)


def _says(statement: Statement, script: ShellScript) -> bool:
    """Whether a statement at the end of a script only reports or tidies up, and succeeds."""
    if not isinstance(statement, Command) or not statement.words:
        return False
    if statement.name == "exit":
        operand = statement.words[1].literal if len(statement.words) > 1 else None
        behind = script.index.before(statement)
        bare = len(statement.words) == 1 and behind is not None and _says(behind, script)
        return operand == "0" or bare
    if statement.name in _CLEANS:
        return statement.name == "unset" or _is_forced(statement)
    return statement.name in _SAYS and not any(map(_writes_a_file, statement.redirects))


def _is_forced(command: Command) -> bool:
    options = [word.literal or "" for word in command.words[1:]]
    return any(o.startswith("-") and "f" in o for o in options) or "--force" in options


def _writes_a_file(redirect: Redirect) -> bool:
    target = redirect.target.literal if redirect.target else None
    return redirect.operator in (">", ">>", "&>") and target not in ("/dev/null", "/dev/stderr")


def _traps_errors(script: ShellScript) -> bool:
    """Whether a trap looks at errors, or decides the exit status."""
    traps = [use.command for use in script.uses if use.command.name == "trap"]
    ends = {(word.literal or "").upper() for command in traps for word in command.words[1:]}
    return bool(ends & {"ERR", "EXIT", "0", "SIGERR"})


def _work(script: ShellScript, statement: Statement) -> Use | None:
    """The program whose failure matters, in a plain command or at the end of a pipeline."""
    command = statement.commands[-1] if isinstance(statement, Pipeline) else statement
    if isinstance(statement, Pipeline) and statement.negated:
        return None
    for use in script.uses:
        if use.command is command and command.name not in _MINOR:
            minor = use.invocation.name in _MINOR or is_harmless(use.invocation, script.table)
            known = use.invocation.name not in ("exit", "")
            return use if known and not minor and not _is_own(script, use) else None
    return None


def _is_own(script: ShellScript, use: Use) -> bool:
    """Whether it is a function, which may well end the script itself."""
    return use.invocation.name in script.functions
