"""What the pages of this folder say is so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.prose.reading import Command, Section, sections
from tests.prose.running import ENVIRONMENT, MissingProgram, outcomes

HERE = Path(__file__).parent
DOCS = HERE.parents[1] / "docs"
PAGES = sorted(page for page in HERE.glob("*.md") if page.name != "README.md")
PAGES += sorted(page for page in DOCS.glob("*.md") if "```console" in page.read_text("utf-8"))
SECTIONS = [section for page in PAGES for section in sections(page)]


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.name)
def test_a_section_is_true(
    section: Section, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    try:
        for shown, said in outcomes(section):
            expected = shown.expected if isinstance(shown, Command) else shown.text
            assert said == expected, f"{section.page.name}:{shown.number}"
    except MissingProgram as missing:
        pytest.skip(f"needs {missing}")


def test_every_page_has_a_section() -> None:
    assert {section.page for section in SECTIONS} == set(PAGES)
