"""What `--fault` and `--host` take, and what is said of what they do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssmlint.dryrun.faults import Faults, parse_fault
from ssmlint.dryrun.host.building import build_host
from ssmlint.dryrun.host.settings import default_settings, read_settings
from ssmlint.errors import UserError


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("fsfreeze=fail", ("", "fsfreeze", "", None, "fail")),
        ("fsfreeze:-f:2=hang", ("", "fsfreeze", "-f", 2, "hang")),
        ("fsfreeze:2=kill", ("", "fsfreeze", "", 2, "kill")),
        ("pre-script/mysql:-e FLUSH=3", ("pre-script", "mysql", "-e FLUSH", None, "3")),
        ("systemd-run:--unit=x:1=fail", ("", "systemd-run", "--unit=x", 1, "fail")),
        ("iris:session *:Freeze:2=5", ("", "iris", "session *:Freeze", 2, "5")),
    ],
)
def test_a_fault(text: str, parts: tuple[object, ...]) -> None:
    fault = parse_fault(text)
    assert (fault.stage, fault.command, fault.arguments, fault.number, fault.effect) == parts


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("fsfreeze", "no fault"),
        ("=fail", "no fault"),
        ("fsfreeze=fial", "did you mean `fail`?"),
        ("fsfreeze=300", "no exit status"),
        ("fsfreeze:0=fail", "counted from 1"),
    ],
)
def test_no_fault(text: str, said: str) -> None:
    with pytest.raises(UserError) as error:
        parse_fault(text)
    assert said in str(error.value)


def test_calls_are_counted() -> None:
    faults = Faults([parse_fault("pre-script/fsfreeze:-f *a:2=fail")])
    asked = [("-f /xa", "pre-script"), ("-f /b", "pre-script"), ("-f /a", "post-script")]
    assert [faults.take("fsfreeze", *call) for call in asked] == [None, None, None]
    assert not faults.hit
    assert faults.take("fsfreeze", "-f /a", "pre-script") is not None
    assert faults.take("fsfreeze", "-f /a", "pre-script") is None
    assert faults.hit


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[hots]", "did you mean `host`?"),
        ("[host]\nshel = 'dash'", "did you mean `shell`?"),
        ("[host]\nshell = 'zsh'", '`shell` is "dash" or "bash"'),
        ("[host]\nabsent = 'sudo'", "a list of strings"),
        ("[host]\napplications = ['oracle']", "unknown application"),
        ("[host]\nutil-linux = '2'", "is a version"),
        ("[mysql]\nrunning = 1", "true or false"),
        ("[dlm]\npost-after = -1", "a number"),
        ("[[mount]]\ntype = 'xfs'", "needs `device`"),
        ("mount = 1", "is a list"),
        ("host = 1", "is a table"),
        ("[host", "no valid TOML"),
        pytest.param("x = " + "[" * 5000, "no valid TOML", id="deep"),
    ],
)
def test_a_host_that_is_none(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "host.toml"
    path.write_text(text)
    with pytest.raises(UserError) as error:
        read_settings(str(path))
    assert said in str(error.value)
    assert str(path) in str(error.value)


def test_a_host_has_what_the_file_says(tmp_path: Path) -> None:
    path = tmp_path / "host.toml"
    path.write_text(
        "[host]\nlanguage = 'de_DE.UTF-8'\n[mysql]\nunit = 'mysql.service'\nrunning = false\n"
        "[[mount]]\ndevice = 'nvme1n1'\ntype = 'xfs'\nat = ['/', '/b']\n[[container]]\nname = 'web'\n"
    )
    host = build_host(read_settings(str(path)), ["mysql"])
    assert [f.paths for f in host.filesystems] == [["/", "/b"]]
    assert host.unit("mysql") is not None
    assert not host.runs(host.applications[0])
    assert "docker" not in host.absent


def test_the_sound_host_has_no_docker() -> None:
    assert "docker" in build_host(default_settings(), []).absent
