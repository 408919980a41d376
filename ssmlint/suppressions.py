"""Findings that a comment in the file asks not to hear of.

`# ssmlint: ignore[RULE, ...] why` at the end of a line is about what begins on that line;
alone on a line it is about the next line that is no comment, and about the comments up to
there (a script may promise in one what it does not keep).

What counts as the line of a finding is where its primary span begins, and besides

* in a script: the first and the last line of the simple command around it, since there is
  no room for a comment between continued lines, in quotes or in a here-document;
* elsewhere: the first and the last line of the scalar around it.

At the header of a block scalar (`- | # ssmlint: ...`) it is about the first line of the
text, too, because `#!` must be the first thing in a script.  `ignore-file` is about the
whole file, wherever it stands.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator

from ssmlint.directives import MARK, Directive, Name, directives_in
from ssmlint.embedded import Script
from ssmlint.records import dataclass
from ssmlint.rule import INTERNAL_ERROR, Finding
from ssmlint.shell.scriptfacts import ShellScript
from ssmlint.source import Source, Span
from ssmlint.suppression_lines import FileText, ScriptText, Text
from ssmlint.tree import Tree


@dataclass(eq=False)
class Suppression:
    """One comment that asks for silence, well formed or not."""

    text: Text
    directive: Directive

    @property
    def source(self) -> Source:
        """The file that it stands in."""
        return self.text.source

    @property
    def span(self) -> Span:
        """Where it stands in the file, from its `#` to the end of its reason."""
        return self.text.place(self.directive.start, self.directive.end)

    def place(self, name: Name) -> Span:
        """Where one of its names stands in the file."""
        return self.text.place(name.start, name.end)

    @property
    def line(self) -> int:
        """The line of its text (from 0) that it stands on."""
        return self.text.lines.line_of(self.directive.start)

    @functools.cached_property
    def is_alone(self) -> bool:
        """Whether nothing but comments stands on its line."""
        return self.text.is_comment_line(self.line)

    @property
    def targets(self) -> tuple[int, ...]:
        """The lines of its text (from 0) that it is about."""
        if not self.is_alone:
            header = self.text.is_header(self.directive.start)
            return (self.line, self.line + 1) if header else (self.line,)
        return (self.text.next_lines[self.line],)


@dataclass(frozen=True, eq=False)
class UnusedSuppression:
    """A suppression with the names in it that suppress nothing."""

    suppression: Suppression
    names: tuple[Name, ...]


class Suppressions:
    """The suppressions of one file, and which of them have been of use."""

    def __init__(self, found: Iterable[Suppression]) -> None:
        self._all = tuple(found)
        self._texts = tuple(dict.fromkeys(suppression.text for suppression in self._all))
        self._for_file: dict[str, list[tuple[Suppression, Name]]] = {}
        self._for_line: dict[tuple[Text, int, str], list[tuple[Suppression, Name]]] = {}
        self._used: set[tuple[Suppression, Name]] = set()
        for suppression in self._all:
            for name in suppression.directive.names:
                self._add(suppression, name)

    def _add(self, suppression: Suppression, name: Name) -> None:
        entry = (suppression, name)
        if suppression.directive.is_for_file:
            self._for_file.setdefault(name.text, []).append(entry)
            return
        for line in suppression.targets:
            key = (suppression.text, line, name.text)
            self._for_line.setdefault(key, []).append(entry)

    def __iter__(self) -> Iterator[Suppression]:
        return iter(self._all)

    def hide(self, finding: Finding) -> bool:
        """Whether a finding of the file is suppressed; all that suppress it are of use."""
        if finding.rule is INTERNAL_ERROR:
            return False
        said = dict.fromkeys((finding.rule.id, finding.rule.name))
        hiding = [entry for name in said for entry in self._hiding(finding, name)]
        self._used.update(hiding)
        return bool(hiding)

    def _hiding(self, finding: Finding, name: str) -> Iterator[tuple[Suppression, Name]]:
        yield from self._for_file.get(name, ())
        for text in self._texts:
            around = text.lines_around(finding.span.start)
            if around is None:
                continue
            for line in {around.own, around.first, around.last}:
                for entry in self._for_line.get((text, line, name), ()):
                    behind = line == around.last and not entry[0].is_alone
                    if line in (around.own, around.first) or behind:
                        yield entry
            if text.is_comment_line(around.own):
                key = (text, text.next_lines[around.own], name)
                above = self._for_line.get(key, ())
                yield from (entry for entry in above if entry[0].line <= around.own)

    def unused(self, has_run: Callable[[str], bool]) -> Iterator[UnusedSuppression]:
        """What has been of no use, of the rules (by name or id) that have run on the file."""
        for suppression in self._all:
            idle = [n for n in suppression.directive.names if (suppression, n) not in self._used]
            names = tuple(name for name in idle if has_run(name.text))
            if names:
                yield UnusedSuppression(suppression, names)


def suppressions_in(
    tree: Tree, scripts: Iterable[Script], shells: Iterable[ShellScript]
) -> Iterator[Suppression]:
    """Every suppression of a file, those of YAML first, then those of its scripts.

    A tree that is broken is searched as plain text.
    """
    if MARK not in tree.source.text:
        return
    scripts = tuple(scripts)
    read = {id(shell.script.pieces[0].scalar): shell for shell in shells}
    texts: list[Text] = [FileText(tree, scripts)]
    texts += [ScriptText(script, read.get(id(script.pieces[0].scalar))) for script in scripts]
    for text in texts:
        for comment in text.comments():
            for directive in directives_in(text.text, comment.start, comment.end):
                yield Suppression(text, directive)
