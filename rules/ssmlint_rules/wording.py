"""Words that several rules share: near names, and texts that somebody fills in later."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ssmlint.near import nearest
from ssmlint.tree import Mapping

# `{{ reference }}`, a generator's `%%KEY=value%%`, Terraform's or a template's `${name}`
# and `<% %>`: another text will stand there before the document is used.
_FILLED_IN = re.compile(r"\{\{|\{%|%%[^%]+%%|\$\{|<%|_PLACEHOLDER::")

# Braces that hold something else than a name, and statements: Jinja, Go templates, Liquid.
_OTHER_LANGUAGE = re.compile(r"\{%|\{\{(?![ \t]*[A-Za-z0-9_.]+[ \t]*\}\}|[ \t]*[a-z-]+:)")

_WHOLLY = re.compile(r"\s*(?:\{\{[^{}]*\}\}|%%[^%]+%%|\$\{[^{}]*\}|<%.*%>|\S*_PLACEHOLDER::\S*)\s*")

_MOST_NAMES = 200
_LONGEST_NAME = 100


def stands_for_another(text: str) -> bool:
    """Whether a text is nothing but a reference or a placeholder, so of any type."""
    return _WHOLLY.fullmatch(text) is not None


def is_filled_in_later(text: str) -> bool:
    """Whether a text holds a reference or a placeholder, so that it is not the value."""
    return _FILLED_IN.search(text) is not None


def is_of_another_language(text: str) -> bool:
    """Whether a text holds what only the templates of other programs do."""
    return _OTHER_LANGUAGE.search(text) is not None


def near(name: str, known: Iterable[str]) -> str | None:
    """The known name that somebody who wrote `name` most likely meant.

    Among very many names only one that differs in case is looked for, since comparing
    letter by letter would take seconds.
    """
    by_folded = {candidate.casefold(): candidate for candidate in known}
    folded = name.casefold()
    if folded in by_folded or len(by_folded) > _MOST_NAMES or len(name) > _LONGEST_NAME:
        return by_folded.get(folded)
    found = nearest(folded, by_folded, cutoff=0.75)
    return by_folded[found] if found else None


def is_misspelled_in(mapping: Mapping, key: str) -> bool:
    """Whether a mapping lacks a key and has one of nearly that name (see `unknown-key`)."""
    names = [entry.key.text for entry in mapping.entries]
    return key not in names and any(near(name, (key,)) for name in names)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """`; did you mean ...?` where a near name is known, else nothing."""
    found = near(name, known)
    return f"; did you mean `{found}`?" if found else ""


def listed(names: Iterable[str]) -> str:
    """Names in backquotes, as a list in a sentence."""
    quoted = [f"`{name}`" for name in names]
    return " or ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)
