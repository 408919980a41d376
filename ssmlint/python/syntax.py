"""Reads a Python script as a given version of Python would.

The reader is that of the interpreter ssmlint itself runs on (`ast`, which compiles and
never runs anything).  It can be told to be an older Python (`feature_version`), and does
that for most of what came in between; it can not be a newer one.  So what it refuses is
reported where it is at least as new as the script's runtime, and otherwise only what no
Python takes.
"""

from __future__ import annotations

import ast
import re
import sys
import warnings

from ssmlint.python.fstrings import nested_quotes
from ssmlint.records import dataclass
from ssmlint.source import LineIndex, Position, Span

Version = tuple[int, int]

#: Code points of a script that are looked at.  A document has at most 64 KB.
MAX_SCRIPT = 1_000_000

#: `feature_version` is not kept for anything older.
_OLDEST: Version = (3, 7)

#: Errors that have nothing to do with the version, by the words of the reader.
_IN_EVERY_VERSION = re.compile(
    r"was never closed|unmatched|does not match opening|unterminated|EOL while|EOF while"
    r"|unexpected indent|expected an indented block|unindent does not match|inconsistent use of tabs"
    r"|outside function|outside loop|not properly in loop"
)

#: The nodes that an older Python does not have, by the words of the reader.
_NEWER = {
    "pattern matching": ("Match",),
    "exception groups": ("TryStar",),
    "assignment expressions": ("NamedExpr",),
    "type statement": ("TypeAlias",),
}


@dataclass(frozen=True, slots=True)
class PythonProblem:
    """Why Python refuses a script; `span` is in the script (code points)."""

    span: Span
    message: str


@dataclass(eq=False)
class PythonSyntax:
    """What was read: the tree, or why there is none."""

    lines: LineIndex
    tree: ast.Module | None
    problem: PythonProblem | None = None

    def offset(self, line: int, column: int) -> int:
        """The code-point offset of a place as `ast` counts: lines from 1, columns in UTF-8."""
        return self.lines.offset(Position(line - 1, column), "utf-8")

    @property
    def place_for_import(self) -> int | None:
        """Where one more `import` fits: in front of the first, else of the first statement."""
        body = [node for node in self.tree.body if not _comes_first(node)] if self.tree else []
        imports = (node for node in body if isinstance(node, (ast.Import, ast.ImportFrom)))
        before = next(imports, body[0] if body else None)
        return self.span(before).start if before is not None else None

    def span(self, node: ast.AST) -> Span:
        """Where a node stands in the script (code points)."""
        place = [getattr(node, name) for name in ("lineno", "col_offset")]
        end = [getattr(node, name) for name in ("end_lineno", "end_col_offset")]
        return Span(self.offset(*place), self.offset(*end))


def _comes_first(node: ast.stmt) -> bool:
    is_future = isinstance(node, ast.ImportFrom) and node.module == "__future__"
    is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return is_future or is_text


def parse(text: str, version: Version | None) -> PythonSyntax:
    """Reads a script; never raises.  Without a version it is read as the newest Python."""
    lines = LineIndex(text)
    if len(text) > MAX_SCRIPT:
        return PythonSyntax(lines, None)
    try:
        with warnings.catch_warnings():
            # What Python warns about (`\d` in a string) is no error of the script.
            warnings.simplefilter("ignore")
            tree = ast.parse(text, feature_version=_feature_version(version))
            # `return` outside of a function and its like are found only by the compiler.
            compile(text, "<script>", "exec", dont_inherit=True)
    except SyntaxError as error:
        syntax = PythonSyntax(lines, None)
        syntax.problem = _problem(error, syntax, text, version)
        return syntax
    except (ValueError, RecursionError, MemoryError, OverflowError):
        return PythonSyntax(lines, None)
    nested = nested_quotes(text, lines) if version is not None and version < (3, 12) else None
    if nested is not None:
        message = f"this f-string holds what only Python 3.12 reads: {nested[1]}"
        return PythonSyntax(lines, tree, PythonProblem(nested[0], message))
    return PythonSyntax(lines, tree)


def _feature_version(version: Version | None) -> Version:
    newest = sys.version_info[:2]
    return min(max(version or newest, _OLDEST), newest)


def _problem(
    error: SyntaxError, syntax: PythonSyntax, text: str, version: Version | None
) -> PythonProblem | None:
    message = _worded(error)
    is_newer = version is not None and version > sys.version_info[:2]
    if is_newer and not _IN_EVERY_VERSION.search(message):
        return None
    newer = _newer_construct(message, syntax, text)
    return PythonProblem(newer or _place(error, syntax.lines, text), message)


def _place(error: SyntaxError, lines: LineIndex, text: str) -> Span:
    line = min(max((error.lineno or 1) - 1, 0), len(lines) - 1)
    if str(error.msg).startswith("f-string"):
        # Columns inside of f-strings are those of the expression in some versions.
        whole = lines.line_span(line)
        indent = len(text[whole.start : whole.end]) - len(text[whole.start : whole.end].lstrip())
        return Span(whole.start + indent, whole.end)
    start = lines.offset(Position(line, max((error.offset or 1) - 1, 0)))
    end = start + 1
    if error.end_lineno and error.end_offset and error.end_offset > 0:
        end = lines.offset(Position(error.end_lineno - 1, error.end_offset - 1))
    start = min(start, max(len(text) - 1, 0))
    return Span(start, min(max(end, start + 1), max(len(text), 1)))


def _newer_construct(message: str, syntax: PythonSyntax, text: str) -> Span | None:
    """Where the construct begins that is too new: the reader names the place where it ends."""
    kind = next((kind for words, kind in _NEWER.items() if message.startswith(words)), None)
    if kind is None:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tree = ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None
    found = [syntax.span(node) for node in ast.walk(tree) if type(node).__name__ in kind]
    if not found:
        return None
    first = min(found)
    return Span(
        first.start, min(first.end, syntax.lines.line_span(syntax.lines.line_of(first.start)).end)
    )


def _worded(error: SyntaxError) -> str:
    text = re.sub(r" \(<(?:unknown|script)>, line \d+\)$", "", str(error.msg)).strip().rstrip(".")
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
