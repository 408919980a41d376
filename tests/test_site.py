"""The documentation as a site: every address that ssmlint prints is there, and no link is dead."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest

from ssmlint.packs import all_rules
from ssmlint.project import REPOSITORY, SITE
from ssmlint.report import summarize
from ssmlint.rule import INTERNAL_ERROR, Finding, Problem, Rule
from ssmlint.source import Source, Span
from tests.ssmlint.report.making import rendered as rendered_as
from tests.tools.site.building import build
from tests.tools.site.markdown import rendered, slug
from tests.tools.site.pages import FAMILIES, ROOT, pages, rules


@dataclass
class Parsed(HTMLParser):
    """What matters of a page here."""

    links: list[str] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    text: str = ""
    open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag not in ("meta", "link", "br", "hr", "img"):
            self.open.append(tag)
        if found.get("id"):
            self.anchors.append(str(found["id"]))
        if found.get("href"):
            self.links.append(str(found["href"]))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


Site = dict[str, Parsed]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("built") / "site"
    assert build(target) == len(pages())
    return target


@pytest.fixture(scope="module")
def site(folder: Path) -> Site:
    """The pages by their paths."""
    found: Site = {}
    for path in folder.rglob("*.html"):
        parsed = found[path.relative_to(folder).as_posix()] = Parsed()
        parsed.feed(path.read_text(encoding="utf-8"))
        assert parsed.open == [], path
    return found


def test_no_link_within_the_site_is_dead(site: Site, folder: Path) -> None:
    assert [dead for path in site for dead in _dead(path, site, folder)] == []


def _dead(path: str, site: Site, folder: Path) -> Iterator[str]:
    for link in site[path].links:
        if link.startswith(("http://", "https://", "mailto:")):
            continue
        target, _, fragment = link.partition("#")
        whole = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
        whole = path if not target else whole
        if not (folder / whole).is_file():
            yield f"{path}: {link}: no such page"
        elif fragment and whole in site and fragment not in site[whole].anchors:
            yield f"{path}: {link}: no such heading"


def test_links_into_the_repository_lead_to_files_that_there_are(site: Site) -> None:
    address = re.compile(re.escape(REPOSITORY) + r"/(?:blob|tree)/main/([^#]*)")
    for path, page in site.items():
        for link in page.links:
            match = address.fullmatch(link.partition("#")[0])
            assert match is None or (ROOT / match[1]).exists(), f"{path}: {link}"


def test_anchors_are_unique(site: Site) -> None:
    assert [path for path, page in site.items() if len({*page.anchors}) < len(page.anchors)] == []


@pytest.mark.parametrize("rule", [INTERNAL_ERROR, *all_rules()], ids=lambda rule: rule.id)
def test_the_address_of_a_rule_is_its_page(rule: Rule, site: Site) -> None:
    assert rule.url is not None
    assert rule.url.startswith(f"{SITE}/")
    page = site[rule.url.removeprefix(f"{SITE}/")]
    assert f"{rule.name} ({rule.id})" in page.text
    assert {"what-it-does", "why-is-this-bad"} <= {*page.anchors}


def test_every_address_of_the_site_that_is_written_anywhere_is_there(
    site: Site, folder: Path
) -> None:
    """In the pages, and in what a SARIF file says of its program and rules."""
    rule = all_rules()[0]
    finding = Finding(rule, Source("a.yaml", "text"), Problem(Span(0, 1), "message"))
    texts = [
        rendered_as([finding], summarize([finding], 1), "sarif"),
        *(page.text for page in site.values()),
    ]
    schema = (ROOT / "ssmlint" / "schemas" / "ssmlint.schema.json").read_text("utf-8")
    address = re.compile(re.escape(SITE) + r"(/[\w./-]*\w)?")
    found = {
        match[1] or "/index.html" for text in [*texts, schema] for match in address.finditer(text)
    }
    assert len(found) > 3
    assert [path for path in found if not (folder / path.lstrip("/")).exists()] == []


def test_every_family_has_a_name() -> None:
    assert {rule.family for rule in rules()} <= set(FAMILIES)


def test_every_page_is_listed_or_linked(site: Site) -> None:
    linked = {
        posixpath.normpath(posixpath.join(posixpath.dirname(path), link.partition("#")[0]))
        for path, page in site.items()
        for link in page.links
    }
    assert set(site) <= linked


def test_schemas_can_be_fetched(folder: Path) -> None:
    for path in folder.rglob("*.json"):
        assert "$schema" in json.loads(path.read_text(encoding="utf-8"))
    assert len(list((folder / "schemas").iterdir())) > 3


def test_the_same_twice(folder: Path, tmp_path: Path) -> None:
    build(tmp_path / "site")
    for path in folder.rglob("*"):
        if path.is_file():
            again = tmp_path / "site" / path.relative_to(folder)
            assert again.read_bytes() == path.read_bytes()


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("")
    with pytest.raises(ValueError, match="no site"):
        build(tmp_path)
    assert (tmp_path / "mine").exists()


class TestMarkdown:
    def html(self, text: str) -> str:
        return rendered(text, lambda link: f"to-{link}").html

    def test_headings_have_anchors_as_on_github(self) -> None:
        page = rendered("# `a` is *B*, c_d?\n\n## x\n\n## x\n", str)
        assert [heading.anchor for heading in page.headings] == ["a-is-b-c_d", "x", "x-1"]
        assert slug("Why is this bad?") == "why-is-this-bad"

    def test_marks_of_examples_become_lines(self) -> None:
        html = self.html("```bash document\necho a  # <-\necho b\n```\n")
        assert "&lt;-" not in html
        assert html.count('class="hll"') == 1

    def test_a_block_shows_the_name_of_its_file(self) -> None:
        assert '<p class="file">ssmlint.toml</p>' in self.html("```toml ssmlint.toml\na = 1\n```\n")

    def test_markup_in_a_text_is_text(self) -> None:
        html = self.html("a <b> <!-- x --> `<i>`\n\n```nonsense\n<script>\n```\n\n    <u>\n")
        assert "<script>" not in html
        assert "<b>" not in html
        assert "<i>" not in html
        assert "<u>" not in html

    def test_comments_of_generators_are_left_out(self) -> None:
        assert "made" not in self.html("# a\n\n<!-- made by -->\n\nb\n")

    def test_links_are_rewritten(self) -> None:
        assert '<a href="to-x.md">' in self.html("[a](x.md)")
