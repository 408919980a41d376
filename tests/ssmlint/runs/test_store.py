"""The cache on disk: what was put is there, whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ssmlint.errors import UserError
from ssmlint.runs.hashing import digest
from ssmlint.runs.store import Store, clean, default_folder

NAME, OTHER = digest("one"), digest("other")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def entries(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / "1").rglob("*") if path.is_file())


def test_what_was_put_is_there(folder: Path) -> None:
    store = Store(str(folder))
    assert store.get(NAME) is None
    store.put(NAME, b"some\nbytes")
    assert store.get(NAME) == b"some\nbytes"
    assert store.get(OTHER) is None
    assert Store(str(folder)).get(NAME) == b"some\nbytes"


def test_reading_leaves_nothing_behind(folder: Path) -> None:
    store = Store(str(folder))
    store.get(NAME)
    store.close()
    assert not folder.exists()


def test_backups_git_and_people_see_that_it_is_a_cache(folder: Path) -> None:
    Store(str(folder)).put(NAME, b"")
    tag = (folder / "CACHEDIR.TAG").read_bytes()
    assert tag.startswith(b"Signature: 8a477f597d28d172789f06886806bc55\n")
    assert b"ssmlint clean" in tag
    assert (folder / ".gitignore").read_text() == "*\n"


def flipped(data: bytes) -> bytes:
    return data[:-1] + bytes([data[-1] ^ 1])


@pytest.mark.parametrize(
    "damage",
    [flipped, lambda data: data[:-1], lambda data: data[:20], lambda _: b"", lambda _: b"\n" * 99],
    ids=["a bit", "the last byte", "nearly all", "all", "replaced"],
)
def test_a_damaged_entry_is_none_and_is_written_again(folder: Path, damage: object) -> None:
    assert callable(damage)
    store = Store(str(folder))
    store.put(NAME, b"some bytes")
    (path,) = entries(folder)
    path.write_bytes(damage(path.read_bytes()))
    assert store.get(NAME) is None
    store.put(NAME, b"some bytes")
    assert store.get(NAME) == b"some bytes"


def test_an_entry_under_the_name_of_another_is_none(folder: Path) -> None:
    store = Store(str(folder))
    store.put(NAME, b"one")
    store.put(OTHER, b"other")
    one, other = entries(folder)
    one.write_bytes(other.read_bytes())
    assert {store.get(NAME), store.get(OTHER)} in ({None, b"one"}, {None, b"other"})


def test_a_folder_in_the_place_of_an_entry_harms_no_other(folder: Path) -> None:
    store = Store(str(folder))
    (folder / "1" / NAME[:2] / NAME[2:] / "x").mkdir(parents=True)
    store.put(NAME, b"one")
    store.put(OTHER, b"other")
    assert store.get(NAME) is None
    assert store.get(OTHER) == b"other"


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    folder = tmp_path / "file" / "cache"
    store = Store(str(folder))
    for number in range(10):
        store.put(digest(str(number)), b"bytes")
    assert store.get(NAME) is None
    store.close()


def test_no_half_written_file_is_left(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError

    store = Store(str(folder))
    store.put(OTHER, b"other")
    monkeypatch.setattr(os, "replace", fail)
    store.put(NAME, b"bytes")
    assert len(entries(folder)) == 1


class TestForeignFolders:
    def test_a_folder_with_other_files_is_not_made_a_cache(self, folder: Path) -> None:
        folder.mkdir()
        (folder / "document.yaml").write_text("mine")
        with pytest.raises(UserError, match="holds other files"):
            Store(str(folder))
        with pytest.raises(UserError, match="no cache of ssmlint"):
            clean(str(folder))
        assert [path.name for path in folder.iterdir()] == ["document.yaml"]

    def test_nor_is_the_cache_of_somebody_else(self, folder: Path) -> None:
        folder.mkdir()
        tag = "Signature: 8a477f597d28d172789f06886806bc55\n# made by another tool\n"
        (folder / "CACHEDIR.TAG").write_text(tag)
        with pytest.raises(UserError, match="no cache of ssmlint"):
            clean(str(folder))

    def test_nor_a_file(self, folder: Path) -> None:
        folder.write_text("mine")
        with pytest.raises(UserError):
            Store(str(folder))

    def test_an_empty_folder_may_become_one(self, folder: Path) -> None:
        folder.mkdir()
        store = Store(str(folder))
        store.put(NAME, b"bytes")
        assert store.get(NAME) == b"bytes"

    def test_a_cache_beside_which_something_was_put_stays_one(self, folder: Path) -> None:
        Store(str(folder)).put(NAME, b"bytes")
        (folder / "notes.txt").write_text("mine")
        assert Store(str(folder)).get(NAME) == b"bytes"
        assert clean(str(folder)) == 1
        assert [path.name for path in folder.iterdir()] == ["notes.txt"]


class TestClean:
    def test_it_removes_everything(self, folder: Path) -> None:
        store = Store(str(folder))
        store.put(NAME, b"")
        store.put(OTHER, b"")
        store.close()
        assert clean(str(folder)) == 2
        assert not folder.exists()

    def test_of_nothing(self, folder: Path) -> None:
        assert clean(str(folder)) == 0

    def test_a_run_beside_it_goes_on(self, folder: Path) -> None:
        store = Store(str(folder))
        store.put(NAME, b"one")
        clean(str(folder))
        assert store.get(NAME) is None
        store.put(NAME, b"one")
        assert store.get(NAME) == b"one"


class TestOldEntries:
    def aged(self, folder: Path, days: int) -> Path:
        store = Store(str(folder))
        store.put(NAME, b"old")
        store.close()
        (path,) = entries(folder)
        for each in (path, folder / "last-pruned"):
            then = each.stat().st_mtime - days * 86_400
            os.utime(each, (then, then))
        return path

    @pytest.mark.parametrize(("days", "is_kept"), [(0, True), (29, True), (31, False)])
    def test_what_nobody_has_used_for_a_month_goes(
        self, folder: Path, days: int, is_kept: bool
    ) -> None:
        path = self.aged(folder, days)
        store = Store(str(folder))
        store.put(OTHER, b"new")
        store.close()
        assert path.exists() == is_kept
        assert store.get(OTHER) == b"new"

    def test_a_use_counts(self, folder: Path) -> None:
        path = self.aged(folder, 31)
        store = Store(str(folder))
        assert store.get(NAME) == b"old"
        store.put(OTHER, b"new")
        store.close()
        assert path.exists()


class TestDefaultFolder:
    def test_as_the_xdg_specification_says(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HOME", "/home/me")
        monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
        assert default_folder() == "/home/me/.cache/ssmlint"
        monkeypatch.setenv("XDG_CACHE_HOME", "/var/cache/me")
        assert default_folder() == "/var/cache/me/ssmlint"
        monkeypatch.setenv("XDG_CACHE_HOME", "relative")
        assert default_folder() == "/home/me/.cache/ssmlint"


WRITER = """
import sys
from ssmlint.runs.hashing import digest
from ssmlint.runs.store import Store
store = Store(sys.argv[1])
for turn in range(3):
    for number in range(60):
        name, body = digest(str(number)), str(number).encode() * 1000
        found = store.get(name)
        assert found in (None, body), found
        store.put(name, body)
store.close()
"""


def test_several_writers_at_once(folder: Path) -> None:
    command = [sys.executable, "-c", WRITER, str(folder)]
    running = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(4)]
    assert [process.communicate(timeout=60)[1] for process in running] == [b""] * 4
    assert [process.returncode for process in running] == [0] * 4
    assert len(entries(folder)) == 60
