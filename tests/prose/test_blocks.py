"""Every other block of README.md and docs/: commands run, and data is what it is said to be.

What a `console` block shows is run by `test_pages.py` (docs/) and `tests/test_house.py`
(README.md).  A `sh` block shows commands without what they print: here each line runs in a
folder that has whatever files it names.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from ssmlint.configuration import Configurations
from ssmlint.dryrun.host.settings import read_settings
from ssmlint.files import read
from ssmlint.source import decode
from tests.gates.snapshot import ROOT, begin, environment, git
from tests.programs import find_program, require_program
from tests.prose.reading import Block, blocks

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCKS = [(page, block) for page in PAGES for block in blocks(page)]

DOCUMENT = """\
schemaVersion: '2.2'
description: freezes /data
parameters:
  command:
    type: String
    default: dry-run
    allowedValues: [pre-script, post-script, dry-run]
  executionId: {type: String, default: None, maxChars: 36}
mainSteps:
  - action: aws:runShellScript
    name: run
    precondition: {StringEquals: [platformType, Linux]}
    inputs:
      timeoutSeconds: '60'
      runCommand:
        - |
          #!/bin/bash
          case "{{ command }}" in
            pre-script) fsfreeze -f /data || exit 201 ;;
            post-script) fsfreeze -u /data || exit 204 ;;
            dry-run) echo "nothing to do" ;;
            *) exit 1 ;;
          esac
"""
POLICY = (ROOT / "fixtures" / "policies" / "good" / "own-document.json").read_text("utf-8")

#: What a line may begin with that is not ours, and where it is tested.
OTHERS = {
    "make": "tests/test_house.py: the targets of the Makefile",
    "pip": "tests/gates: the hook, the action and the script install it",
    "docker": "tests/gates/test_docker.py",
}


def of_kind(*kinds: str) -> list[object]:
    return [
        pytest.param(block, id=f"{page.name}:{block.number}")
        for page, block in BLOCKS
        if block.words[:1] and block.words[0] in kinds
    ]


def lines() -> Iterator[object]:
    for page, block in BLOCKS:
        if block.words[:1] == ("sh",):
            for number, line in enumerate(block.text.splitlines(), start=block.number):
                if line.strip():
                    yield pytest.param(line, id=f"{page.name}:{number}")


def test_every_block_says_what_it_is() -> None:
    known = {"console", "sh", "toml", "json", "yaml", "text"}
    odd = [
        f"{page.name}:{b.number}" for page, b in BLOCKS if b.words[:1] not in {(k,) for k in known}
    ]
    assert odd == []


@pytest.mark.parametrize("block", of_kind("sh"))
def test_the_form_of_commands(block: Block, tmp_path: Path) -> None:
    script = tmp_path / "block.sh"
    script.write_text(f"#!/bin/bash\n{block.text}")
    program = require_program("shellcheck", package="shellcheck")
    ended = subprocess.run(
        [program, "--norc", "--severity=warning", script],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.stdout == ""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A clone whose branch is one commit ahead."""
    made = tmp_path / "clone"
    begin(made)
    (made / "first.yaml").write_text(DOCUMENT)
    git(made, "add", "--all")
    git(made, "commit", "--quiet", "--message=First")
    git(made, "update-ref", "refs/remotes/origin/main", "HEAD")
    return made


def put_files(line: str, folder: Path) -> None:
    """The files and folders that a command line names."""
    for word in shlex.split(line, comments=True):
        path = folder / word
        if word.endswith("/"):
            path.mkdir()
            (path / "document.yaml").write_text(DOCUMENT)
        elif path.suffix in (".yaml", ".yml"):
            path.write_text(DOCUMENT)
        elif path.suffix == ".json":
            path.write_text(POLICY)


@pytest.mark.parametrize("line", list(lines()))
def test_a_command_runs(line: str, folder: Path) -> None:
    words = shlex.split(line, comments=True)
    if words[0] == "docker" and "ssmlint" in words[1:]:
        # What is behind the name of the image is a command line of ours.
        line = shlex.join(["ssmlint", *(words[words.index("ssmlint") + 1 :] or ["check"])])
        words = shlex.split(line)
        if words[1:2] and not words[1].isalpha():
            return
    if words[0] in OTHERS:
        check_other(words)
        return
    assert words[0] == "ssmlint", f"run {words[0]} here, or say where it is tested"
    if words[1] == "dry-run":
        require_program("bwrap", package="bubblewrap")
    if "--shellcheck" in words and find_program("shellcheck") is None:
        pytest.skip("shellcheck is not installed")
    put_files(line, folder)
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    ended = subprocess.run(
        ["bash", "-c", line],
        cwd=folder,
        env=environment(PATH=path, SSMLINT_NO_CACHE="1"),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ended.returncode in (0, 1), ended.stderr
    assert "error:" not in ended.stderr


def check_other(words: list[str]) -> None:
    """What can be said of a command that is tested elsewhere."""
    if words[0] == "make":
        assert re.search(rf"^{words[1]}:", (ROOT / "Makefile").read_text("utf-8"), re.M)
    if words[0] == "pip":
        extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
        named = re.findall(r"\[([\w,]+)\]", " ".join(words))
        for name in (name for names in named for name in names.split(",")):
            assert name in extras["optional-dependencies"]


@pytest.mark.parametrize("block", of_kind("json"))
def test_json(block: Block) -> None:
    assert json.loads(block.text)


@pytest.mark.parametrize("block", of_kind("toml"))
def test_a_configuration(block: Block, tmp_path: Path) -> None:
    """It has no key that is not known, and no value that is refused."""
    if "[host]" in block.text:
        path = tmp_path / "host.toml"
        path.write_text(block.text)
        assert read_settings(str(path))
        return
    for name in re.findall(r'"([^"*]+\.(?:toml|yaml))"', block.text):
        extended = (tmp_path / "x" / name).resolve()
        extended.parent.mkdir(parents=True, exist_ok=True)
        extended.write_text("")
    table = tomllib.loads(block.text)
    path = tmp_path / "x" / ("pyproject.toml" if "tool" in table else "ssmlint.toml")
    path.parent.mkdir(exist_ok=True)
    path.write_text(block.text)
    found = Configurations(path=str(path)).of_directory(str(tmp_path))
    assert found.values


@pytest.mark.parametrize("block", of_kind("yaml"))
def test_yaml(block: Block) -> None:
    """It can be read; a document among it is one for ssmlint as well."""
    assert list(YAML(typ="safe").load_all(block.text))
    if "schemaVersion" in block.text:
        file = read(decode(block.text.encode(), "block.yaml"))
        assert not file.contents.is_broken


def test_no_program_is_excused_without_need() -> None:
    used = {
        line.split()[0]
        for _, b in BLOCKS
        if b.words[:1] == ("sh",)
        for line in b.text.splitlines()
        if line
    }
    assert set(OTHERS) <= used
    assert shutil.which("bash")
