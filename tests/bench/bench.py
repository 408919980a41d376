"""Measures `ssmlint` against its peers: `make bench`, or `python -m tests.bench.bench`.

Every row is one task that some programs do on the same text.  They run in turns, so that
whatever else the machine does slows all of them, and the medians of the wall time are
compared.  The figures of one machine say little; the ratios say more.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ssmlint import files
from ssmlint.embedded import scripts_of
from ssmlint.source import decode
from ssmlint.tree import plain
from tests.bench import many, warm

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "fixtures" / "good" / "rotate-logs.yaml"
OURS = "ssmlint"

#: What is measured is the work; what the cache spares has rows of its own.
CHECK = (OURS, "check", "--no-cache")


@dataclass(frozen=True, slots=True)
class Task:
    """One row: a name and the command lines to compare, ours first."""

    name: str
    commands: tuple[tuple[str, ...], ...]


def tasks(folder: Path) -> Iterator[Task]:
    """The tasks, whose files are written into a folder."""
    small = str(DOCUMENT)
    yield Task("`--version`", ((OURS, "--version"), ("yamllint", "--version")))
    yield Task("a small clean document", ((*CHECK, small), ("yamllint", small)))
    cached = (OURS, "check", f"--cache-dir={folder / 'cache'}", small)
    yield Task("the same, from the cache", (cached, ("yamllint", small)))
    foreign = write(folder / "package.json", '{"name": "web", "version": "1.0.0"}')
    yield Task("a file that is not ours", ((*CHECK, foreign), ("yamllint", foreign)))
    template = write(folder / "template.json", template_around(DOCUMENT))
    yield Task(
        "the same in a CloudFormation template",
        ((*CHECK, small), ("cfn-lint", "--region", "us-east-1", "--", template)),
    )
    script = write(folder / "script.sh", script_of(DOCUMENT))
    yield Task("its script alone", ((*CHECK, small), ("shellcheck", script)))
    large = write(folder / "large.yaml", document_of(64_000))
    yield Task("a document of 64 KB", ((*CHECK, large), ("yamllint", large)))
    many = folder / "many"
    many.mkdir()
    for number in range(100):
        write(many / f"{number}.yaml", DOCUMENT.read_text(encoding="utf-8"))
    yield Task("a folder of 100 documents", ((*CHECK, str(many)), ("yamllint", str(many))))
    yield with_shellcheck(folder)


def with_shellcheck(folder: Path) -> Task:
    """Documents and shellcheck over their scripts, against shellcheck alone on those."""
    text, script = DOCUMENT.read_text(encoding="utf-8"), script_of(DOCUMENT)
    documents, scripts = folder / "documents", []
    documents.mkdir()
    for number in range(100):
        # Equal scripts would be looked at once.
        write(documents / f"{number}.yaml", f"{text}          # {number}\n")
        scripts.append(write(folder / f"{number}.sh", f"{script}# {number}\n"))
    ours = (*CHECK, "--shellcheck=require", str(documents))
    return Task("100 documents with shellcheck", (ours, ("shellcheck", *scripts)))


def write(path: Path, text: str) -> str:
    """Write a file and give its path back."""
    path.write_text(text, encoding="utf-8")
    return str(path)


def template_around(path: Path) -> str:
    """A CloudFormation template with the document as its only resource."""
    file = files.read(decode(path.read_bytes(), path.name))
    properties = {"DocumentType": "Command", "Content": plain(file.documents[0].root)}
    resource = {"Type": "AWS::SSM::Document", "Properties": properties}
    return json.dumps({"Resources": {"Document": resource}}, indent=2)


def script_of(path: Path) -> str:
    """The first script of a document."""
    file = files.read(decode(path.read_bytes(), path.name))
    return scripts_of(file.documents[0])[0].text


def document_of(size: int) -> str:
    """The small document with its step repeated until it has so many characters."""
    text = DOCUMENT.read_text(encoding="utf-8")
    head, _, step = text.partition("mainSteps:\n")
    steps = [
        step.replace("compressLogs", f"compressLogs{number}")
        for number in range(1, (size - len(head)) // len(step) + 1)
    ]
    return f"{head}mainSteps:\n{''.join(steps)}"


@dataclass(slots=True)
class Measured:
    """The wall times of one command line in seconds; none where it is not installed."""

    command: tuple[str, ...]
    program: str | None
    times: list[float]

    @property
    def median(self) -> float | None:
        """In milliseconds."""
        return statistics.median(self.times) * 1000 if self.times else None


def measure(task: Task, folders: list[Path], runs: int) -> list[Measured]:
    """Run the command lines of a task in turns, after one turn that does not count."""
    measured = [Measured(c, find(c[0], folders), []) for c in task.commands]
    for turn in range(runs + 1):
        for each in measured:
            if each.program is not None:
                seconds = run((each.program, *each.command[1:]))
                each.times += [seconds] if turn else []
    return measured


def find(program: str, folders: list[Path]) -> str | None:
    """The path of a program in the first of the folders that has it."""
    return next((str(f / program) for f in folders if (f / program).exists()), None)


def run(command: tuple[str, ...]) -> float:
    """The seconds that a command line takes; findings are no failure here."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    start = time.perf_counter()
    ended = subprocess.run(command, capture_output=True, env=environment, check=False)
    seconds = time.perf_counter() - start
    if b"Traceback" in ended.stderr:
        raise SystemExit(f"{' '.join(command)} failed:\n{ended.stderr.decode()}")
    return seconds


def rows(runs: int, folders: list[Path]) -> Iterator[str]:
    """The table in Markdown."""
    yield "| task | ssmlint | peer | ratio |"
    yield "|---|---:|---:|---:|"
    with tempfile.TemporaryDirectory() as folder:
        for task in tasks(Path(folder)):
            ours, peer = measure(task, folders, runs)
            name = peer.command[0]
            if ours.median is None or peer.median is None:
                missing = OURS if ours.median is None else name
                yield f"| {task.name} | | {missing} is not installed | |"
                continue
            ratio = ours.median / peer.median
            theirs = f"{name} {peer.median:.0f} ms"
            yield f"| {task.name} | {ours.median:.0f} ms | {theirs} | {ratio:.2f} |"


def main() -> None:
    """Print the table, each row as soon as it is measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=11, help="turns for each row")
    parser.add_argument("--many-runs", type=int, default=3, help="turns over 1,000 documents")
    parser.add_argument("--peers", type=Path, help="a virtual environment with the peers")
    options = parser.parse_args()
    folders = [Path(sys.executable).parent]
    if options.peers is not None:
        folders.append(options.peers / "bin")
    print(f"Medians of {options.runs} runs, wall time, Python {sys.version.split()[0]}.\n")
    for row in rows(options.runs, folders):
        print(row, flush=True)
    for row in warm.rows(options.runs, find("shellcheck", folders)):
        print(row, flush=True)
    print()
    for row in many.rows(options.many_runs, lambda program: find(program, folders), run):
        print(row, flush=True)


if __name__ == "__main__":
    main()
