"""The shell scripts of published documents, where a checkout has them beside it."""

from __future__ import annotations

import functools
import os
from dataclasses import dataclass
from pathlib import Path

from ssmlint.carriers.plain import documents
from ssmlint.json_tree import parse_json
from ssmlint.model.references import REFERENCE
from ssmlint.shell.syntax import PlaceholderSpan, ShellSyntax, parse
from ssmlint.source import decode
from ssmlint.tree import Scalar, Sequence
from ssmlint.yaml_tree import parse_yaml

SHARED = Path(__file__).parents[4] / "shared"
_EXTENSIONS = frozenset({".yaml", ".yml", ".json", ""})


@dataclass(frozen=True, slots=True)
class PublishedScript:
    """One script and where it comes from."""

    origin: str
    text: str

    @property
    def placeholders(self) -> tuple[PlaceholderSpan, ...]:
        """The `{{ references }}` in it."""
        return placeholders_of(self.text)

    def parse(self) -> ShellSyntax:
        """Reads it with its placeholders."""
        return parse(self.text, self.placeholders)

    @property
    def substituted(self) -> str:
        """The script with every placeholder replaced by a word of the same length."""
        return REFERENCE.sub(lambda match: "x" * len(match[0]), self.text)


def placeholders_of(text: str) -> tuple[PlaceholderSpan, ...]:
    """The `{{ references }}` in a text."""
    found = REFERENCE.finditer(text)
    return tuple(PlaceholderSpan(m.start(), m.end(), m["name"]) for m in found)


@functools.cache
def published_scripts() -> tuple[PublishedScript, ...]:
    """Every different shell script of the samples and the corpus; none without them."""
    found: dict[str, PublishedScript] = {}
    for folder in ("samples", "corpus"):
        for base, _, names in sorted(os.walk(SHARED / folder)):
            for name in sorted(names):
                path = Path(base, name)
                if path.suffix in _EXTENSIONS:
                    for script in _scripts(path):
                        found.setdefault(script.text, script)
    return tuple(found.values())


def _scripts(path: Path) -> list[PublishedScript]:
    data = path.read_bytes()
    if b"aws:runShellScript" not in data:
        return []
    source = decode(data, str(path.relative_to(SHARED)))
    tree = (parse_json if source.text.lstrip().startswith("{") else parse_yaml)(source)
    scripts = []
    for document in documents(tree):
        for step in document.steps:
            if step.action == "aws:runShellScript":
                for inputs in step.inputs:
                    node = inputs.get("runCommand")
                    items = node.items if isinstance(node, Sequence) else [node]
                    lines = [item.text for item in items if isinstance(item, Scalar)]
                    scripts.append(PublishedScript(source.path, "\n".join(lines)))
    return scripts
