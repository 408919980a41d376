"""The container: what its file says, and where Docker runs, what it does."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.gates.snapshot import ROOT
from tests.gates.test_pre_commit import BAD
from tests.programs import require_program

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

Instruction = tuple[str, str]


def instructions() -> list[Instruction]:
    """The instructions of the Dockerfile and their arguments, continued lines as one."""
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    text = "\n".join(line for line in lines if not line.startswith("#"))
    joined = text.replace("\\\n", " ").splitlines()
    found = [line.partition(" ") for line in joined if line.strip()]
    return [(name, " ".join(arguments.split())) for name, _, arguments in found]


INSTRUCTIONS = instructions()


def arguments_of(name: str) -> list[str]:
    return [arguments for kind, arguments in INSTRUCTIONS if kind == name]


def copied() -> list[str]:
    """What is copied from the checkout."""
    own = [arguments.split() for arguments in arguments_of("COPY") if "--from" not in arguments]
    return [source for words in own for source in words[:-1]]


def test_it_has_no_other_instructions_than_these() -> None:
    known = {"FROM", "WORKDIR", "COPY", "RUN", "ENV", "USER", "ENTRYPOINT", "CMD"}
    assert {name for name, _ in INSTRUCTIONS} == known


def test_the_images_have_a_version() -> None:
    for image in arguments_of("FROM"):
        name, _, tag = image.split()[0].partition(":")
        assert name == "python"
        assert tag.endswith("-slim")
        assert tag.removesuffix("-slim").replace(".", "").isdigit()


def test_it_runs_without_privileges() -> None:
    names = [name for name, _ in INSTRUCTIONS]
    (user,) = arguments_of("USER")
    assert user.split(":")[0].isdigit(), "a number can be checked by who runs it"
    assert int(user.split(":")[0]) > 0
    assert names.index("USER") > max(i for i, name in enumerate(names) if name in ("RUN", "COPY"))


def test_it_is_the_program() -> None:
    assert [json.loads(word) for word in arguments_of("ENTRYPOINT")] == [["ssmlint"]]
    assert [json.loads(word) for word in arguments_of("CMD")] == [["check"]]


def test_everything_that_the_package_is_made_of_is_copied() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        data = tomllib.load(file)
    wheel = data["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    made_of = {"pyproject.toml", data["project"]["readme"], *data["project"]["license-files"]}
    made_of |= {Path(package).parts[0] for package in wheel}
    assert set(copied()) == made_of
    assert [name for name in copied() if not (ROOT / name).exists()] == []


def test_nothing_else_is_sent() -> None:
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    assert next(line for line in lines if not line.startswith("#")) == "*"
    assert {line[1:] for line in lines if line.startswith("!")} == set(copied())


@pytest.mark.parametrize("script", arguments_of("RUN"), ids=lambda script: script[:30])
def test_the_shell_of_a_layer(script: str, tmp_path: Path) -> None:
    path = tmp_path / "layer.sh"
    path.write_text(f"#!/bin/sh\n{script}\n")
    subprocess.run(["sh", "-n", path], check=True)
    program = require_program("shellcheck", package="shellcheck")
    ended = subprocess.run([program, "--norc", path], capture_output=True, text=True, check=False)
    assert ended.stdout == ""


@pytest.fixture(scope="module")
def image() -> str:
    """The image, built from this checkout.

    Without a Docker that runs there is none: no program that is missing, so CI passes, too.
    """
    docker = shutil.which("docker")
    if (
        docker is None
        or subprocess.run([docker, "info"], capture_output=True, check=False).returncode
    ):
        pytest.skip("no Docker runs here")
    name = "ssmlint-of-the-tests"
    ended = subprocess.run(
        [docker, "build", "--tag", name, ROOT], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    return name


def test_a_mounted_folder_is_checked(image: str, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(BAD)
    tmp_path.chmod(0o755)
    command = ["docker", "run", "--rm", "--network=none", "--volume", f"{tmp_path}:/work:ro", image]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == 1
    assert "a.yaml:12:17" in ended.stdout
