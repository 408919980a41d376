"""Writes the pages as files of HTML, and what they link to beside them."""

from __future__ import annotations

import posixpath
import shutil
from collections.abc import Sequence
from html import escape
from pathlib import Path

from ssmlint import __version__
from ssmlint.project import REPOSITORY
from tests.tools.site import markdown
from tests.tools.site.pages import ROOT, Page, pages

STYLE = Path(__file__).with_name("style.css")

#: Files that have an address of their own: below the site, and below the checkout.
_SCHEMAS = ("rules/ssmlint_rules/schemas", "ssmlint/schemas")


def build(target: Path) -> int:
    """Write the site into a folder, which is emptied before; the number of its pages.

    Raises `ValueError` for a folder that holds something else than a site.
    """
    if target.exists() and any(target.iterdir()) and not (target / "index.html").exists():
        raise ValueError(f"{target} is not empty, and no site")
    shutil.rmtree(target, ignore_errors=True)
    every = pages()
    by_origin = {page.origin: page.path for page in every if page.origin}
    for page in every:
        path = target / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_as_html(page, every, by_origin), encoding="utf-8")
    colours = markdown.colours("friendly", "monokai")
    (target / "style.css").write_text(STYLE.read_text(encoding="utf-8") + colours, "utf-8")
    (target / "schemas").mkdir()
    for schema in (ROOT / _SCHEMAS[0]).glob("*.json"):
        shutil.copy(schema, target / "schemas")
    for schema in (ROOT / _SCHEMAS[1]).glob("*.json"):
        shutil.copy(schema, target)
    # GitHub Pages leaves out what begins with `_` unless this file is there.
    (target / ".nojekyll").touch()
    return len(every)


def _as_html(page: Page, every: Sequence[Page], by_origin: dict[str, str]) -> str:
    made = markdown.rendered(page.text, lambda link: _rewritten(link, page, by_origin))
    up = posixpath.relpath(".", posixpath.dirname(page.path) or ".")
    title = made.title if page.path == "index.html" else f"{made.title} - ssmlint"
    return f"""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<link rel="stylesheet" href="{up}/style.css">
</head>
<body>
<a class="skip" href="#content">To the content</a>
<nav aria-label="Pages">
{_navigation(page, every)}</nav>
<main id="content">
{made.html}</main>
<footer>ssmlint {__version__}, <a href="{REPOSITORY}">{escape(REPOSITORY)}</a></footer>
</body>
</html>
"""


def _navigation(page: Page, every: Sequence[Page]) -> str:
    listed = [other for other in every if other.group]
    parts: list[str] = []
    for group in dict.fromkeys(other.group for other in listed):
        parts.append(f"<p>{escape(group)}</p>\n<ul>\n")
        for other in listed:
            if other.group == group:
                here = ' aria-current="page"' if other is page else ""
                link = posixpath.relpath(other.path, posixpath.dirname(page.path) or ".")
                parts.append(f'<li><a href="{link}"{here}>{escape(other.name)}</a></li>\n')
        parts.append("</ul>\n")
    return "".join(parts)


def _rewritten(link: str, page: Page, by_origin: dict[str, str]) -> str:
    """Where a link of a page leads on the site: to a page, or to a file of the repository."""
    if not page.origin or link.startswith(("http://", "https://", "#", "mailto:")):
        return link
    path, sign, fragment = link.partition("#")
    origin = posixpath.normpath(posixpath.join(posixpath.dirname(page.origin), path))
    if origin in by_origin:
        here = posixpath.dirname(page.path) or "."
        return posixpath.relpath(by_origin[origin], here) + sign + fragment
    rule = _rule_of(origin)
    if rule is not None:
        return posixpath.relpath(rule, posixpath.dirname(page.path) or ".")
    kind = "tree" if (ROOT / origin).is_dir() else "blob"
    return f"{REPOSITORY}/{kind}/main/{origin}{sign}{fragment}"


def _rule_of(origin: str) -> str | None:
    """The page of a rule whose module is linked to."""
    folder, name = posixpath.split(origin)
    if not folder.startswith("rules/ssmlint_rules/") or not name.endswith(".py"):
        return None
    return f"rules/{name.removesuffix('.py').replace('_', '-')}.html"
