"""What shellcheck says, sifted and reworded: its comments as problems in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ssmlint.embedded import Script
from ssmlint.external.fixes import fix_of
from ssmlint.model.allowed_words import is_always_a_safe_word
from ssmlint.rule import Note, Problem, Severity
from ssmlint.shell.environment import may_be_given
from ssmlint.shell.scriptfacts import provided_names
from ssmlint.shell.shellcheck import Comment
from ssmlint.shell.standins import StandIn, reference_at
from ssmlint.source import Span

_SEVERITIES = {
    "error": Severity.ERROR,
    "warning": Severity.WARNING,
    "info": Severity.INFO,
    "style": Severity.INFO,
}

#: It could not follow `source`: nothing that the author could mend, the file is elsewhere.
_NOT_FOLLOWED = frozenset({1090, 1091})
#: Reading ended here.
_STOPPED = frozenset({1070, 1072, 1088, 1089})
#: That there was a syntax error, in which construct, and what else that one stood in.
_AROUND_ERRORS = frozenset({1009, 1072, 1073})
#: About a variable being one, where a reference is text that is put in before the shell
#: reads it: misspelled, `$` in arithmetic, exported, split into an array, assigned to.
_TRUE_OF_VARIABLES = frozenset({2004, 2153, 2154, 2163, 2206, 2281})
#: The same about `{1..$n}`.
_RANGE = 2051
#: About values that the shell would split or expand.
_UNSAFE_VALUES = frozenset({2053, 2086, 2231, 2254, 2295})
#: About double quotes where single ones belong, which is what stands there.
_DOUBLE_QUOTED = frozenset({2029, 2059, 2064, 2066, 2139})

#: Messages that begin with the name of a variable or function.
_NAME_FIRST = re.compile(
    r"(?P<name>[A-Za-z_]\w*)(?= (?:is referenced but|appears unused|was modified in|references))"
)
#: What to mark where shellcheck gives a place without length.
_WORD = re.compile(r"\w+|[^\n]")
_VARIABLE = re.compile(r"[A-Za-z_]\w*")
_SENTENCE = re.compile(r"[A-Z][a-z']*(?=[ ,]|$)")
#: What shellcheck says of itself, behind what is wrong.
_OF_ITSELF = re.compile(r" ?Fix (?:any mentioned problems and try again|to allow more checks)\.$")


def problems_in(
    comments: Sequence[Comment], script: Script, standing: StandIn
) -> Iterator[tuple[int, Problem]]:
    """Codes and problems in the file, without what is due to references or other files."""
    given = provided_names(script)
    kept = [c for c in comments if not _is_noise(c, script, standing, given)]
    stopped = [c for c in kept if _is_syntax_error(c)]
    if any(comment.code in _STOPPED for comment in stopped):
        kept = [comment for comment in kept if comment not in stopped]
        if not (standing.is_sound and any(_has_reference(script, c) for c in stopped)):
            main = next((c for c in stopped if c.code not in _AROUND_ERRORS), stopped[-1])
            others = [c for c in stopped if c is not main and c.code not in (1009, 1072)]
            yield main.code, _problem(main, script, standing, others)
    for comment in kept:
        yield comment.code, _problem(comment, script, standing)


def _is_syntax_error(comment: Comment) -> bool:
    return comment.code in _AROUND_ERRORS or (comment.level == "error" and comment.code < 2000)


def _has_reference(script: Script, comment: Comment) -> bool:
    """Whether there is a reference on the line of a comment."""
    start = script.text.rfind("\n", 0, comment.start) + 1
    end = script.text.find("\n", comment.end)
    end = len(script.text) if end < 0 else end
    return any(start <= hole.start < end for hole in script.placeholders)


def _is_noise(comment: Comment, script: Script, standing: StandIn, given: frozenset[str]) -> bool:
    if comment.code in _NOT_FOLLOWED:
        return True
    if comment.code == 2154:
        name = _VARIABLE.search(script.text, comment.start, comment.end)
        if name and (name[0] in given or may_be_given(name[0])):
            return True
    if comment.code == _RANGE:
        return "{{" in script.text[comment.start : comment.end]
    if comment.code in _DOUBLE_QUOTED:
        return any(s.start < comment.end and comment.start < s.end for s in standing.requoted)
    hole = reference_at(script, comment.start)
    if hole is None or comment.end > hole.end:
        return False
    if comment.code in _UNSAFE_VALUES:
        parameter = script.document.parameters.get(hole.name)
        return parameter is not None and is_always_a_safe_word(parameter)
    return comment.code in _TRUE_OF_VARIABLES


def _problem(
    comment: Comment, script: Script, standing: StandIn, others: Sequence[Comment] = ()
) -> Problem:
    """A comment at its place in the file, in our style."""
    return Problem(
        _place(comment, script),
        _message(comment, standing),
        related=tuple(Note(_place(c, script), _message(c, standing)) for c in others),
        fix=fix_of(comment, script, standing),
        severity=_SEVERITIES.get(comment.level, Severity.WARNING),
    )


def _place(comment: Comment, script: Script) -> Span:
    start, end = comment.start, comment.end
    word = _WORD.match(script.text, start) if start == end else None
    return script.span(start, word.end() if word else end)


def _message(comment: Comment, standing: StandIn) -> str:
    """Lower case at the start and no full stop at the end; names keep their case."""
    text = _OF_ITSELF.sub("", " ".join(comment.message.split()))
    if text.endswith(".") and not text.endswith(("..", " .")):
        text = text[:-1]
    named = _NAME_FIRST.match(text)
    if named:
        text = f"`{named['name']}`{text[named.end() :]}"
    elif _SENTENCE.match(text):
        text = text[0].lower() + text[1:]
    return standing.written(text) or "the script cannot be read from here on"
