"""The report in a real browser: it is drawn, asks for nothing, and everybody can use it."""

from __future__ import annotations

import base64
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from ssmlint.dryrun.report import as_html
from tests.programs import require_program
from tests.ssmlint.dryrun.test_html import run_report

AXE = "axe-core@4.10.3"


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The text of axe-core, which finds faults of accessibility."""
    npm = require_program("npm", package="npm")
    folder = tmp_path_factory.mktemp("axe")
    done = subprocess.run(
        [npm, "install", "--no-audit", "--no-fund", "--prefix", str(folder), AXE],
        capture_output=True,
        text=True,
        timeout=300,
    )
    if done.returncode:
        hint = f"{AXE} cannot be installed: {done.stderr.strip()[-200:]}"
        if os.environ.get("SSMLINT_REQUIRE_PROGRAMS") == "1":
            pytest.fail(hint, pytrace=False)
        pytest.skip(hint)
    return (folder / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text("".join(as_html.render(run_report())), encoding="utf-8")
    return path


@pytest.fixture(params=["light", "dark"])
def page(request: pytest.FixtureRequest, report: Path) -> Iterator[Page]:
    """The report, opened, with everything unfolded."""
    browser = require_program("chromium", package="chromium")
    with sync_playwright() as playwright:
        # The sandbox of Chromium does not start for root, as whom CI runs.
        opened = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        context = opened.new_context(bypass_csp=True, color_scheme=request.param)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("request", lambda made: asked.append(made.url))
        asked: list[str] = []
        page.goto(report.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert asked == [report.as_uri()]
        yield page
        opened.close()


def test_the_timeline_is_drawn(page: Page, tmp_path: Path) -> None:
    drawing = page.locator("svg.timeline").first
    box = drawing.bounding_box()
    assert box is not None
    assert box["width"] > 500
    bar = drawing.locator("rect.frozen")
    assert (bar.bounding_box() or {"width": 0})["width"] > 20
    picture = tmp_path / "timeline.png"
    drawing.screenshot(path=picture)
    colours = page.evaluate(
        """async data => {
            const image = new Image();
            image.src = 'data:image/png;base64,' + data;
            await image.decode();
            const canvas = new OffscreenCanvas(image.width, image.height);
            const context = canvas.getContext('2d');
            context.drawImage(image, 0, 0);
            const pixels = context.getImageData(0, 0, image.width, image.height).data;
            const found = new Set();
            for (let i = 0; i < pixels.length; i += 4)
                found.add(pixels.slice(i, i + 3).join(','));
            return [...found];
        }""",
        _base64(picture),
    )
    frozen, locked, done = "76,155,232", "224,142,60", "87,166,107"
    assert {frozen, locked, done} <= set(colours)


def test_the_keyboard_reaches_and_folds_everything(page: Page) -> None:
    page.keyboard.press("Tab")
    reached = set()
    for _ in range(40):
        reached.add(page.evaluate("document.activeElement.tagName"))
        if page.evaluate("document.activeElement.tagName") == "SUMMARY":
            break
        page.keyboard.press("Tab")
    assert "SUMMARY" in reached
    before = page.evaluate("document.activeElement.parentElement.open")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.parentElement.open") is not before


def test_axe_finds_no_serious_fault(page: Page, axe: str) -> None:
    page.evaluate(axe)
    found = page.evaluate("axe.run(document).then(results => results.violations)")
    grave = [
        (fault["id"], [node["html"] for node in fault["nodes"]][:2])
        for fault in found
        if fault["impact"] in ("serious", "critical")
    ]
    assert grave == []


def _base64(path: Path) -> str:
    return base64.b64encode(path.read_bytes()).decode("ascii")
