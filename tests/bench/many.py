"""A thousand documents: cold and from the cache, with one process and with two, beside peers.

The documents are those of the corpus, which lies outside of the project, over and over under
other names and each with another end, so that no two are the same; where the corpus is
missing our own fixtures stand in.  Each program gets the same documents in the form that it
reads: yamllint the YAML among them, cfn-lint each in a template, shellcheck their scripts,
all in one process.  They run in turns; the cache is empty before every cold run.
"""

from __future__ import annotations

import json
import shutil
import statistics
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ssmlint.embedded import scripts_of
from ssmlint.files import File, read
from ssmlint.shell.shellcheck import dialect_of
from ssmlint.source import decode
from ssmlint.tree import plain
from tests.bench.warm import ROOT, SHARED

NUMBER = 1_000

#: How long a document may be in a template of its own: the limit of a template's body.
_TEMPLATE_LIMIT = 51_200


@dataclass(slots=True)
class Work:
    """The same documents in the forms that programs read them in."""

    documents: Path
    yaml: list[str] = field(default_factory=list)
    templates: list[str] = field(default_factory=list)
    scripts: dict[str, list[str]] = field(default_factory=dict)
    """By dialect."""
    characters: int = 0


def originals() -> list[Path]:
    """The documents that there are; files that cannot be read to their end are none."""
    corpus = [path for path in sorted((SHARED / "corpus").rglob("*")) if path.is_file()]
    fixtures = sorted((ROOT / "fixtures").rglob("*.*"))
    return [p for p in corpus or fixtures if p.suffix != ".md" and _is_whole(_file(p))]


def _file(path: Path) -> File:
    return read(decode(path.read_bytes(), path.name))


def _is_whole(file: File) -> bool:
    return bool(file.documents) and not file.contents.is_broken


def laid_out(folder: Path) -> Work:
    """The documents in a folder, and what peers need beside it."""
    work = Work(folder / "documents")
    for name in ("documents", "templates", "scripts"):
        (folder / name).mkdir(parents=True)
    found = originals()
    for turn in range(NUMBER):
        path = found[turn % len(found)]
        text = _file(path).source.text
        # Spaces behind the end: another text, and nothing else.
        text += "\n" + " " * (turn // len(found))
        target = work.documents / f"{turn:04}-{path.name}"
        target.write_text(text, encoding="utf-8", newline="")
        work.characters += len(text)
        _add_forms(work, folder, target, turn)
    return work


def _add_forms(work: Work, folder: Path, path: Path, turn: int) -> None:
    file = _file(path)
    if path.suffix in (".yaml", ".yml"):
        work.yaml.append(str(path))
    content = plain(file.documents[0].root)
    resource = {"Type": "AWS::SSM::Document", "Properties": {"Content": content}}
    template = json.dumps({"Resources": {"Document": resource}}, default=str)
    if len(template) <= _TEMPLATE_LIMIT:
        target = folder / "templates" / f"{turn:04}.json"
        target.write_text(template, encoding="utf-8")
        work.templates.append(str(target))
    for number, script in enumerate(s for d in file.documents for s in scripts_of(d)):
        dialect = dialect_of(script)
        if dialect is not None:
            target = folder / "scripts" / f"{turn:04}-{number}.sh"
            target.write_text(f"{script.text}\n# {turn}\n", encoding="utf-8", errors="replace")
            work.scripts.setdefault(dialect, []).append(str(target))


@dataclass(slots=True)
class Row:
    """One program at the work, and its wall times in seconds."""

    name: str
    program: str
    commands: list[list[str]]
    amount: str
    is_cold: bool = False
    times: list[float] = field(default_factory=list)


def ways(work: Work, cache: Path) -> list[Row]:
    """What is measured, ours first."""
    check = ["check", "--quiet", "--output-format=concise", f"--cache-dir={cache}"]
    ours = [
        Row(
            f"ssmlint, {state}, {jobs} process{'es' * (jobs > 1)}",
            "ssmlint",
            [[*check, f"--jobs={jobs}", str(work.documents)]],
            f"{NUMBER:,} documents",
            is_cold=state == "cold",
        )
        for jobs in (1, 2)
        for state in ("cold", "from the cache")
    ]
    scripts = sum(map(len, work.scripts.values()))
    shells = [[f"--shell={shell}", *files] for shell, files in work.scripts.items()]
    return [
        *ours,
        Row("yamllint", "yamllint", [work.yaml], f"{len(work.yaml):,} of them, in YAML"),
        Row(
            "cfn-lint",
            "cfn-lint",
            [["--region", "us-east-1", "--", *work.templates]],
            f"{len(work.templates):,} of them, in templates",
        ),
        Row("shellcheck", "shellcheck", shells, f"their {scripts:,} shell scripts"),
    ]


def rows(
    runs: int, find: Callable[[str], str | None], run: Callable[[tuple[str, ...]], float]
) -> Iterator[str]:
    """The table in Markdown."""
    with tempfile.TemporaryDirectory() as folder:
        work, cache = laid_out(Path(folder)), Path(folder) / "cache"
        yield f"{NUMBER:,} documents, {work.characters:,} characters; medians of {runs} runs."
        yield ""
        yield "| | on | seconds | of our cold run |"
        yield "|---|---|---:|---:|"
        table = ways(work, cache)
        for _ in range(runs):
            for row in table:
                program = find(row.program)
                if program is not None:
                    if row.is_cold:
                        shutil.rmtree(cache, ignore_errors=True)
                    row.times.append(sum(run((program, *command)) for command in row.commands))
        cold = statistics.median(table[0].times)
        for row in table:
            if row.times:
                seconds = statistics.median(row.times)
                yield f"| {row.name} | {row.amount} | {seconds:.2f} | {seconds / cold:.2f} |"
            else:
                yield f"| {row.name} | {row.amount} | is not installed | |"
