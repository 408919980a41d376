"""Where redirections send what a command prints, and what that makes of a file."""

from __future__ import annotations

from ssmlint.shell.statements import Command, ProcessSubstitution, Redirect, Statement, walk
from ssmlint.shell.symbolic.state import Contents

#: The name under which a state notes that its standard input stays open for a while.
KEPT_OPEN = "\0kept open"

OUTPUT_REDIRECTS = frozenset({">", ">>", "&>", "&>>", ">|", ">&"})


def leaves_stdout(redirects: tuple[Redirect, ...]) -> bool:
    """Whether nothing of what the command prints goes to its standard output."""
    for redirect in redirects:
        if redirect.operator == ">&" and redirect.descriptor == 2:
            # `2>&1 >/dev/null`: what is printed there are the errors.
            return False
        if redirect.operator in OUTPUT_REDIRECTS and redirect.descriptor in (None, 1):
            return True
    return False


def discards(redirects: tuple[Redirect, ...]) -> bool:
    """Whether the output goes to /dev/null."""
    return any(
        r.operator in (">", "&>") and r.target is not None and r.target.literal == "/dev/null"
        for r in redirects
    )


def written_by(command: Command) -> Contents:
    """What a command leaves in a file that its output goes to."""
    if command.name in (":", "true") or not command.words:
        return Contents.EMPTY
    return Contents.FILLED if command.name in ("echo", "printf") else Contents.PRESENT


def feeds(redirect: Redirect) -> bool:
    """Whether it is `< <(...)`: what commands print is standard input."""
    target = redirect.target
    one = target is not None and len(target.parts) == 1
    return bool(
        redirect.operator == "<"
        and one
        and target is not None
        and isinstance(target.parts[0], ProcessSubstitution)
    )


def sleeps(part: Statement | Redirect) -> bool:
    """Whether what prints into a pipe sleeps somewhere before it is done."""
    return any(
        isinstance(node, Command) and any(word.literal == "sleep" for word in node.words[:2])
        for node in walk(part)
    )
