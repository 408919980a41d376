"""Finding files: ignore files, what is skipped, links, pipes, binaries, sizes."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from ssmlint import discovery
from ssmlint.discovery import FoundFile, TooLarge, find, load

DOCUMENT = "schemaVersion: '2.2'\nmainSteps: []\n"


@pytest.fixture(autouse=True)
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current directory, which is the root of a repository as far as git can see."""
    top = tmp_path / "repository"
    (top / ".git" / "info").mkdir(parents=True)
    monkeypatch.chdir(top)
    return top


def write(*names: str, text: str = "") -> None:
    for name in names:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def found(*paths: str) -> list[str]:
    return [file.path.replace(os.sep, "/") for file in find(paths)]


def test_directories_in_order_of_names() -> None:
    write("b.yaml", "a/2.yaml", "a/1.json", "c", "a/deep/er/x.yml", "a.yaml")
    assert found(".") == ["a.yaml", "b.yaml", "c", "a/1.json", "a/2.yaml", "a/deep/er/x.yml"]


@pytest.mark.parametrize("given", ["a", "a/", "./a", "../repository/a"])
def test_paths_are_shown_as_they_were_given(given: str) -> None:
    write("a/x.yaml")
    assert found(given) == [f"{given.rstrip('/')}/x.yaml"]


def test_a_file_that_is_found_twice_is_one() -> None:
    write("a/x.yaml", "a/y.yaml")
    assert found("a/y.yaml", "a", "./a", "a/../a/x.yaml") == ["a/y.yaml", "a/x.yaml"]


def test_hidden_directories_and_environments_are_skipped() -> None:
    write(".venv/x.yaml", "node_modules/x.json", "env/pyvenv.cfg", "env/lib/x.json", ".x.yaml")
    assert found(".") == [".x.yaml"]


def test_what_is_named_is_looked_into_all_the_same() -> None:
    write(".hidden/x.yaml", "ignored/a/x.yaml")
    write(".gitignore", text="ignored/\n")
    assert found(".hidden", "ignored") == [".hidden/x.yaml", "ignored/a/x.yaml"]
    assert found("ignored/a") == ["ignored/a/x.yaml"]


class TestGitIgnore:
    def test_patterns(self) -> None:
        write("build/x.yaml", "a/build/y.yaml", "top.yaml", "a/top.yaml", "a/b/skip.json")
        write(".gitignore", text="build/\n/top.yaml\nskip.*\n")
        assert found(".") == [".gitignore", "a/top.yaml"]

    def test_the_innermost_file_decides(self) -> None:
        write("x.yaml", "a/x.yaml", "a/b/x.yaml")
        write(".gitignore", text="*.yaml\n")
        write("a/.gitignore", text="!x.yaml\n")
        write("a/b/.gitignore", text="x.yaml\n")
        assert "a/x.yaml" in found(".")
        assert {"x.yaml", "a/b/x.yaml"}.isdisjoint(found("."))

    def test_files_above_the_directory_that_is_walked(self) -> None:
        write("a/x.yaml", "a/b/x.yaml", "a/b/y.yaml", "a/b/z.yaml")
        write(".gitignore", text="/a/b/x.yaml\n")
        write("a/.gitignore", text="y.yaml\n")
        assert found("a/b") == ["a/b/z.yaml"]

    def test_above_the_root_of_the_repository_nothing_holds(self, tmp_path: Path) -> None:
        (tmp_path / ".gitignore").write_text("*\n")
        write("x.yaml")
        assert found(".") == ["x.yaml"]

    def test_the_list_of_the_repository(self) -> None:
        write("mine.yaml", "a/mine.yaml", "ours.yaml")
        write(".git/info/exclude", text="mine.yaml\n")
        assert found(".") == ["ours.yaml"]

    def test_a_line_that_is_no_pattern_is_passed_over(self) -> None:
        write("x.yaml", "y.yaml")
        write(".gitignore", text="!\nx.yaml\n")
        assert found(".") == [".gitignore", "y.yaml"]

    def test_as_git_itself_sees_it(self, tree: Path) -> None:
        """Git is the judge of which files it does not ignore."""
        patterns = ["*.log", "!keep.log", "/only-top", "dir/", "a/**/z.yaml", "b/*", "!b/c", "**/q"]
        write(".gitignore", text="\n".join(patterns))
        names = ["x.log", "keep.log", "only-top", "dir", "z.yaml", "c", "q", "plain", r"b"]
        for number, name in enumerate(names):
            write(f"{number}/{name}", f"a/{number}/{name}", f"b/c/{number}", f"0/b/{number}")
        write("only-top", "a/only-top", "dir/x", "1/dir/x", "a/z.yaml", "b/1", "keep.log")
        (tree / ".git" / "info").rmdir()
        (tree / ".git").rmdir()
        git = ["git", "-c", "core.excludesFile=", "-c", "init.defaultBranch=main"]
        subprocess.run([*git, "init", "-q"], check=True)
        listing = [*git, "ls-files", "--others", "--exclude-standard"]
        expected = subprocess.run(listing, check=True, capture_output=True, text=True).stdout
        assert sorted(found(".")) == sorted(expected.splitlines())


needs_posix = pytest.mark.skipif(os.name != "posix", reason="links and pipes as on POSIX")


@needs_posix
class TestLinksAndPipes:
    def test_links_to_directories_are_not_followed(self, tmp_path: Path) -> None:
        write("a/x.yaml")
        Path("a/loop").symlink_to("..")
        Path("outside").symlink_to(tmp_path)
        assert found(".") == ["a/x.yaml"]

    def test_unless_they_are_named(self) -> None:
        write("a/x.yaml")
        Path("link").symlink_to("a")
        assert found("link") == ["link/x.yaml"]

    def test_links_to_files_are(self) -> None:
        write("a/x.yaml")
        Path("link.yaml").symlink_to("a/x.yaml")
        Path("dangling.yaml").symlink_to("nowhere")
        assert found(".") == ["link.yaml"]

    def test_pipes_are_left_out_of_a_walk(self) -> None:
        os.mkfifo("pipe.yaml")
        assert found(".") == []

    def test_a_pipe_that_nobody_writes_to_is_empty(self) -> None:
        os.mkfifo("pipe.yaml")
        assert load(FoundFile("pipe.yaml", named=True)) is None

    def test_a_pipe_that_somebody_writes_to_is_read(self) -> None:
        reader, writer = os.pipe()
        os.write(writer, DOCUMENT.encode())
        os.close(writer)
        source = load(FoundFile(f"/dev/fd/{reader}", named=True))
        os.close(reader)
        assert source is not None
        assert source.text == DOCUMENT


class TestLoad:
    def test_a_document(self) -> None:
        write("x", text=DOCUMENT)
        source = load(FoundFile("x", named=False))
        assert source is not None
        assert (source.path, source.text) == ("x", DOCUMENT)

    def test_anything_else_is_nothing(self) -> None:
        write("x.yaml", text="schemaVersion: 2\npackages: []\n")
        assert load(FoundFile("x.yaml", named=True)) is None

    def test_utf_16_is_text(self) -> None:
        Path("x.json").write_bytes(DOCUMENT.encode("utf-16-le"))
        assert load(FoundFile("x.json", named=False)) is not None

    def test_compiled_code_that_quotes_a_document_is_binary(self) -> None:
        Path("x").write_bytes(bytes(range(32)) * 20 + DOCUMENT.encode())
        assert load(FoundFile("x", named=False)) is None

    def test_pictures_and_archives_are_not_read_to_their_end(self) -> None:
        Path("x").write_bytes(b"\x89PNG\0\0\0" + bytes(1017) + b"  " + DOCUMENT.encode() * 50)
        assert load(FoundFile("x", named=False)) is None
        assert load(FoundFile("x", named=True)) is not None

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
    def test_encodings_that_have_nuls_are_text(self, encoding: str) -> None:
        text = DOCUMENT + "description: 日本語😀\n"
        Path("x").write_bytes((text * 50).encode(encoding))
        source = load(FoundFile("x", named=False))
        assert source is not None
        assert source.text == text * 50

    def test_one_bad_character_does_not_make_a_binary(self) -> None:
        Path("x").write_bytes(DOCUMENT.encode() * 10 + b"\0")
        assert load(FoundFile("x", named=False)) is not None

    def test_what_is_missing(self) -> None:
        with pytest.raises(FileNotFoundError):
            load(FoundFile("x", named=True))

    def test_a_directory(self) -> None:
        with pytest.raises(IsADirectoryError):
            load(FoundFile(".", named=True))

    def test_too_large(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(discovery, "MAX_BYTES", len(DOCUMENT) - 1)
        write("x.yaml", text=DOCUMENT)
        with pytest.raises(TooLarge):
            load(FoundFile("x.yaml", named=True))

    def test_too_large_but_none_of_ours(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(discovery, "MAX_BYTES", 10)
        write("x.yaml", text="a: long list of other things\n")
        assert load(FoundFile("x.yaml", named=True)) is None


def test_a_directory_that_cannot_be_listed_is_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    write("closed/x.yaml", "open/x.yaml")
    scandir = os.scandir

    def refuse(path: str) -> object:
        if path == "closed":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert list(find(["."])) == [
        FoundFile("closed", named=True),
        FoundFile(os.path.join("open", "x.yaml"), named=False),
    ]


def test_depth_costs_no_recursion(tree: Path) -> None:
    depth = 600
    for _ in range(depth):
        os.mkdir("d")
        os.chdir("d")
    write("x.yaml", text=DOCUMENT)
    os.chdir(tree)
    assert len(found(".")) == 1
