"""Our findings beside those of AWS's language server, on the same documents: `make compare`.

`python -m tests.compare.report FOLDER` takes the folder in which npm has installed the server.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from ssmlint.engine import check
from ssmlint.rule import Severity
from ssmlint.settings import DEFAULTS
from ssmlint.source import Source
from tests.compare.peer import PACKAGE, VERSION, Said, Server, running
from tests.compare.planted import GOOD, REFERENCES, SESSIONS, STEPS, STRUCTURE, VALUES, Plant
from tests.programs import find_program

GROUPS = {
    "structure": STRUCTURE,
    "order of steps": STEPS,
    "references": REFERENCES,
    "values": VALUES,
    "sessions": SESSIONS,
}


def ours(plant: Plant) -> str:
    """The rule that reports the defect, empty where none does."""
    found = check(Source(plant.file, plant.text), DEFAULTS)
    return next((f.rule.id for f in found if f.rule.name == plant.rule), "")


def theirs(server: Server, plant: Plant) -> str:
    """What the server says of the defect and does not say of the good document."""
    before = [said.message for said in server.diagnostics(plant.file, plant.good)]
    for said in server.diagnostics(plant.file, plant.text):
        if said.message in before:
            before.remove(said.message)
        else:
            return said.message
    return ""


def rows(server: Server) -> Iterator[tuple[str, str, str, str]]:
    """Group, defect, and what each tool says of it."""
    for group, plants in GROUPS.items():
        for plant in plants:
            yield group, plant.name, ours(plant), theirs(server, plant)


def false_errors(server: Server) -> Iterator[tuple[str, int, list[Said]]]:
    """Of each good document how many errors ssmlint reports, and what the server does."""
    for path in sorted(GOOD.iterdir()):
        text = path.read_text(encoding="utf-8")
        found = check(Source(path.name, text), DEFAULTS)
        errors = [finding for finding in found if finding.severity is Severity.ERROR]
        yield path.name, len(errors), server.diagnostics(path.name, text)


def main() -> int:
    """Print both tables."""
    node = find_program("node")
    if node is None or len(sys.argv) != 2:
        print("usage: python -m tests.compare.report FOLDER   (needs node)", file=sys.stderr)
        return 2
    with running(Path(sys.argv[1]), node) as server:
        table = list(rows(server))
        _print_planted(table)
        _print_good(list(false_errors(server)))
    return 0 if all(found for _, _, found, _ in table) else 1


def _print_planted(table: list[tuple[str, str, str, str]]) -> None:
    print(f"{'planted defect':46} {'ssmlint':8} {PACKAGE} {VERSION}")
    group = ""
    for named, defect, mine, other in table:
        if named != group:
            group = named
            print(f"-- {group}")
        print(f"{defect:46} {mine or '-':8} {other[:60] or '-'}")
    total, mine_all = len(table), sum(bool(row[2]) for row in table)
    print(
        f"found, of {total}: ssmlint {mine_all}, the language server {sum(bool(r[3]) for r in table)}"
    )


def _print_good(good: list[tuple[str, int, list[Said]]]) -> None:
    print(f"\n{'errors in good documents':46} {'ssmlint':8} the language server")
    for name, errors, said in good:
        first = f"{len(said)}, such as line {said[0].line}: {said[0].message[:50]}" if said else "0"
        print(f"{name:46} {errors:<8} {first}")
    total = sum(len(said) for _, _, said in good)
    print(
        f"errors, of {len(good)}: ssmlint {sum(n for _, n, _ in good)}, the language server {total}"
    )


if __name__ == "__main__":
    sys.exit(main())
