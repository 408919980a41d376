"""A host made of files, on which a template's script runs for real.

The commands that touch a host are the stand-ins of `stubs/`; everything else is the machine's
own.  The script runs as the agent runs it: a file, started by `sh -c`, in its own process group.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML

TEMPLATES = Path(__file__).parents[2] / "ssmlint" / "templates"
STUBS = Path(__file__).parent / "stubs"

GUARD = 60.0
"""Seconds after which a script counts as hung."""

REAL_TOOLS = ("bash", "cat", "flock", "mkdir", "rm", "setsid", "sh", "sleep", "timeout")

EXECUTION = "0a1b2c3d-0000-4000-8000-00000000beef"


def template_script(name: str) -> str:
    """The script of the template `name`, its parameters still to be filled in."""
    document = YAML(typ="safe").load((TEMPLATES / f"{name}.yaml").read_text())
    (script,) = document["mainSteps"][0]["inputs"]["runCommand"]
    assert isinstance(script, str)
    return script


@dataclass
class Host:
    """One simulated host in the folder `root`."""

    root: Path
    script: str
    output: str = ""
    """What the last stage has printed."""

    def __post_init__(self) -> None:
        for folder in ("bin", "run", "faults", "slow", "frozen", "units"):
            (self.root / folder).mkdir()
        for stub in STUBS.iterdir():
            shutil.copy(stub, self.root / "bin" / stub.name)
        for tool in REAL_TOOLS:
            path = shutil.which(tool)
            assert path is not None, tool
            (self.root / "bin" / tool).symlink_to(path)
        (self.root / "calls").touch()

    # --- running -------------------------------------------------------------------------

    def start(self, command: str) -> subprocess.Popen[str]:
        """Start one stage of the document and do not wait for it."""
        text = self.script.replace("{{ command }}", command)
        text = text.replace("{{ executionId }}", EXECUTION)
        text = text.replace("=/run/dlm-", f"={self.root}/run/dlm-")
        path = self.root / "_script.sh"
        path.write_text(text)
        path.chmod(0o700)
        return subprocess.Popen(
            ["sh", "-c", str(path)],
            env={"PATH": str(self.root / "bin"), "HOST": str(self.root)},
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def run(self, command: str) -> int:
        """Run one stage of the document; its exit code."""
        process = self.start(command)
        try:
            self.output, _ = process.communicate(timeout=GUARD)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
        return process.returncode

    def fire_watchdog(self) -> None:
        """Let the time of every timer come."""
        for timer in self.units(".timer"):
            path = self.root / "units" / timer
            command = path.read_text().splitlines()
            subprocess.run(command, env={"HOST": str(self.root)}, timeout=GUARD, check=True)
            path.unlink()

    def close(self) -> None:
        """End the services that a test has left."""
        for service in self.units(".service"):
            group = int((self.root / "units" / service).read_text())
            try:
                os.killpg(group, signal.SIGKILL)
            except ProcessLookupError:
                continue

    # --- faults --------------------------------------------------------------------------

    def fail(self, call: str, message: str = "failed on purpose") -> None:
        """From now on, calls that begin with `call` fail."""
        (self.root / "faults" / call.replace("/", ":")).write_text(message)

    def mend(self) -> None:
        """From now on, nothing fails."""
        for fault in (self.root / "faults").iterdir():
            fault.unlink()

    def put(self, path: str, text: str = "") -> None:
        """Write one file of the host's state."""
        (self.root / path).parent.mkdir(exist_ok=True)
        (self.root / path).write_text(text)

    # --- what is the matter --------------------------------------------------------------

    def units(self, suffix: str = "") -> list[str]:
        """The units that systemd knows now."""
        names = (path.name for path in (self.root / "units").iterdir())
        return sorted(name for name in names if name.endswith(suffix))

    def held(self) -> set[str]:
        """Everything that holds up writers now."""
        frozen = {path.name.replace(":", "/") for path in (self.root / "frozen").iterdir()}
        locks = {"mysql/read-lock": "read lock", "mongodb/lock": "server lock"}
        locked = {name for path, name in locks.items() if (self.root / path).exists()}
        instances = (self.root / "iris").glob("*")
        return frozen | locked | {path.name for path in instances if "frozen" in path.read_text()}

    def calls(self, *names: str) -> list[str]:
        """The calls of these commands so far, in order."""
        lines = (self.root / "calls").read_text().splitlines()
        return [line for line in lines if line.split()[0] in names]

    def leftovers(self) -> list[str]:
        """What the script has left under /run, besides the file that its lock is on."""
        names = (path.name for path in (self.root / "run").iterdir())
        return [name for name in names if not name.endswith(".lock")]
