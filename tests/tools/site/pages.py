"""The pages of the site: what they are called, where they stand, what they are made of."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ssmlint.cli import COMMANDS
from ssmlint.packs import load_pack
from ssmlint.page import parse_page
from ssmlint.rule import INTERNAL_ERROR, Rule

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site."""

    path: str
    """Below the site, with `/`."""
    text: str
    """Its Markdown."""
    origin: str
    """Where its links are read from: a path below the checkout; empty for the site itself."""
    group: str = ""
    """The heading under which it is listed beside every page; empty where it is not."""
    name: str = ""
    """What it is called there."""


#: The pages of docs/ in the order in which they are listed.  A page that is not named here
#: comes last.
_GUIDES = {
    "pre-commit": "pre-commit",
    "ci": "Pull requests",
    "editors": "Editors",
    "fixes": "Fixes",
    "suppressions": "Suppressions",
    "baseline": "Baseline",
    "configuration": "Configuration",
    "dry-run": "Dry run",
    "scripts": "Scripts",
    "shellcheck": "shellcheck",
    "speed": "Speed",
}
_REFERENCES = {
    "options": "Options",
    "exit-codes": "Exit status",
    "formats": "Output formats",
    "json-output": "JSON output",
    "schemas": "Schemas",
}

#: What an id begins with, and what the rules of that family are about.
FAMILIES = {
    "SSM": "Documents",
    "SH": "Shell scripts",
    "PS": "PowerShell scripts",
    "PY": "Python scripts",
    "DLM": "Pre and post scripts",
    "POL": "Lifecycle policies",
    "AUT": "Runbooks",
}


def pages() -> list[Page]:
    """Every page."""
    return [
        _file("README.md", "index.html", "Start", "ssmlint"),
        *_docs(_GUIDES, "How to"),
        Page("rules/index.html", rules_index(), "", "Reference", "Rules"),
        Page("commands.html", commands(), "", "Reference", "Commands"),
        *_docs(_REFERENCES, "Reference"),
        *_docs(dict.fromkeys(_others(), ""), "More"),
        *_editors(),
        _file("CHANGELOG.md", "changelog.html", "More", "Changelog"),
        _file("ARCHITECTURE.md", "architecture.html", "More", "Architecture"),
        _file("rules/README.md", "rules/writing.html", "More", "How to write a rule"),
        *(Page(f"rules/{rule.name}.html", rule_page(rule), "") for rule in rules()),
    ]


def rules() -> tuple[Rule, ...]:
    """Every rule that has a page here."""
    return (INTERNAL_ERROR, *load_pack("builtin", "ssmlint_rules").rules)


def _docs(names: dict[str, str], group: str) -> Iterator[Page]:
    for stem, name in names.items():
        path = ROOT / "docs" / f"{stem}.md"
        if path.exists():
            yield _file(f"docs/{stem}.md", f"{stem}.html", group, name or _title(path))


def _editors() -> Iterator[Page]:
    """A page per editor, to which the one of all editors leads."""
    for path in sorted((ROOT / "docs" / "editors").glob("*.md")):
        yield _file(f"docs/editors/{path.name}", f"editors/{path.stem}.html", "", _title(path))


def _others() -> list[str]:
    stems = [path.stem for path in sorted((ROOT / "docs").glob("*.md"))]
    return [stem for stem in stems if stem not in {**_GUIDES, **_REFERENCES}]


def _title(path: Path) -> str:
    return path.read_text(encoding="utf-8").partition("\n")[0].lstrip("# ")


def _file(origin: str, path: str, group: str, name: str) -> Page:
    return Page(path, (ROOT / origin).read_text(encoding="utf-8"), origin, group, name)


def rule_page(rule: Rule) -> str:
    """The page of a rule, with what else there is to say of it above."""
    facts = [f"**{rule.severity.value}**", "on by default" if rule.default else "opt-in"]
    if parse_page(rule.page).section("Fix safety"):
        facts.append("[offers fixes](../fixes.html)")
    title = rule.name if rule.name == rule.id else f"{rule.name} ({rule.id})"
    body = re.sub(r"(?m)^```(\w+) .*$", r"```\1", rule.page.strip())
    covers = ", ".join(f"`{name}`" for name in (*rule.covers, *rule.covers_script))
    also = f"\n\nWith `--shellcheck` it takes the place of {covers}." if covers else ""
    return f"# {title}\n\n{', '.join(facts)}. [All rules](index.html)\n\n{body}{also}\n"


def rules_index() -> str:
    """A table of the rules for each family."""
    found = rules()
    families = dict.fromkeys(rule.family for rule in found)
    ordered = [*(f for f in FAMILIES if f in families), *(f for f in families if f not in FAMILIES)]
    lines = ["# Rules", "", f"{len(found)} rules. `ssmlint rule NAME` prints the page of one.", ""]
    for family in ordered:
        title = FAMILIES.get(family, family)
        lines += [f"## {title} ({family})", "", "| id | rule | severity | what it reports |"]
        lines.append("|---|---|---|---|")
        lines += [_row(rule) for rule in found if rule.family == family]
        lines.append("")
    return "\n".join(lines)


def _row(rule: Rule) -> str:
    severity = rule.severity.value + ("" if rule.default else ", opt-in")
    summary = rule.summary.removeprefix("Reports ").removesuffix(".").replace("|", "\\|")
    return f"| {rule.id} | [{rule.name}]({rule.name}.html) | {severity} | {summary} |"


def commands() -> str:
    """The help of every command."""
    parts = ["# Commands", "", "`ssmlint COMMAND --help` prints the same.", ""]
    for name, purpose in COMMANDS.items():
        module = importlib.import_module(f"ssmlint.cli.{name.replace('-', '_')}")
        help_text = module.parser().format_help()
        parts += [f"## {name}", "", f"To {purpose}.", "", f"```text\n{help_text}```", ""]
    return "\n".join(parts)
