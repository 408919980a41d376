"""The table of all built-in rules in rules/README.md.

`python -m tests.tools.rules_table --write` brings it up to date, `make rules` does the same.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from ssmlint.packs import load_pack
from ssmlint.page import parse_page
from ssmlint.rule import Rule

README = Path(__file__).parents[2] / "rules" / "README.md"
MARKER = "<!-- rules: generated below this line, by `make rules`; do not edit -->\n"


def table() -> str:
    """The table in Markdown, one row for each rule, in order of ids."""
    return "".join(f"| {' | '.join(row)} |\n" for row in _rows())


def _rows() -> Iterator[tuple[str, ...]]:
    yield ("id", "name", "severity", "runs", "fixes", "what it reports")
    yield ("---",) * 6
    for rule in load_pack("builtin", "ssmlint_rules").rules:
        runs = "by default" if rule.default else "opt-in"
        summary = rule.summary.removeprefix("Reports ").removesuffix(".").replace("|", "\\|")
        yield (rule.id, _link(rule), rule.severity.value, runs, _fixes(rule), summary)


def _link(rule: Rule) -> str:
    module = rule.check.__module__.replace(".", "/")
    return f"[{rule.name}]({module}.py)"


def _fixes(rule: Rule) -> str:
    return "yes" if parse_page(rule.page).section("Fix safety") else ""


def with_table(readme: str) -> str:
    """The README with the table of now below the marker."""
    head, marker, _ = readme.partition(MARKER)
    assert marker, f"rules/README.md has no line {MARKER!r}"
    return f"{head}{marker}\n{table()}"


if __name__ == "__main__":
    text = README.read_text(encoding="utf-8")
    if "--write" in sys.argv[1:]:
        README.write_text(with_table(text), encoding="utf-8")
    else:
        print(table(), end="")
