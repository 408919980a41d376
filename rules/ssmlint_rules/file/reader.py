"""What the YAML or JSON reader noted about a file, as problems. No rule."""

from __future__ import annotations

from collections.abc import Iterator

from ssmlint.rule import Note, Problem
from ssmlint.tree import Tree


def noted(tree: Tree, kind: str) -> Iterator[Problem]:
    """The reader's notes of one kind; the kinds are named after the rules."""
    for problem in tree.problems:
        if problem.kind == kind:
            notes = tuple(Note(span, message) for span, message in problem.related)
            yield Problem(problem.span, problem.message, notes)
