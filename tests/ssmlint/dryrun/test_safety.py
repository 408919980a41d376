"""Hostile documents: nothing outside changes, and the run ends within its limits."""

from __future__ import annotations

import socket
import time
from pathlib import Path

import pytest

from ssmlint import engine
from ssmlint.dryrun.model import CellReport
from ssmlint.dryrun.sandbox.toolbox import Toolbox
from ssmlint.dryrun.world import Limits
from ssmlint.model.document import SsmDocument
from ssmlint.source import decode
from tests.ssmlint.dryrun.conftest import Run

#: Seconds until a run counts as hung; each is limited to three.
GUARD = 60.0
LIMITS = Limits(real_seconds=3.0)


def document(script: str) -> SsmDocument:
    """A document with this script."""
    lines = "".join(f"          {line}\n" for line in script.splitlines())
    text = f"""\
schemaVersion: '2.2'
description: hostile
parameters:
  command:
    type: String
    default: dry-run
    allowedValues: [pre-script, post-script, dry-run]
mainSteps:
  - action: aws:runShellScript
    name: attack
    inputs:
      timeoutSeconds: 30
      runCommand:
        - |
          #!/bin/bash
{lines}"""
    return engine.read(decode(text.encode(), "hostile.yaml")).documents[0]


@pytest.fixture
def attack(run: Run, toolbox: Toolbox) -> object:
    """Run a script; what all share of the machine is as before."""

    def play(script: str) -> CellReport:
        before = sorted((path.name, path.stat().st_size) for path in toolbox.host.rglob("*"))
        began = time.monotonic()
        cell = run(document(script), "dry-run", limits=LIMITS)
        assert time.monotonic() - began < GUARD
        after = sorted((path.name, path.stat().st_size) for path in toolbox.host.rglob("*"))
        assert after == before
        assert list(toolbox.folder.glob("cell-*")) == []
        return cell

    return play


def test_rm_of_everything(attack, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    canary = tmp_path / "canary"
    canary.write_text("alive")
    cell = attack(
        f"rm -rf --no-preserve-root / {tmp_path} > /dev/null 2>&1\necho x > {canary}\n"
        f"for f in /usr/bin/* /host/real/*; do echo x > $f; done 2> /dev/null\nexit 0"
    )
    assert canary.read_text() == "alive"
    assert cell.codes == (0,)
    assert any("rm -rf" in event.what for event in cell.trace)


def test_a_fork_bomb(attack) -> None:  # type: ignore[no-untyped-def]
    cell = attack("bomb() { bomb | bomb & }\nbomb\nwait\nwhile :; do :; done")
    assert "real seconds" in cell.stopped or "memory" in cell.stopped
    assert "comes-to-an-end" in {breach.invariant for breach in cell.breaches}


def test_no_network(attack) -> None:  # type: ignore[no-untyped-def]
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        port = server.getsockname()[1]
        cell = attack(
            f"(echo hello > /dev/tcp/127.0.0.1/{port}) || echo refused\n"
            f"(echo hello > /dev/udp/127.0.0.1/53) && curl http://127.0.0.1:{port}/\nexit 0"
        )
        with pytest.raises(TimeoutError):
            server.accept()
    assert "refused" in cell.stages[0].output


def test_endless_output(attack) -> None:  # type: ignore[no-untyped-def]
    cell = attack("yes aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
    assert "printed more than" in cell.stopped


def test_an_endless_loop(attack) -> None:  # type: ignore[no-untyped-def]
    assert "real seconds" in attack("while :; do :; done").stopped


def test_a_kill_of_everything(attack) -> None:  # type: ignore[no-untyped-def]
    cell = attack("kill -9 -1\nsleep 5")
    assert "ended every process" in cell.stopped or "sandbox has ended" in cell.stopped


def test_memory_and_disk(attack) -> None:  # type: ignore[no-untyped-def]
    cell = attack(
        "for i in 1 2 3 4 5; do dd if=/dev/zero of=/tmp/f$i bs=1M count=100 2> /dev/null; done\n"
        "stat -c %s /tmp/f* | sort -n | tail -1\n"
        "x=0123456789abcdef; while :; do x=$x$x; done"
    )
    sizes = [int(line) for line in cell.stages[0].output.splitlines() if line.isdigit()]
    assert max(sizes, default=0) <= 16 << 20
    assert cell.stopped or cell.codes != (0,)


def test_secrets_can_not_be_read(attack) -> None:  # type: ignore[no-untyped-def]
    places = "/etc/shadow ~/.ssh/id_rsa /proc/1/environ /proc/1/root/etc/shadow /proc/kcore"
    cell = attack(
        f"for f in {places} /host/../etc/shadow /proc/self/root/etc/shadow; do\n"
        '    head -c 100 "$f" 2> /dev/null && echo "read $f"\ndone\nexit 0'
    )
    assert "read /etc/shadow" not in cell.stages[0].output
    assert "shadow" not in cell.stages[0].output
    assert "PYTEST" not in cell.stages[0].output


def test_the_kernel_can_not_be_set(attack) -> None:  # type: ignore[no-untyped-def]
    name = Path("/proc/sys/kernel/hostname").read_text()
    pattern = Path("/proc/sys/kernel/core_pattern").read_text()
    cell = attack(
        "for f in /proc/sys/kernel/hostname /proc/sys/kernel/core_pattern /proc/sysrq-trigger; do\n"
        '    (echo evil > "$f") 2> /dev/null && echo "wrote $f"\ndone\nexit 0'
    )
    assert Path("/proc/sys/kernel/hostname").read_text() == name
    assert Path("/proc/sys/kernel/core_pattern").read_text() == pattern
    assert "core_pattern" not in cell.stages[0].output
    assert "sysrq" not in cell.stages[0].output


def test_absolute_paths_lead_to_the_simulated_commands(attack) -> None:  # type: ignore[no-untyped-def]
    cell = attack(
        "/usr/sbin/fsfreeze -f /data\n/sbin/fsfreeze -u /data\n/bin/mount -o remount,ro /data\n"
        "command /usr/bin/umount /logs\n/usr/bin/env -i /usr/sbin/fsfreeze -f /\nexit 0"
    )
    assert [event.command for event in cell.trace if event.kind == "call"] == [
        *("fsfreeze", "fsfreeze", "mount", "umount", "fsfreeze")
    ]
    assert "vital-filesystems-stay" in {breach.invariant for breach in cell.breaches}


def test_what_is_not_there_is_told_and_not_run(attack) -> None:  # type: ignore[no-untyped-def]
    cell = attack("python3 -c 'print(1)'\nsqlplus / as sysdba\nexit 0")
    assert "the simulated host does not have `python3`" in cell.notes
    assert "the simulated host does not have `sqlplus`" in cell.notes
    assert "sqlplus: command not found" in cell.stages[0].output


def test_noise_on_the_pipes(attack) -> None:  # type: ignore[no-untyped-def]
    cell = attack(
        "for f in /host/questions/*; do head -c 3000 /dev/urandom > $f & done\nwait\n"
        "printf 'a\\0b\\0c\\0d\\0e\\0f\\0999999\\0' > /host/questions/a\n"
        "printf 'started job0 1\\nended nobody 0\\nended job0 x\\n' > /host/reports\n"
        "head -c 100000 /dev/urandom > /host/tickets & head -c 100000 /dev/urandom > /host/reports &\n"
        "head -c 100000 /dev/urandom > /host/orders\nfsfreeze -f /data\nexit 0"
    )
    assert cell.stopped or cell.codes


def test_privileges_can_not_be_had_back(attack) -> None:  # type: ignore[no-untyped-def]
    cell = attack("grep -E '^(CapEff|CapBnd|NoNewPrivs)' /proc/self/status\nls /dev\nls /\nexit 0")
    output = cell.stages[0].output
    assert output.count("0000000000000000") == 2
    assert "NoNewPrivs:\t1" in output
    assert not {"sda", "nvme0n1", "kmsg", "mem", "fuse"} & set(output.split())
