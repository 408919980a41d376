"""`ssmlint.dryRun`: runs the open text of a document on a simulated host (`ssmlint dry-run`)."""

from __future__ import annotations

import asyncio

from lsprotocol import types

from ssmlint_lsp.processes import same_program
from ssmlint_lsp.refusal import Refusal
from ssmlint_lsp.server import Server

COMMAND = "ssmlint.dryRun"

#: Seconds; the scenarios without faults take a few.
_PATIENCE = 120
_PROGRAM = (
    "from ssmlint.cli import run; sys.argv[1:] = ['dry-run', '--quiet', '-']; sys.exit(run())"
)


def register(server: Server) -> None:
    """Offer the command."""

    @server.command(COMMAND)
    async def dry_run(ls: Server, uri: str) -> str:
        buffer = ls.buffers.get(uri)
        if buffer is None:
            raise Refusal("The document is not open.")
        status, text = await _run(buffer.text)
        ls.window_log_message(types.LogMessageParams(types.MessageType.Info, text))
        lines = [line for line in text.splitlines() if line.strip()]
        kind = types.MessageType.Info if status == 0 else types.MessageType.Warning
        summary = lines[-1].strip() if lines else f"it ended with {status}"
        told = f"Dry run: {summary}; the report is in the log of the server"
        ls.window_show_message(types.ShowMessageParams(kind, told))
        return text


async def _run(text: str) -> tuple[int, str]:
    """Exit status and report; raises `Refusal` where it takes too long."""
    process = await asyncio.create_subprocess_exec(
        *same_program(_PROGRAM),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        data = text.encode("utf-8", "surrogatepass")
        output, _ = await asyncio.wait_for(process.communicate(data), _PATIENCE)
    except asyncio.TimeoutError:
        process.kill()
        await process.wait()
        raise Refusal(f"The dry run took longer than {_PATIENCE} seconds.") from None
    return process.returncode or 0, output.decode("utf-8", "replace")
