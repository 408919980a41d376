"""Which filesystems the templates freeze, in which order, and which never."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.templates.applications import EMPTY, POSTGRESQL, Application
from tests.templates.host import Host

HostFor = Callable[[Application], Host]


@pytest.fixture
def host(host_for: HostFor) -> Host:
    return host_for(POSTGRESQL)


def put_folders(host: Host, *folders: str) -> None:
    host.put("postgresql/folders", "".join(f"{folder}\n" for folder in folders))


def test_they_are_thawed_in_reverse_order(host: Host) -> None:
    host.run("pre-script")
    host.run("post-script")
    assert host.calls("fsfreeze") == [
        "fsfreeze -f /data",
        "fsfreeze -f /logs",
        "fsfreeze -u /logs",
        "fsfreeze -u /data",
    ]


def test_a_filesystem_that_is_mounted_twice_is_frozen_once(host: Host) -> None:
    put_folders(host, "/data/main", "/srv/data/tablespace")
    assert host.run("pre-script") == 0, host.output
    assert host.held() == {"/data"}


def test_a_mount_point_may_have_a_space(host: Host) -> None:
    put_folders(host, "/mnt/my data/main")
    assert host.run("pre-script") == 0, host.output
    assert host.held() == {"/mnt/my data"}
    assert host.run("post-script") == 0, host.output
    assert host.held() == set()


def test_a_name_that_only_contains_boot_is_frozen(host: Host) -> None:
    put_folders(host, "/data/bootstrap/main")
    host.run("pre-script")
    assert host.held() == {"/data/bootstrap"}


@pytest.mark.parametrize(
    ("folder", "reason"),
    [
        ("/srv/postgresql", "/ must not be frozen"),
        ("/boot/efi/pg", "/boot/efi must not be frozen"),
        ("/var/lib/postgresql/15/main", "/var/lib must not be frozen"),
        ("/run/postgresql", "/run must not be frozen"),
        ("/usb/main", "/usb is vfat, which can not be frozen"),
    ],
)
def test_some_are_never_frozen(host: Host, folder: str, reason: str) -> None:
    put_folders(host, "/data/main", folder)
    for stage in ("dry-run", "pre-script"):
        assert host.run(stage) == 206
        assert reason in host.output
    assert host.calls("fsfreeze") == []
    assert host.leftovers() == []


def test_a_folder_that_does_not_exist_is_not_ready(host: Host) -> None:
    host.put("mounts", "259:1 xfs /data\n")
    put_folders(host, "/data/main", "/elsewhere")
    assert host.run("pre-script") == 206
    assert "/elsewhere does not exist" in host.output


def test_what_somebody_else_has_frozen_stays_frozen(host: Host) -> None:
    host.put("frozen/:logs")
    assert host.run("pre-script") == 201
    assert host.held() == {"/logs"}
    assert host.leftovers() == []
    assert host.units() == []


def test_what_somebody_else_has_thawed_makes_the_snapshot_suspect(host: Host) -> None:
    host.run("pre-script")
    (host.root / "frozen" / ":logs").unlink()
    assert host.run("post-script") == 203
    assert host.held() == set()
    assert host.leftovers() == []


def test_what_is_mounted_meanwhile_does_not_matter(host: Host) -> None:
    host.run("pre-script")
    put_folders(host, "/data/main", "/mnt/my data/new")
    assert host.run("post-script") == 0, host.output
    assert host.held() == set()


def test_a_failed_checkpoint_freezes_nothing(host: Host) -> None:
    checkpoint = (
        "psql --no-psqlrc --no-password --quiet --no-align --tuples-only "
        "--set=ON_ERROR_STOP=1 --port=5432 --dbname=postgres --command=CHECKPOINT"
    )
    host.fail(checkpoint)
    assert host.run("pre-script") == 201
    assert host.calls("fsfreeze") == []
    assert host.leftovers() == []


def test_the_application_s_own_rest_is_undone_when_it_fails_half_way(host_for: HostFor) -> None:
    host = host_for(EMPTY)
    host.fail("sync --file-system")
    assert host.run("pre-script") == 201
    assert "the application goes on" in host.output
    assert host.calls("fsfreeze") == []
    assert host.leftovers() == []


def test_the_application_rests_before_the_freeze_and_goes_on_after_the_thaw(
    host_for: HostFor,
) -> None:
    host = host_for(EMPTY)
    host.run("pre-script")
    assert host.calls("sync", "fsfreeze")[0] == "sync --file-system /data/app /logs/app"
    host.run("post-script")
    assert host.output.index("thawed /data") < host.output.index("the application goes on")
