"""The schemas as files that editors use."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from ssmlint_rules.structure import schema

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "rules" / "ssmlint_rules" / "schemas"
FILES = sorted(path.name for path in FOLDER.glob("*.schema.json"))


def references(part: Any) -> list[str]:
    """Every `$ref` in a part of a schema."""
    if isinstance(part, dict):
        own = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
        return [*own, *(found for value in part.values() for found in references(value))]
    return [found for item in part for found in references(item)] if isinstance(part, list) else []


@pytest.mark.parametrize("name", FILES)
def test_every_reference_leads_to_a_file_beside_it(name: str) -> None:
    assert schema(name)["$id"] == name
    files = {reference.partition("#")[0] for reference in references(schema(name))}
    assert files - {""} <= set(FILES)


@pytest.mark.parametrize("name", ["automation-0.3.schema.json", "session-1.0.schema.json"])
def test_these_need_no_other_file(name: str) -> None:
    assert {reference[:1] for reference in references(schema(name))} == {"#"}


def test_the_page_names_files_that_exist() -> None:
    text = (ROOT / "docs" / "schemas.md").read_text(encoding="utf-8")
    named = set(re.findall(r"[\w.-]+\.schema\.json", text))
    assert named <= set(FILES)
    assert {"automation-0.3.schema.json", "command-2.2.schema.json"} <= named
