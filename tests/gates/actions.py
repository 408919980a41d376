"""Runs the shell steps of `action.yml` the way GitHub's runner does.

The runner writes a step's `run` to a file and calls `bash --noprofile --norc -eo pipefail`
on it (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax,
"Exit codes and error action preference"); the step's `env` is what its expressions come to.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from tests.gates.snapshot import ROOT, environment

ACTION: dict[str, Any] = YAML(typ="safe").load(ROOT / "action.yml")
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]

_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
_SHELL = ("bash", "--noprofile", "--norc", "-eo", "pipefail")


@dataclass
class Job:
    """A job with this action as its step, in a working directory."""

    folder: Path
    temporary: Path
    inputs: dict[str, str]
    known: dict[str, str] = field(default_factory=dict)
    """What other expressions come to."""
    program: Path | None = None
    """The folder of a `ssmlint` that is there already."""
    log: str = ""
    """What the steps have printed."""
    skipped: list[str] = field(default_factory=list)

    def run(self, *names: str) -> int:
        """Run the steps of those names, or all; the status of the job."""
        for step in STEPS:
            if names and step["name"] not in names:
                continue
            if "if" in step and not self._holds(step["if"]):
                self.skipped.append(step["name"])
                continue
            if "run" in step:
                status = self._run(step)
                if status != 0:
                    return status
        return 0

    def _run(self, step: Mapping[str, Any]) -> int:
        files = {name: self.temporary / name.lower() for name in _FILES}
        for file in files.values():
            file.touch()
        script = self.temporary / "step.sh"
        script.write_text(step["run"], encoding="utf-8")
        added = files["GITHUB_PATH"].read_text().split()
        path = [*added[::-1], *([str(self.program)] if self.program else []), os.environ["PATH"]]
        ended = subprocess.run(
            [*_SHELL, str(script)],
            cwd=self.folder,
            env=environment(
                **{name: str(file) for name, file in files.items()},
                **{name: self._value(text) for name, text in step.get("env", {}).items()},
                PATH=os.pathsep.join(path),
                RUNNER_TEMP=str(self.temporary),
                GITHUB_ACTION_PATH=self.known.get("github.action_path", ""),
                GITHUB_WORKSPACE=str(self.folder),
                GITHUB_ACTIONS="true",
            ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=600,
            check=False,
        )
        self.log += ended.stdout
        for name, value in _outputs(files["GITHUB_OUTPUT"].read_text()):
            self.known[f"steps.{step.get('id')}.outputs.{name}"] = value
        return ended.returncode

    def output(self, name: str) -> str:
        """An output of the action."""
        return self._value(ACTION["outputs"][name]["value"])

    @property
    def summary(self) -> str:
        """The summary of the job."""
        return (self.temporary / "github_step_summary").read_text()

    def _value(self, text: str) -> str:
        return _EXPRESSION.sub(lambda match: self._evaluated(match[1]), text)

    def _holds(self, condition: str) -> bool:
        return all(self._compared(part.strip()) for part in condition.split("&&"))

    def _compared(self, comparison: str) -> bool:
        match = re.fullmatch(r"(\S+) (==|!=) '([^']*)'", comparison)
        assert match, f"an expression that this cannot read: {comparison}"
        return (self._evaluated(match[1]) == match[3]) == (match[2] == "==")

    def _evaluated(self, expression: str) -> str:
        return next(filter(None, map(self._looked_up, expression.split(" || "))), "")

    def _looked_up(self, name: str) -> str:
        if name.startswith("inputs."):
            key = name.removeprefix("inputs.")
            return self.inputs.get(key, str(ACTION["inputs"][key]["default"]))
        if name == "runner.temp":
            return str(self.temporary)
        return self.known.get(name, "")


_FILES = ("GITHUB_OUTPUT", "GITHUB_PATH", "GITHUB_STEP_SUMMARY", "GITHUB_ENV")


def _outputs(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        name, sign, value = line.partition("=")
        assert sign, f"not an output: {line}"
        yield name, value
