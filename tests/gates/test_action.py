"""The GitHub action: what its steps do with what GitHub gives them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.gates import snapshot
from tests.gates.actions import ACTION, STEPS, Job
from tests.gates.snapshot import git
from tests.gates.test_pre_commit import BAD, GOOD
from tests.programs import find_program, require_program

OURS = Path(sys.executable).parent
#: What the runner sets, and the steps use.
RUNNER = {"RUNNER_TEMP", "GITHUB_ACTION_PATH"}
RUNNER |= {"GITHUB_PATH", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"}

CHECK = ("Look at the inputs", "Check", "Send the findings to code scanning", "Pass or fail")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A clone of a repository in which a document has an old defect, and a change adds one."""
    origin = tmp_path / "origin"
    snapshot.begin(origin)
    (origin / "old.yaml").write_text(BAD)
    git(origin, "add", "--all")
    git(origin, "commit", "--quiet", "--message=Before")
    git(origin, "checkout", "--quiet", "-b", "change")
    (origin / "new.yaml").write_text(BAD.replace("greting", "greeeting"))
    git(origin, "add", "--all")
    git(origin, "commit", "--quiet", "--message=A change")
    return origin


def a_job(folder: Path, tmp_path: Path, **inputs: str) -> Job:
    temporary = tmp_path / "runner"
    temporary.mkdir(exist_ok=True)
    given = {name.replace("_", "-"): value for name, value in inputs.items()}
    return Job(folder, temporary, given, program=OURS)


def base_of(origin: Path) -> str:
    return git(origin, "rev-parse", "main")


def uploaded(job: Job) -> list[str]:
    """The files that the SARIF file has results in."""
    data = json.loads(Path(job.output("sarif")).read_text())
    return [
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in data["runs"][0]["results"]
    ]


class TestForm:
    def test_every_input_says_what_it_is(self) -> None:
        for name, given in ACTION["inputs"].items():
            assert given["description"].strip(), name
            assert isinstance(given["default"], str), name

    def test_inputs_reach_the_shell_as_variables_only(self) -> None:
        """An expression in a script would be text of somebody else's that runs."""
        for step in STEPS:
            assert "${{" not in step.get("run", ""), step["name"]

    def test_every_input_is_used(self) -> None:
        text = json.dumps(STEPS)
        assert [n for n in ACTION["inputs"] if f"inputs.{n} " not in text] == []

    @pytest.mark.parametrize("step", STEPS, ids=lambda step: step["name"])
    def test_a_step_runs_bash_or_an_action_of_a_version(self, step: dict[str, str]) -> None:
        assert ("run" in step) != ("uses" in step)
        if "run" in step:
            assert step["shell"] == "bash"
        else:
            assert re.fullmatch(r"[\w.-]+/[\w./-]+@v\d+", step["uses"])

    @pytest.mark.parametrize(
        "step", [s for s in STEPS if "run" in s], ids=lambda step: step["name"]
    )
    def test_the_shell_of_a_step(self, step: dict[str, str], tmp_path: Path) -> None:
        script = tmp_path / "step.sh"
        # Somebody else gives them their values.
        given = [*step.get("env", {})]
        header = [f"read -r {name}" for name in given]
        header += [f"export {name}" for name in given if name.startswith("SSMLINT_")]
        script.write_text("\n".join(["#!/bin/bash", "set -eo pipefail", *header, step["run"]]))
        subprocess.run(["bash", "-n", script], check=True)
        program = require_program("shellcheck", package="shellcheck")
        ended = subprocess.run(
            [program, "--norc", script], capture_output=True, text=True, check=False
        )
        assert ended.stdout == ""


class TestInputs:
    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("fail-on", "fatal"),
            ("shellcheck", "yes"),
            ("annotations", "yes"),
            ("upload-sarif", ""),
            ("new-since", ""),
            ("new-since", "--output=x"),
            ("version", "0.1.0; echo"),
            ("version", "-r/etc/passwd"),
        ],
    )
    def test_a_wrong_one_is_named(self, tmp_path: Path, name: str, value: str) -> None:
        job = a_job(tmp_path, tmp_path)
        job.inputs[name] = value
        assert job.run() == 2
        assert job.log.startswith(f"::error title=ssmlint::the input `{name}` is `{value}`, ")
        assert job.log.count("\n") == 1

    def test_the_defaults_are_right(self, tmp_path: Path) -> None:
        job = a_job(tmp_path, tmp_path)
        assert (job.run("Look at the inputs"), job.log) == (0, "")


class TestCheck:
    def test_outside_of_a_pull_request_everything_counts(
        self, repository: Path, tmp_path: Path
    ) -> None:
        job = a_job(repository, tmp_path)
        assert job.run(*CHECK) == 1
        assert job.output("status") == "1"
        assert uploaded(job) == ["new.yaml", "old.yaml"]
        assert "file=old.yaml,line=12," in job.log

    def test_in_a_pull_request_only_what_it_changes(self, repository: Path, tmp_path: Path) -> None:
        job = a_job(repository, tmp_path)
        job.known["github.event.pull_request.base.sha"] = base_of(repository)
        assert job.run(*CHECK) == 1
        assert uploaded(job) == ["new.yaml"]
        assert "file=new.yaml" in job.log
        assert "file=old.yaml" not in job.log

    def test_the_base_is_fetched_where_the_clone_is_shallow(
        self, repository: Path, tmp_path: Path
    ) -> None:
        clone = tmp_path / "clone"
        git(
            tmp_path,
            "clone",
            "--quiet",
            "--depth=1",
            "--branch=change",
            repository.as_uri(),
            "clone",
        )
        git(repository, "config", "uploadpack.allowAnySHA1InWant", "true")
        job = a_job(clone, tmp_path)
        job.known["github.event.merge_group.base_sha"] = base_of(repository)
        assert job.run(*CHECK) == 1
        assert uploaded(job) == ["new.yaml"]

    def test_a_branch_by_its_name(self, repository: Path, tmp_path: Path) -> None:
        git(
            tmp_path,
            "clone",
            "--quiet",
            "--depth=1",
            "--branch=change",
            repository.as_uri(),
            "clone",
        )
        job = a_job(tmp_path / "clone", tmp_path, new_since="main")
        assert job.run(*CHECK) == 1
        assert uploaded(job) == ["new.yaml"]

    def test_a_base_that_cannot_be_fetched_is_no_success(
        self, repository: Path, tmp_path: Path
    ) -> None:
        job = a_job(repository, tmp_path, new_since="no-such-branch")
        assert job.run(*CHECK) == 2
        assert "cannot fetch no-such-branch; give actions/checkout `fetch-depth: 0`" in job.log

    def test_none_reports_everything(self, repository: Path, tmp_path: Path) -> None:
        job = a_job(repository, tmp_path, new_since="none")
        job.known["github.event.pull_request.base.sha"] = base_of(repository)
        assert job.run(*CHECK) == 1
        assert uploaded(job) == ["new.yaml", "old.yaml"]

    def test_clean(self, tmp_path: Path) -> None:
        folder = tmp_path / "clean"
        folder.mkdir()
        (folder / "a.yaml").write_text(GOOD)
        job = a_job(folder, tmp_path)
        assert job.run(*CHECK) == 0
        assert (job.output("status"), uploaded(job)) == ("0", [])

    def test_paths_and_options_are_words_whatever_is_in_them(
        self, repository: Path, tmp_path: Path
    ) -> None:
        odd = repository / "a folder; echo $HOME"
        odd.mkdir()
        (repository / "old.yaml").rename(odd / "-old `x`.yaml")
        job = a_job(
            repository, tmp_path, paths=f"{odd.name}\n\n", arguments="--ignore=SH102\n--isolated\n"
        )
        assert job.run(*CHECK) == 1
        assert len(uploaded(job)) == 1

    @pytest.mark.parametrize(
        ("inputs", "status"),
        [
            ({"fail_on": "error"}, 0),
            ({"fail_on": "never"}, 0),
            ({"fail_on": "info"}, 1),
            ({"arguments": "--select=SSM"}, 0),
            ({"arguments": "--no-such-option"}, 2),
            ({"paths": "no-such-file.yaml"}, 2),
        ],
    )
    def test_when_it_fails(
        self, repository: Path, tmp_path: Path, inputs: dict[str, str], status: int
    ) -> None:
        job = a_job(repository, tmp_path, **inputs)
        assert job.run(*CHECK) == status
        assert job.output("status") == str(status)

    def test_without_annotations_the_log_is_for_people(
        self, repository: Path, tmp_path: Path
    ) -> None:
        job = a_job(repository, tmp_path, annotations="false")
        job.run(*CHECK)
        assert "::warning" not in job.log
        assert " --> old.yaml:12:17" in job.log

    def test_the_summary_counts(self, repository: Path, tmp_path: Path) -> None:
        job = a_job(repository, tmp_path)
        job.run(*CHECK)
        assert job.summary.startswith("### ssmlint\n\n```text\n")
        assert "SH101 undefined-variable" in job.summary

    def test_shellcheck(self, repository: Path, tmp_path: Path) -> None:
        if find_program("shellcheck") is None:
            pytest.skip("shellcheck is not installed")
        (repository / "old.yaml").write_text(GOOD.replace('"$greeting"', "$1"))
        job = a_job(repository, tmp_path, shellcheck="require", fail_on="info")
        assert job.run(*CHECK) == 1
        assert "shellcheck/SC2086" in job.log

    def test_code_scanning_is_asked_for(self, repository: Path, tmp_path: Path) -> None:
        job = a_job(repository, tmp_path)
        job.run(*CHECK)
        assert job.skipped == ["Send the findings to code scanning"]
        job = a_job(repository, tmp_path, upload_sarif="true")
        job.run(*CHECK)
        assert job.skipped == []


class TestInstall:
    def test_from_the_action_itself(
        self, tmp_path: Path, hooked: Path, checkout: tuple[Path, str]
    ) -> None:
        """`hooked` has found out whether there is a package index."""
        assert hooked
        (tmp_path / "a.yaml").write_text(BAD)
        job = a_job(tmp_path, tmp_path, new_since="none")
        job.program = None
        job.known["github.action_path"] = str(checkout[0])
        assert job.run() == 1, job.log
        assert (tmp_path / "runner" / "ssmlint").is_dir()
        assert uploaded(job) == ["a.yaml"]

    def test_an_old_python_is_said(self, tmp_path: Path) -> None:
        old = tmp_path / "old"
        old.mkdir()
        for name in ("python3", "python"):
            (old / name).write_text("#!/bin/sh\nexit 1\n")
            (old / name).chmod(0o755)
        job = a_job(tmp_path, tmp_path)
        job.program = old
        assert job.run("Install ssmlint") == 2
        assert "Python 3.10 or newer is needed" in job.log


def test_the_steps_use_no_other_variables() -> None:
    used = {name for step in STEPS for name in re.findall(r"\$\{?([A-Z_]+)", step.get("run", ""))}
    assert used <= RUNNER | {name for step in STEPS for name in step.get("env", {})}
