"""Statements: how commands are joined, grouped and chosen.

Each case is a script and what it is read as, in the notation of `render`.
"""

from __future__ import annotations

import pytest

from ssmlint.shell.syntax import parse
from tests.ssmlint.shell.corpus import placeholders_of
from tests.ssmlint.shell.render import render

LISTS = [
    ("a; b", "a; b"),
    ("a\nb", "a; b"),
    ("a & b &", "(a &); (b &)"),
    ("a && b || c", "((a && b) || c)"),
    ("a || b && c | d &", "(((a || b) && (pipe c | d)) &)"),
    ("a &&\n\n b", "(a && b)"),
    ("! a", "(not-pipe a)"),
    ("! a | b", "(not-pipe a | b)"),
    ("a | b |& c", "(pipe a | b 2>&1 | c)"),
    ("time -p a | b", "(pipe a | b)"),
    ("! time a", "(not-pipe a)"),
    ("a && ! b", "(a && (not-pipe b))"),
]

COMMANDS = [
    ('echo "a b" c', "echo 'a b' c"),
    ("x=1 y=2 cmd", "x=1 y=2 cmd"),
    ("x=1", "x=1"),
    ("x=", "x="),
    ("x+=1", "x+=1"),
    ("PATH=$PATH:/x run", "PATH=$PATH·:/x run"),
    ("a[1]=2 a[$i]+=3", "a[1]=2 a[$i]+=3"),
    ('a=(1 "2 3" $x)', "a=(1 '2 3' $x)"),
    ('a=([k]=v [$i]="w" u)', "a=([k]=v [$i]='w' u)"),
    ("a=(\n  1 # one\n  2\n)", "a=(1 2)"),
    (">f", " >f"),
    ("cmd >f 2>&1 </dev/null", "cmd >f 2>&1 </dev/null"),
    ("cmd &>f", "cmd &>f"),
    ("cmd >&2", "cmd >&2"),
    ('cmd 2>>log <<<"$x"', 'cmd 2>>log <<<"$x"'),
    ("exec {fd}>f 3<&-", "exec {fd}>f 3<&-"),
    ('cmd > "$dir/f"', "cmd >\"$dir\"·'/f'"),
    ("2>f cmd", "cmd 2>f"),
    ("cat <(a) >(b)", "cat <(a) >(b)"),
    ("echo if then fi", "echo if then fi"),
    ("echo {} \\; {a,b} ~/x *.txt [ab]", "echo {} ';' {a,b} ~/x *.txt [ab]"),
    ("find . -exec rm {} \\;", "find . -exec rm {} ';'"),
    ("a#b # c", "a#b"),
    ("echo \\\n  b", "echo b"),
    ('echo "a\\\nb"', "echo 'a'·'b'"),
    ("\\ls", "'l'·s"),
    ("echo a=b", "echo a=b"),
    ('let "x = y + 1" z++', "((x = y + 1, z++ | ?y ?z =x =z))"),
    ("((x++))", "((x++ | ?x =x))"),
    ("(( a > 0 && b[i] == 2 ))", "((a > 0 && b[i] == 2 | ?a ?b ?i))"),
    ('eval "$x"', 'eval "$x"'),
]

DECLARATIONS = [
    ("alias ll='ls -l' x=1", "alias ll=·'ls -l' x=1"),
    ("eval x=\\$$y z=1", "eval x=·'$'·$y z=1"),
    ("eval x=(1 2)", "<assignments as arguments of `eval`>"),
    ("x=(1 2)b c", "x='(1 2)'·b c"),
    ("local x y=1", "(local x y=1)"),
    ("export -f f g", "(export -f f g)"),
    ('export PATH="$PATH:/x" Y', "(export PATH=\"$PATH\"·':/x' Y)"),
    ("declare -A m=([a]=1)", "(declare -A m=([a]=1))"),
    ("readonly -a xs=(1 2) y", "(readonly -a xs=(1 2) y)"),
    ('unset x "a[1]"', "(unset x 'a[1]')"),
    ("typeset -i n", "(typeset -i n)"),
    ('export "$x"', '(export "$x")'),
    ("local x=$(cmd) >/dev/null", "(local x=$(cmd) >/dev/null)"),
    ("declare +x v", "(declare +x v)"),
]

CONDITIONS = [
    ("if a; then b; fi", "(if a then b)"),
    ("if a; then b; elif c; then d; else e; fi >log", "(if a then b elif c then d else e) >log"),
    ("if a\nthen\n  b\nfi", "(if a then b)"),
    ("if ! a; then b; fi", "(if (not-pipe a) then b)"),
    ("if (a) then b; fi", "(if (sub a) then b)"),
    ("if a; then b; fi; c", "(if a then b); c"),
    ("if a && b || c; then d; fi", "(if ((a && b) || c) then d)"),
]

LOOPS = [
    ('for x in a "b c" $d; do e; done', "(for x in a 'b c' $d do e)"),
    ("for x; do e; done", "(for x do e)"),
    ("for x do e; done", "(for x do e)"),
    ("for x\nin a\ndo e\ndone", "(for x in a do e)"),
    ("for x in; do e; done", "(for x in do e)"),
    ("for ((i=0; i<n; i++)); do e; done", "(for ((i=0 | =i; i<n | ?i ?n; i++ | ?i =i)) do e)"),
    ("for ((;;)) { e; }", "(for ((; ; )) do e)"),
    ("select x in a b; do e; done", "(for x in a b do e)"),
    ("while read -r x; do e; done <f", "(while read -r x do e) <f"),
    ("while a; b; do c; done", "(while a; b do c)"),
    ("until a; do b; done", "(until a do b)"),
    ("while read x; do :; done < <(cmd)", "(while read x do :) <<(cmd)"),
    ("a | while read x; do b; done", "(pipe a | (while read x do b))"),
]

CASE = [
    ("case $x in a) b;; esac", "(case $x [a: b ;;])"),
    (
        "case $x in a|b) c;; (d) e;& f*) g;;& *) h; esac",
        "(case $x [a | b: c ;;] [d: e ;&] [f*: g ;;&] [*: h ;;])",
    ),
    (
        'case "$1" in\n  start)\n    a\n    ;;\n  *)\n    b\nesac',
        '(case "$1" [start: a ;;] [*: b ;;])',
    ),
    ("case x in esac", "(case x)"),
    ('case $x in "a b") ;; a\\ b) ;; esac', "(case $x ['a b':  ;;] [a·' '·b:  ;;])"),
    ("case $x in +([0-9])) a;; esac", "(case $x [+([0-9]): a ;;])"),
    ("case $x in [a-z]*) a ;; ?) b ;; esac", "(case $x [[a-z]*: a ;;] [?: b ;;])"),
]

FUNCTIONS = [
    ("f() { a; }", "(function f {a})"),
    ("f () { a; } >log", "(function f {a} >log)"),
    ("function f { a; }", "(function f {a})"),
    ("function f() { a; }", "(function f {a})"),
    ("f() (a)", "(function f {(sub a)})"),
    ("f()\n{\n a\n}", "(function f {a})"),
    ("f() if a; then b; fi", "(function f {(if a then b)})"),
    ("my-f() { a; }; my-f", "(function my-f {a}); my-f"),
    ("f() { local x=$1; }", "(function f {(local x=$1)})"),
]

GROUPS = [
    ("{ a; b; } >f", "{a; b} >f"),
    ("( a; b ) 2>&1", "(sub a; b) 2>&1"),
    ("{ { a; } }", "{{a}}"),
    ("(a) | (b)", "(pipe (sub a) | (sub b))"),
    ("((a); b)", "(sub (sub a); b)"),
    ("coproc { a; }", "(coproc COPROC {a})"),
    ("coproc N { a; }", "(coproc N {a})"),
    ("coproc a b", "(coproc COPROC a b)"),
]

TESTS = [
    ('[ -n "$x" ]', '([ -n "$x")'),
    ('[ $a == "/" ]', "([ $a == '/')"),
    ("test -f f", "(test -f f)"),
    ("[ ! -f f ]", "([ (! -f f))"),
    ("[ a ]", "([ a)"),
    ("[ ]", "([)"),
    ('[ -z "$x" -o "$y" = 1 -a -f f ]', '([ (-z "$x" || ("$y" = 1 && -f f)))'),
    ("[ \\( a = b \\) ]", "([ a = b)"),
    ("[ ! a = b ]", "([ (! a = b))"),
    ("[[ -f f && ! -d g ]]", "([[ (-f f && (! -d g)))"),
    ('[[ $x == a* || $y != "b" ]]', "([[ ($x == a* || $y != 'b'))"),
    ("[[ $x =~ ^a(b|c)\\.d$ ]]", "([[ $x =~ ^a(b|c)·'.'·d$)"),
    ('[[ $x =~ "a b" ]]', "([[ $x =~ 'a b')"),
    ("[[ ( a || b ) && c ]]", "([[ ((a || b) && c))"),
    ("[[ a < b ]]", "([[ a < b)"),
    ("[[ -z $x ]] || a", "(([[ -z $x) || a)"),
    ("[[ $x ]]", "([[ $x)"),
    ("[[ $a -eq 1 &&\n $b -gt 2 ]]", "([[ ($a -eq 1 && $b -gt 2))"),
    ("[[ $x == @(a|b c) ]]", "([[ $x == @(a|b c))"),
    ('[ "$#" -lt 2 ] && exit', '(([ "$#" -lt 2) && exit)'),
    ("[ x", "[ x"),
    ("[ a b c d ]", "[ a b c d ]"),
]


@pytest.mark.parametrize(
    ("script", "expected"),
    [*LISTS, *COMMANDS, *DECLARATIONS, *CONDITIONS, *LOOPS, *CASE, *FUNCTIONS, *GROUPS, *TESTS],
)
def test_reads(script: str, expected: str) -> None:
    syntax = parse(script, placeholders_of(script))
    assert render(syntax.block) == expected
    assert syntax.errors == ()
    assert syntax.warnings == ()
