"""Programs that write files: real ones, which wait while the filesystem is frozen."""

from __future__ import annotations

from ssmlint.dryrun.calls import Call, command
from ssmlint.dryrun.commands.filesystems import absolute, blocked
from ssmlint.dryrun.needs import Answering, Become


@command("touch", "mkdir", "rmdir", "rm", "mv", "cp", "ln", "tee", "chmod", "truncate", "install")
def write(call: Call) -> Answering:
    """Wait for every path among the arguments, then do it."""
    if call.arguments[:1] != ("--version",):
        for word in call.arguments:
            if not word.startswith("-"):
                yield from blocked(call, absolute(call, word))
    yield Become((f"/host/real/{call.name}", *call.arguments))
    return 0
