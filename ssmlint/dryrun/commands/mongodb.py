"""`mongosh`: fsyncLock belongs to the server and is counted."""

from __future__ import annotations

import re

from ssmlint.dryrun.calls import Call, command
from ssmlint.dryrun.commands.options import options_of
from ssmlint.dryrun.host.applications import MongoDb
from ssmlint.dryrun.model import HoldKind
from ssmlint.dryrun.needs import Answering, ReadAll, Wait

LOCK = "mongodb fsyncLock"

_LONG = ("--eval", "--host", "--port", "--username", "--password", "--file")
_LOCKS = re.compile(r"fsyncLock\s*\(|fsync\s*:\s*1\s*,\s*lock\s*:\s*true")
_UNLOCKS = re.compile(r"fsyncUnlock\s*[(:]")


@command("mongosh", "mongo")
def mongosh(call: Call) -> Answering:
    """A script in `--eval` or on standard input."""
    options, _ = options_of(call.arguments, "fup", _LONG)
    script = options.get("--eval")
    if {"--version"} & options.keys():
        call.print("2.3.1")
        return 0
    server = call.host.find(MongoDb)
    host = call.host
    if server is None or server.container not in ("", call.container) or not host.answers(server):
        return call.fail("MongoNetworkError: connect ECONNREFUSED 127.0.0.1:27017")
    if script is None:
        script = (yield ReadAll()) or ""
    if _LOCKS.search(script):
        yield Wait(lambda: not any(map(host.is_frozen, server.folders)))
        server.locks += 1
        host.hold(HoldKind.LOCK, LOCK, server.name)
        call.print("{ info: 'now locked against writes', lockCount: Long('1'), ok: 1 }")
    if _UNLOCKS.search(script):
        if not server.locks:
            return call.fail("MongoServerError: fsyncUnlock called when not locked")
        server.locks -= 1
        if not server.locks:
            host.release(LOCK)
        call.print(f"{{ info: 'fsyncUnlock completed', lockCount: Long('{server.locks}'), ok: 1 }}")
    if "currentOp" in script or "fsyncLock ===" in script:
        call.print("true" if server.locks else "false")
    return 0
