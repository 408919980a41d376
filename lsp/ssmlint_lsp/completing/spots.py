"""Where a cursor is in a text that may be half-typed: the word, and what it could become.

A mark is put in the place of the word at the cursor, and looked for in the sketch of that
text: then it is plain whether it is a key, a value, or an item of a list, and of what.
"""

from __future__ import annotations

import functools
import re

from ssmlint.carriers import policies
from ssmlint.carriers.plain import document_kind
from ssmlint.model.document import DocumentKind, SsmDocument
from ssmlint.model.policy import LifecyclePolicy, PolicyForm
from ssmlint.records import dataclass
from ssmlint.source import Source, Span
from ssmlint.tree import Mapping, Node, Style, Tree
from ssmlint_lsp.completing.sketch import sketch
from ssmlint_lsp.cursor import Place, place_at

MARK = "\ue0ff"

#: Characters of words: of keys, actions, names, ARNs.
_IN_WORD = re.compile(r"[\w:./$-]")
_FIRST_OF_WORD = re.compile(r"[A-Za-z0-9_$]")
_WORD_AFTER = re.compile(r"[\w./-]*(?::[\w./-]+)*")
_BLOCKS = (Style.LITERAL, Style.FOLDED)


@dataclass(eq=False)
class Spot:
    """A cursor in a text."""

    path: str
    text: str
    offset: int

    @functools.cached_property
    def line_before(self) -> str:
        """What stands before the cursor on its line."""
        start = max(self.text.rfind("\n", 0, self.offset), self.text.rfind("\r", 0, self.offset))
        return self.text[start + 1 : self.offset]

    @functools.cached_property
    def word(self) -> Span:
        """The word that the cursor is in or behind."""
        line = self.line_before
        start = len(line)
        while start and _IN_WORD.match(line, start - 1):
            start -= 1
        while start < len(line) and not _FIRST_OF_WORD.match(line, start):
            start += 1
        if line.endswith(":") and not line[:start].strip(" \t-\"'{,"):
            start = len(line)  # behind a key the value begins; behind `aws:` the word goes on
        start += self.offset - len(line)
        after = _WORD_AFTER.match(self.text, self.offset)
        return Span(start, after.end() if after is not None else self.offset)

    @functools.cached_property
    def marked(self) -> str:
        """The text with a mark in the place of the word."""
        return f"{self.text[: self.word.start]}{MARK}{self.text[self.word.end :]}"

    @functools.cached_property
    def root(self) -> Node | None:
        """The sketch of the marked text."""
        return sketch(self.marked)

    @functools.cached_property
    def place(self) -> Place | None:
        """Where the mark stands in the sketch; None in a comment, or where nothing stands."""
        found = place_at(self.root, self.word.start) if self.root is not None else None
        if found is None or found.scalar is None:
            return None
        span = found.scalar.span
        return found if MARK in self.marked[span.start : span.end] else None

    @property
    def is_alone(self) -> bool:
        """Whether the mark is all of its scalar, quotes aside."""
        scalar = self.place.scalar if self.place is not None else None
        return scalar is not None and scalar.text.strip() == MARK

    @functools.cached_property
    def quoted(self) -> Span | None:
        """The word with its quotes, or with the one that is there; None where there is none."""
        scalar = self.place.scalar if self.place is not None else None
        if scalar is None or scalar.style not in (Style.SINGLE, Style.DOUBLE):
            return None
        length = len(self.word) - len(MARK)
        return Span(scalar.span.start, scalar.span.end + length)

    @property
    def is_flow(self) -> bool:
        """Whether the mark stands between brackets: in JSON, or in flow style."""
        return self.bracket != ""

    @functools.cached_property
    def bracket(self) -> str:
        """The bracket of the innermost collection around the mark, empty in block style."""
        if self.place is None or len(self.place.around) < 2:
            return ""
        start = self.place.around[-2].span.start
        char = self.marked[start : start + 1]
        return char if char in ("{", "[") else ""

    @property
    def is_json(self) -> bool:
        """Whether keys and texts must be in double quotes."""
        return self.path.endswith(".json") or self.text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[")

    @property
    def indent(self) -> str:
        """What stands before the first character of the cursor's line that is not blank."""
        line = self.line_before
        return line[: len(line) - len(line.lstrip(" \t"))]

    @property
    def starts_line(self) -> bool:
        """Whether nothing but blanks and dashes stands before the word on its line."""
        line = self.line_before[: len(self.line_before) - (self.offset - self.word.start)]
        return not line.strip(" \t-\"'")

    @property
    def column(self) -> int:
        """The column (code points, from 0) of the word, or of the quote before it."""
        start = self.quoted.start if self.quoted is not None else self.word.start
        return len(self.line_before) - (self.offset - start)

    @property
    def in_text(self) -> bool:
        """Whether the mark stands among other words: in a script, a description."""
        scalar = self.place.scalar if self.place is not None else None
        return scalar is not None and (scalar.style in _BLOCKS or not self.is_alone)

    # --- what it is all about ---------------------------------------------------------------

    @functools.cached_property
    def tree(self) -> Tree:
        """The sketch as a tree of a source."""
        root = self.root
        kind = "json" if self.is_json else "yaml"
        source = Source(self.path, self.marked)
        return Tree(source, kind, () if root is None else (root,))

    @functools.cached_property
    def document(self) -> SsmDocument | None:
        """The document that the cursor is in, as far as it is there."""
        root = self.root
        if not isinstance(root, Mapping) or self.policy is not None:
            return None
        kind = document_kind(root) or _kind_begun(root)
        return None if kind is None else SsmDocument(self.tree.source, self.tree, root, kind)

    @functools.cached_property
    def policy(self) -> LifecyclePolicy | None:
        """The policy that the cursor is in."""
        for policy in policies.policies(self.tree):
            span = policy.root.span
            if span.start <= self.word.start <= span.end:
                return policy
        return _policy_begun(self.tree)


#: Members that only a policy has at its top, whatever else is missing yet.
_OF_POLICIES = frozenset({"PolicyDetails", "ExecutionRoleArn", "DefaultPolicy"})
_OF_DETAILS = frozenset(
    {"PolicyType", "PolicyLanguage", "ResourceTypes", "TargetTags", "Schedules"}
)


def _policy_begun(tree: Tree) -> LifecyclePolicy | None:
    """The policy of which not much is there yet."""
    root = tree.roots[0] if tree.roots else None
    if not isinstance(root, Mapping):
        return None
    stored = root.get_mapping("Policy")
    if stored is not None and len(root) == 1:
        inner = stored.get_mapping("PolicyDetails")
        return LifecyclePolicy(tree.source, tree, stored, PolicyForm.STORED, inner)
    details = root.get_mapping("PolicyDetails")
    if any(entry.key.text in _OF_POLICIES for entry in root):
        return LifecyclePolicy(tree.source, tree, root, PolicyForm.CREATE, details)
    if any(entry.key.text in _OF_DETAILS for entry in root):
        return LifecyclePolicy(tree.source, tree, root, PolicyForm.DETAILS, root)
    return None


def _kind_begun(root: Mapping) -> DocumentKind | None:
    """The kind of a document of which not much is there yet."""
    version = root.get_scalar("schemaVersion")
    if version is None:
        return None
    if version.text.startswith("0"):
        return DocumentKind.AUTOMATION
    is_session = root.get("sessionType") is not None
    return DocumentKind.SESSION if is_session else DocumentKind.COMMAND


def scalar_texts(node: Node) -> tuple[str, ...]:
    """The keys of a mapping without the one with the mark."""
    if not isinstance(node, Mapping):
        return ()
    return tuple(entry.key.text for entry in node.entries if MARK not in entry.key.text)
