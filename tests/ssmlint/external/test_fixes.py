"""Fixes: what they make of the file is the file that runs what shellcheck proposes."""

from __future__ import annotations

import pytest

from ssmlint.editing import edited
from ssmlint.rule import Safety
from ssmlint.source import Source
from tests.ssmlint.external.asking import heard, in_json, in_yaml, literal, script_of


def fixed(source: Source, code: int) -> Source:
    """The file with every fix for one code applied."""
    found = [f for f in heard(source) if f.rule.id == f"shellcheck/SC{code}"]
    fixes = [f.problem.fix for f in found if f.problem.fix is not None]
    assert all(fix.safety is Safety.UNSAFE for fix in fixes)
    edits = [edit for fix in fixes for edit in fix.edits]
    return Source(source.path, edited(source.text, edits))


@pytest.mark.parametrize(
    "source",
    [
        in_yaml("|\n          echo é $1 x"),
        in_yaml(">-\n          echo 😀\n          $1 x"),
        in_yaml("echo é $1 x"),
        in_yaml("echo 😀\n          $1 x"),
        in_yaml("'echo ''😀'' $1 x'"),
        in_yaml(r'"echo \u00e9 \"\" $1 x"'),
        in_yaml('"echo é \\\n          $1 x"'),
        in_yaml("a=1\n        - echo é $1 x"),
        in_json("x=1", 'echo "é\\"" $1 x', "date"),
    ],
)
def test_quotes_in_every_style(source: Source) -> None:
    before, mended = script_of(source), fixed(source, 2086)
    assert before.count("$1") == 1
    assert script_of(mended) == before.replace("$1", '"$1"')


def test_what_is_written_is_escaped_as_the_style_asks() -> None:
    assert '\\"$1\\"' in fixed(in_json("echo $1"), 2086).text
    assert '"echo \\"$1\\""' in fixed(in_yaml('"echo $1"'), 2086).text
    assert "'echo \"$1\"'" in fixed(in_yaml("'echo $1'"), 2086).text


def test_references_stay_as_they_are() -> None:
    assert 'ls "{{ x }}" "{{y}}"*' in fixed(literal("ls {{ x }} {{y}}*"), 2086).text


def test_a_scalar_gets_quotes_where_it_would_be_read_otherwise() -> None:
    source = in_yaml("$1/run x")
    assert script_of(fixed(source, 2086)) == '"$1"/run x'


@pytest.mark.parametrize(
    ("script", "titles"),
    [
        ("ls $1", ['write `"$1"`']),
        ("cd /srv", ["insert `|| exit`"]),
        ("x=`date`\nexport x", ["write `$(date)`"]),
        (f"ls $({'x' * 80} $1)", ['write `"$1"`']),
        (f"x=`{'x' * 80}`\nexport x", ["change it as shellcheck proposes"]),
    ],
)
def test_titles(script: str, titles: list[str]) -> None:
    fixes = [f.problem.fix for f in heard(literal(script), ignore=("shellcheck/SC2046",))]
    assert [fix.title for fix in fixes if fix is not None] == titles


def test_applied_until_nothing_is_left_to_fix() -> None:
    source = literal("cd /srv\nls $1 {{ x }} `date $2`\nif [ $1 = a ]; then rm -f $1/x; fi")
    for _ in range(5):
        codes = {int(f.rule.id[-4:]) for f in heard(source) if f.problem.fix is not None}
        if not codes:
            break
        source = fixed(source, min(codes))
    assert not codes
    assert script_of(source).splitlines()[1:3] == [
        "cd /srv || exit",
        'ls "$1" "{{ x }}" $(date "$2")',
    ]
