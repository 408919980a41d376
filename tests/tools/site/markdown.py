"""Markdown as HTML: headings that can be linked to, links that lead somewhere, coloured code."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token
from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

#: Says where a link of a page leads.
Rewrite = Callable[[str], str]

#: The mark at the end of a line of an example at which a finding starts.
_MARK = re.compile(r"[ \t]*#(?: <-)+[ \t]*$", re.M)

_COMMENT = re.compile(r"<!--.*?-->\s*", re.S)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page as HTML."""

    html: str
    headings: tuple[Heading, ...]

    @property
    def title(self) -> str:
        """The text of its first heading."""
        return self.headings[0].text if self.headings else ""


def rendered(text: str, rewrite: Rewrite) -> Rendered:
    """A page in Markdown as HTML."""
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.add_render_rule("fence", _fence)
    tokens = parser.parse(_COMMENT.sub("", text))
    headings = tuple(_anchored(tokens))
    for token in tokens:
        for inner in token.children or ():
            if inner.type == "link_open":
                inner.attrs["href"] = rewrite(str(inner.attrs["href"]))
    return Rendered(parser.renderer.render(tokens, parser.options, {}), headings)


def _anchored(tokens: Sequence[Token]) -> list[Heading]:
    """The headings, each with an anchor of its own, as GitHub makes them."""
    found: list[Heading] = []
    for token, inline in itertools.pairwise(tokens):
        if token.type != "heading_open":
            continue
        text = "".join(child.content for child in inline.children or ())
        anchor = slug(text)
        same = sum(heading.anchor.rpartition("-")[0] == anchor for heading in found)
        if any(heading.anchor == anchor for heading in found):
            anchor = f"{anchor}-{same + 1}"
        token.attrSet("id", anchor)
        found.append(Heading(int(token.tag[1:]), text, anchor))
    return found


def slug(text: str) -> str:
    """The anchor of a heading: letters, digits, `_` and `-`, in lower case."""
    kept = "".join(c for c in text.lower() if c.isalnum() or c in " -_")
    return kept.strip().replace(" ", "-")


def _fence(_: object, tokens: Sequence[Token], index: int, *__: object) -> str:
    """A fenced block; a second word behind its backquotes is the name of a file."""
    language, _, name = tokens[index].info.strip().partition(" ")
    name = name.partition(" ")[0]
    caption = f'<p class="file">{escape(name)}</p>\n' if name else ""
    code = tokens[index].content
    marked = [n for n, line in enumerate(code.splitlines(), start=1) if _MARK.search(line)]
    try:
        lexer = get_lexer_by_name(language or "text", stripnl=False)
    except ClassNotFound:
        lexer = get_lexer_by_name("text", stripnl=False)
    formatter = HtmlFormatter(nowrap=True, hl_lines=marked)
    coloured = highlight(_MARK.sub("", code), lexer, formatter)
    return f'{caption}<pre class="code"><code>{coloured}</code></pre>\n'


def colours(light: str, dark: str) -> str:
    """The style sheet of coloured code, for light and for dark screens."""
    by_day, by_night = (
        HtmlFormatter(style=style).get_style_defs("pre.code")  # type: ignore[no-untyped-call]
        for style in (light, dark)
    )
    # What a program prints is as much to be read as what is typed.
    plain = "pre.code .go { color: inherit; }"
    return f"{by_day}\n@media (prefers-color-scheme: dark) {{\n{by_night}\n}}\n{plain}\n"
