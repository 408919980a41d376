"""What the YAML reader objects to, in our words and at the place that a person looks for."""

from __future__ import annotations

from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.reader import ReaderError

from ssmlint.source import Source, Span
from ssmlint.tree import TreeProblem

#: What libyaml says of a colon inside a plain scalar of a flow collection.
FLOW_COLON = "found unexpected ':'"

#: Problems that libyaml notices late: the place to show is where the construct began.
_AT_CONTEXT = ("could not find expected ':'", "found unexpected end of stream")

_TAB = "a tab stands where YAML expects indentation; use spaces"

_WORDING = {
    "block sequence entries are not allowed in this context": (
        "a list item (`- `) is not allowed here; check the indentation"
    ),
    "could not find expected ':'": (
        "this line is neither a `key: value` nor a continuation of the value above"
    ),
    "did not find expected ',' or ']'": "expected `,` or `]` in the list",
    "did not find expected ',' or '}'": "expected `,` or `}` in the mapping",
    "did not find expected '-' indicator": (
        "the indentation does not fit the list above, or a `-` is missing"
    ),
    "did not find expected <document start>": (
        "text follows after the end of the document; check the indentation"
    ),
    "did not find expected comment or line break": "only a comment may follow on this line",
    "did not find expected hexdecimal number": "expected hexadecimal digits in the escape",
    "did not find expected key": (
        "the indentation does not fit the mapping above, or a `key:` is missing"
    ),
    "did not find expected node content": "expected a value",
    "found a tab character that violates indentation": _TAB,
    "found a tab character where an indentation space is expected": _TAB,
    "found invalid Unicode character escape code": "the escape names no character",
    "found unknown escape character": (
        "unknown escape; in double quotes a backslash is written `\\\\`"
    ),
    "mapping values are not allowed in this context": (
        "`:` is not allowed here; quote the value, or check the indentation"
    ),
}

_STARTS_HERE = {
    "while parsing a block collection": "the list starts here",
    "while parsing a block mapping": "the mapping starts here",
    "while parsing a flow mapping": "the mapping starts here",
    "while parsing a flow sequence": "the list starts here",
    "while parsing a quoted scalar": "the quoted text starts here",
    "while scanning a plain scalar": "the value before it starts here",
    "while scanning a quoted scalar": "the quoted text starts here",
}


def at(source: Source, kind: str, offset: int, message: str) -> TreeProblem:
    """A problem at one character, or at the end of the text."""
    start = min(max(offset, 0), len(source.text))
    return TreeProblem(kind, Span(start, min(start + 1, len(source.text))), message)


def reader_problem(source: Source, error: ReaderError) -> TreeProblem:
    """A character that YAML does not allow."""
    # libyaml counts the position of a bad character in bytes or characters depending on
    # where it fails, so the character itself is looked for.
    character = error.character if isinstance(error.character, str) else chr(error.character)
    found = source.text.find(character)
    offset = found if found >= 0 else int(error.position)
    code = f"U+{ord(character):04X}"
    return at(source, "syntax-error", offset, f"character {code} is not allowed in YAML")


def marked_problem(source: Source, error: MarkedYAMLError) -> TreeProblem:
    """A syntax error, with the place where the construct around it began."""
    problem = str(error.problem or "cannot be read as YAML")
    context = str(error.context or "")
    mark, start = error.problem_mark, error.context_mark
    if start is not None and (mark is None or problem in _AT_CONTEXT):
        offset = start.index
        return at(source, "syntax-error", offset, _reword(source, problem, context, offset))
    offset = mark.index if mark is not None else 0
    related: tuple[tuple[Span, str], ...] = ()
    if start is not None and start.index != offset and context in _STARTS_HERE:
        here = Span(start.index, min(start.index + 1, len(source.text)))
        related = ((here, _STARTS_HERE[context]),)
    found = at(source, "syntax-error", offset, _reword(source, problem, context, offset))
    return TreeProblem(found.kind, found.span, found.message, related)


def _reword(source: Source, problem: str, context: str, offset: int) -> str:
    if problem == "found character that cannot start any token":
        character = source.text[offset : offset + 1]
        return _TAB if character == "\t" else f"`{character}` cannot start a value; quote it"
    if problem == "found unexpected end of stream":
        what = _STARTS_HERE.get(context, "what starts here").removesuffix(" starts here")
        return f"{what} is not closed before the end of the file"
    wording = _WORDING.get(problem, problem)
    return f"{wording}, but the file ends here" if offset >= len(source.text) else wording
