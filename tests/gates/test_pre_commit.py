"""The hook, as pre-commit installs and calls it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import ssmlint
from tests.gates.conftest import Project, a_project, pre_commit

GOOD = """\
schemaVersion: '2.2'
description: says hello
mainSteps:
  - action: aws:runShellScript
    name: hello
    inputs:
      timeoutSeconds: '60'
      runCommand:
        - |
          #!/bin/bash
          greeting=hello
          echo "$greeting"
"""
BAD = GOOD.replace('"$greeting"', '"$greting"')


@pytest.fixture
def project(tmp_path: Path, hooked: Path, checkout: tuple[Path, str]) -> Project:
    made = a_project(tmp_path / "project", *checkout, hooked)
    assert made.run(*pre_commit("install")).returncode == 0
    return made


def test_a_bad_document_is_stopped_and_a_good_one_passes(project: Project) -> None:
    project.write("documents/hello.yaml", BAD)
    stopped = project.commit()
    assert stopped.returncode == 1
    assert "documents/hello.yaml:12:17" in stopped.stdout + stopped.stderr
    assert "undefined-variable" in stopped.stdout + stopped.stderr
    assert project.run("git", "rev-parse", "HEAD").returncode != 0, "nothing is committed"

    project.write("documents/hello.yaml", GOOD)
    passed = project.commit()
    assert passed.returncode == 0, passed.stdout + passed.stderr
    assert "Passed" in passed.stdout + passed.stderr
    assert project.run("git", "log", "--format=%s").stdout == "A change\n"


def test_files_that_are_not_ours_pass(project: Project) -> None:
    project.write("package.json", '{"name": "web", "version": "1.0.0"}\n')
    project.write("deployment.yaml", "apiVersion: apps/v1\nkind: Deployment\n")
    project.write("notes.md", BAD)
    passed = project.commit()
    assert passed.returncode == 0, passed.stdout + passed.stderr


def test_what_is_configured_to_be_left_out_is_left_out(project: Project) -> None:
    """pre-commit names the files, which would otherwise mean that they are wanted."""
    project.write("ssmlint.toml", 'exclude = ["vendor/"]\n')
    project.write("vendor/hello.yaml", BAD)
    assert project.commit().returncode == 0


def test_the_same_findings_by_every_way(
    tmp_path: Path, hooked: Path, checkout: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the root, from a folder, by absolute path, on standard input, from the cache, with
    several processes and from the hook: it is one file and one configuration."""
    project = a_project(
        tmp_path / "project", *checkout, hooked, "--output-format=concise", "--quiet"
    )
    project.write("ssmlint.toml", '[severity]\nSH101 = "error"\n')
    project.write("documents/hello.yaml", BAD)
    other = "documents/deep/other.yaml"
    project.write(other, BAD.replace("hello", "other").replace("'60'", "60"))

    monkeypatch.chdir(project.folder)
    expected = concise("documents/hello.yaml", other)
    assert [line for line in expected if "error SH101" in line]

    hook = project.run(*pre_commit("run", "--all-files"))
    printed = [line for line in hook.stdout.splitlines() if line.startswith("documents/")]
    assert printed == expected
    assert concise() == expected
    assert concise(str(project.folder)) == absolute(expected, project)
    assert concise(str(project.folder / other)) == absolute(only(expected, other), project)
    assert concise("--jobs", "2", "documents") == expected
    monkeypatch.delenv("SSMLINT_NO_CACHE")
    monkeypatch.setenv("SSMLINT_CACHE_DIR", str(tmp_path / "cache"))
    assert [concise(), concise()] == [expected, expected]
    text = (project.folder / other).read_bytes()
    assert concise("-", "--stdin-filename", other, stdin=text) == only(expected, other)
    monkeypatch.chdir(project.folder / "documents" / "deep")
    assert concise("other.yaml") == [
        line.removeprefix("documents/deep/") for line in only(expected, other)
    ]


def concise(*arguments: str, stdin: bytes = b"") -> list[str]:
    result = ssmlint("check", "--output-format=concise", "--quiet", *arguments, stdin=stdin)
    assert (result.status, result.err) == (1, "")
    return result.out.splitlines()


def absolute(lines: list[str], project: Project) -> list[str]:
    return [f"{project.folder}/{line}" for line in lines]


def only(lines: list[str], path: str) -> list[str]:
    return [line for line in lines if line.startswith(f"{path}:")]
