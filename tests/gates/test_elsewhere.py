"""The gates for build servers that are not GitHub's."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from ruamel.yaml import YAML

from tests.gates import snapshot
from tests.gates.snapshot import ROOT, environment, git
from tests.gates.test_pre_commit import BAD, GOOD
from tests.programs import require_program

DOCS = ROOT / "docs"
GATE = DOCS / "ci" / "gate.sh"
JOB = DOCS / "ci" / "gitlab-ci.yml"
OURS = Path(sys.executable).parent


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A document with an old defect, and on a branch another one."""
    folder = tmp_path / "project"
    snapshot.begin(folder)
    (folder / "old.yaml").write_text(BAD)
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=Before")
    git(folder, "checkout", "--quiet", "-b", "change")
    (folder / "new.yaml").write_text(BAD)
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=A change")
    return folder


def shell(
    folder: Path, *command: str, variables: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join((str(OURS), os.environ["PATH"]))
    return subprocess.run(
        command,
        cwd=folder,
        env=environment(**{"PATH": path, **(variables or {})}),
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


class TestScript:
    def test_its_form(self) -> None:
        program = require_program("shellcheck", package="shellcheck")
        assert shell(ROOT, program, "--norc", str(GATE)).stdout == ""
        assert shell(ROOT, "sh", "-n", str(GATE)).returncode == 0
        assert os.access(GATE, os.X_OK)

    def test_everything_counts(self, repository: Path) -> None:
        ended = shell(repository, "sh", str(GATE))
        assert ended.returncode == 1
        assert "Found 2 warnings in 2 files" in ended.stdout
        report = ElementTree.parse(repository / "reports" / "ssmlint.xml")
        assert len(report.findall(".//failure")) == 2

    def test_only_what_is_new_counts(self, repository: Path) -> None:
        ended = shell(repository, "sh", str(GATE), "main", variables={"SSMLINT_REPORTS": "out"})
        assert ended.returncode == 1
        assert "new.yaml:12:17" in ended.stdout
        assert "old.yaml" not in ended.stdout
        assert (repository / "out" / "ssmlint.xml").exists()

    def test_a_clean_change_passes(self, repository: Path) -> None:
        (repository / "new.yaml").write_text(GOOD)
        assert shell(repository, "sh", str(GATE), "main").returncode == 0

    def test_a_revision_that_is_not_there(self, repository: Path) -> None:
        ended = shell(repository, "sh", str(GATE), "origin/main")
        assert ended.returncode == 2
        assert ended.stderr.count("git knows no revision `origin/main`") == 1

    def test_it_installs_ssmlint_where_there_is_none(
        self, repository: Path, tmp_path: Path, hooked: Path, checkout: tuple[Path, str]
    ) -> None:
        """`hooked` has found out whether there is a package index."""
        assert hooked
        empty = tmp_path / "empty"
        empty.mkdir()
        (empty / "python3").symlink_to(Path(sys.executable).resolve())
        ended = shell(
            repository,
            "sh",
            str(GATE),
            variables={
                "PATH": os.pathsep.join((str(empty), "/usr/bin", "/bin")),
                "SSMLINT_PACKAGE": str(checkout[0]),
            },
        )
        assert ended.returncode == 1, ended.stderr
        assert "Found 2 warnings in 2 files" in ended.stdout


class TestGitLab:
    JOB = YAML(typ="safe").load(JOB)["ssmlint"]

    def run(self, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
        """The script of the job as GitLab's runner has it: lines of a shell that stop at the
        first that fails."""
        given = {name: str(value) for name, value in self.JOB["variables"].items()}
        given["SSMLINT_CACHE_DIR"] = given["SSMLINT_CACHE_DIR"].replace(
            "$CI_PROJECT_DIR", str(folder)
        )
        script = "\n".join(self.JOB["script"])
        return shell(folder, "bash", "-eo", "pipefail", "-c", script, variables=given | variables)

    def test_the_page_shows_the_job(self) -> None:
        assert f"```yaml\n{JOB.read_text()}```\n" in (DOCS / "ci.md").read_text()

    def test_on_the_default_branch_everything_counts(self, repository: Path) -> None:
        ended = self.run(repository)
        assert ended.returncode == 1
        assert "Found 2 warnings in 2 files" in ended.stdout

    def test_in_a_merge_request_what_it_changes(self, repository: Path) -> None:
        base = git(repository, "rev-parse", "main")
        ended = self.run(repository, CI_MERGE_REQUEST_DIFF_BASE_SHA=base)
        assert ended.returncode == 1
        assert "new.yaml:12:17" in ended.stdout
        assert "old.yaml" not in ended.stdout
        report = json.loads((repository / self.report()).read_text())
        assert [entry["location"]["path"] for entry in report] == ["new.yaml", "old.yaml"]

    def report(self) -> str:
        return str(self.JOB["artifacts"]["reports"]["codequality"])

    def test_the_report_is_written_where_it_is_collected(self, repository: Path) -> None:
        (repository / "new.yaml").write_text(GOOD)
        (repository / "old.yaml").write_text(GOOD)
        assert self.run(repository).returncode == 0
        assert json.loads((repository / self.report()).read_text()) == []
        assert (repository / self.JOB["cache"]["paths"][0] / "CACHEDIR.TAG").exists()

    def test_the_cache_is_not_looked_into(self, repository: Path) -> None:
        first = self.run(repository)
        assert self.run(repository).stdout == first.stdout


class TestGitHubPage:
    def test_it_lists_every_input_of_the_action(self) -> None:
        action = YAML(typ="safe").load(ROOT / "action.yml")
        rows = re.findall(r"^\| `([\w-]+)` \|", (DOCS / "ci.md").read_text(), re.M)
        assert rows == list(action["inputs"])

    def test_the_workflow_gives_inputs_that_there_are(self) -> None:
        action = YAML(typ="safe").load(ROOT / "action.yml")
        text = (DOCS / "ci.md").read_text()
        block = next(b for b in re.findall(r"```yaml\n(.*?)```", text, re.S) if "runs-on" in b)
        workflow = YAML(typ="safe").load(block)
        step = workflow["jobs"]["ssmlint"]["steps"][1]
        assert "/ssmlint@v" in step["uses"]
        assert set(step["with"]) <= set(action["inputs"])
        assert workflow["permissions"]["security-events"] == "write"
