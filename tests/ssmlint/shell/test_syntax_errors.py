"""Broken scripts: where the error is shown, and in which words.

`^` stands in front of the place of the first error, `¶` in front of the one that explains
it, where there is one.  bash must object to every script, too.
"""

from __future__ import annotations

import pytest

from ssmlint.shell.statements import Unknown, walk_block
from ssmlint.shell.syntax import SyntaxProblem, parse
from tests.ssmlint.shell.corpus import placeholders_of
from tests.ssmlint.shell.oracle import needs_bash, objection, run
from tests.ssmlint.shell.render import render

BROKEN = [
    ("^if a; then\n  b\n", "unclosed `if`: expected `fi` before the end"),
    ("¶if a; b; ^fi", "unexpected `fi`, expected `then` to go with `if`"),
    ("¶if a; then ^fi", "unexpected `fi`, expected a command before it"),
    ("if [ a ]; then b; fi; ^fi", "unexpected `fi`"),
    ("¶for x in a; ^b; done", "unexpected `b`, expected `do` to go with `for`"),
    ("^for x in a; do b", "unclosed `for`: expected `done` before the end"),
    ("¶for x in a; do ^done", "unexpected `done`, expected a command before it"),
    ("¶while a; b; ^done", "unexpected `done`, expected `do` to go with `while`"),
    ("^done", "unexpected `done`"),
    ("f() ^{ a", "unclosed `{`: expected `}` before the end"),
    ("f() {\n  ¶if a; then\n    b\n^}\nf", "unexpected `}`, expected `fi` to go with `if`"),
    ("f() ¶{ ^}", "unexpected `}`, expected a command before it"),
    ("f() ¶{\n  # nothing\n^}", "unexpected `}`, expected a command before it"),
    ("f^( { a; }", "unexpected `(`"),
    ("¶f() ^a", "unexpected `a`, expected `{` and the body of the function"),
    ("^}", "unexpected `}`"),
    ("^( a", "unclosed `(`: expected `)` before the end"),
    ("a ^)", "unexpected `)`"),
    ("a; ^; b", "unexpected `;`, expected a command"),
    ("a ^;; b", "unexpected `;;`"),
    ("a && ^", "unexpected end of the script, expected a command"),
    ("a || ^; b", "unexpected `;`, expected a command"),
    ("a |^", "unexpected end of the script, expected a command"),
    ("a & ^& b", "unexpected `&`, expected a command"),
    ("^case x in a) b ;; ", "unclosed `case`: expected `esac` before the end"),
    ("¶case x in a ^b) c;; esac", "unexpected `b`, expected `)` behind the pattern, or `esac`"),
    ("¶case x\n  ^a) b;;\nesac", "unexpected `a`, expected `in` to go with `case`"),
    ('echo ^"a', 'unclosed `"`: expected `"` before the end'),
    ("echo ^'a", "unclosed `'`: expected `'` before the end"),
    ("echo ^`a", "unclosed backquote: expected another before the end"),
    ("echo ^$(a", "unclosed `$(`: expected `)` before the end"),
    ("echo ^${a", "unclosed `${`: expected `}` before the end"),
    ("echo a^(b)", "unexpected `(`"),
    ("x=^(1 2", "unclosed `(`: expected `)` before the end"),
    ("echo ^$((1 + 2)", "unclosed `$(`: expected `)` before the end"),
    ("¶[[ -f a^", "unexpected end of the script, expected `]]` to go with `[[`"),
    ("[[ a ^b ]]", "unexpected `b`, expected an operator or `]]`"),
    ("cat ¶<^", "unexpected end of the script, expected a word behind `<`"),
    ("a ¶>^\nb", "unexpected end of the line, expected a word behind `>`"),
    ("^else", "unexpected `else`"),
    (
        "¶if a; then b; else c; ^elif d; then e; fi",
        "unexpected `elif`, expected `fi` to go with `if`",
    ),
    ("^then a", "unexpected `then`"),
    ("function ¶{ ^a; }", "unexpected `a`, expected `{` and the body of the function"),
    ("¶for in ^a; do b; done", "unexpected `a`, expected `do` to go with `for`"),
    ("¶if a; then\n  ^if b; then\n    c\nfi\nd\n", "unclosed `if`: expected `fi` before the end"),
    ('echo ^"a\necho "b"\necho "c¶"\n', 'unclosed `"`: expected `"` before the end'),
    ('echo ¶"a\necho "^(b)"\n', "unexpected `(`"),
    ("a=¶(1 ^(2))", "unexpected `(`, expected `)`"),
    ("if a; then b; fi ^c", "unexpected `c`"),
    ('echo "$(a^"', 'unclosed `"`: expected `"` before the end'),
    ("^until a; do b; don", "unclosed `until`: expected `done` before the end"),
    ("¶while true do a; ^done", "unexpected `done`, expected `do` to go with `while`"),
    (
        "f() {\n  while a; do\n    ¶if b; then\n      c\n  ^done\n}\n",
        "unexpected `done`, expected `fi` to go with `if`",
    ),
    ("¶if a\n  b\n^else\n  c\nfi", "unexpected `else`, expected `then` to go with `if`"),
]


@pytest.mark.parametrize(("marked", "message"), BROKEN)
def test_place_and_message(marked: str, message: str) -> None:
    script = _unmarked(marked)
    first = parse(script).errors[0]
    assert first.message == message
    assert _marked(script, first) == marked


def _unmarked(marked: str) -> str:
    return marked.replace("^", "").replace("¶", "")


def _marked(script: str, problem: SyntaxProblem) -> str:
    marks = [(problem.span.start, "^")]
    if problem.related is not None:
        marks.append((problem.related.start, "¶"))
    for at, mark in sorted(marks, reverse=True):
        script = script[:at] + mark + script[at:]
    return script


@needs_bash
@pytest.mark.parametrize("marked", [marked for marked, _ in BROKEN])
def test_bash_objects_too(marked: str) -> None:
    assert objection(_unmarked(marked))


def test_statements_around_an_error_are_read() -> None:
    script = "a\nb ) c\nif d; then e; fi\n"
    syntax = parse(script)
    assert render(syntax.block) == "a; b; <syntax error>; (if d then e)"


def test_what_is_open_at_the_end_is_read() -> None:
    syntax = parse("f() {\n  if a; then\n    b")
    assert render(syntax.block) == "(function f {(if a then b)})"
    assert len(syntax.errors) == 1


def test_errors_inside_a_construct_leave_the_rest_of_it() -> None:
    syntax = parse("f() {\n  a\n  b )\n  c\n}\nd")
    assert render(syntax.block) == "(function f {a; b; <syntax error>; c}); d"


def test_one_mistake_is_one_error() -> None:
    syntax = parse("if a; then\n  b ) c\nfi )\ndone\nesac\n")
    assert [error.message for error in syntax.errors] == ["unexpected `)`"]


def test_many_errors_end_the_reading() -> None:
    syntax = parse("a & & b\n" * 1000)
    assert len(syntax.errors) == 50
    assert any(isinstance(node, Unknown) for node in walk_block(syntax.block))


def test_a_placeholder_is_quoted_as_it_was_written() -> None:
    script = "a; ) {{ x }}"
    assert parse(script, placeholders_of(script)).errors[0].message == "unexpected `)`"
    script = "if a; then b; fi {{ x }}"
    assert parse(script, placeholders_of(script)).errors[0].message == "unexpected `{{ x }}`"


def test_unclosed_here_document_is_a_warning() -> None:
    syntax = parse("cat <<END\na\n  END\nb\n")
    assert syntax.errors == ()
    (warning,) = syntax.warnings
    assert warning.message == "here-document never ends: expected a line that is exactly `END`"
    assert warning.span.start == 4
    assert warning.related is not None
    assert warning.label == "this line has spaces around it"


@needs_bash
def test_bash_only_warns_of_it() -> None:
    done = run("cat <<END\na\n", "-n")
    assert done.returncode == 0
    assert b"here-document" in done.stderr
