"""Words: quotes, expansions, here-documents and placeholders.

Each case is a script and what it is read as, in the notation of `render`.
"""

from __future__ import annotations

import pytest

from ssmlint.shell.syntax import parse
from tests.ssmlint.shell.corpus import placeholders_of
from tests.ssmlint.shell.render import render

EXPANSIONS = [
    ('echo $x ${x} "$x" "${x}"', 'echo $x ${x} "$x" "${x}"'),
    (
        'echo ${x:-d} ${x-} ${x:="a b"} ${x:+$y} ${x:?no x}',
        "echo ${x:-d} ${x-} ${x:='a b'} ${x:+$y} ${x:?no x}",
    ),
    (
        'echo ${#x} ${#a[@]} ${a[0]} ${a[@]} "${a[*]}" ${!x} ${!a[@]} ${!p*}',
        'echo ${#x} ${#a[@]} ${a[0]} ${a[@]} "${a[*]}" ${!x} ${!a[@]} ${!p*}',
    ),
    (
        "echo ${x#a} ${x##*/} ${x%.*} ${x%%b} ${x/a/b} ${x//a/b} ${x/#a} ${x/%a/b}",
        "echo ${x#a} ${x##*/} ${x%.*} ${x%%b} ${x/a/b} ${x//a/b} ${x/#a} ${x/%a/b}",
    ),
    (
        "echo ${x:1} ${x:1:2} ${x: -1} ${x^} ${x^^} ${x,,} ${x@Q}",
        "echo ${x:1} ${x:1:2} ${x: -1} ${x^} ${x^^} ${x,,} ${x@Q}",
    ),
    ("echo $1 ${10} $@ $* $# $? $$ $! $- $0 $10", "echo $1 ${10} $@ $* $# $? $$ $! $- $0 $1·0"),
    (
        'echo ${x:-$(a "b")} "${x:-"a b"}" ${x:-\'a b\'} "${x:-\'a\'}"',
        "echo ${x:-$(a 'b')} \"${x:-'a b'}\" ${x:-'a b'} \"${x:-''a''}\"",
    ),
    ('echo ${a[i+1]} ${a[$i]} ${m["k k"]}', 'echo ${a[i+1]} ${a[$i]} ${m["k k"]}'),
    ('echo $(a) "$(b "c")" $(a | b; c)', "echo $(a) \"$(b 'c')\" $((pipe a | b); c)"),
    ('echo `a` "`b \\"c\\"`" `a \\`b\\``', "echo `a` \"`b 'c'`\" `a `b``"),
    (
        'echo $((1 + x)) $((x = y * 2)) $((a[i]++)) "$(($x - ${y}))"',
        'echo $((1 + x | ?x)) $((x = y * 2 | ?y =x)) $((a[i]++ | ?a ?i =a)) "$(($x - ${y} | ?x ?y))"',
    ),
    ("echo $(( $(a) + x ))", "echo $(($(a) + x | ?x $(a)))"),
    ("echo $((a); b)", "echo $((sub a); b)"),
    ("echo $( (a) )", "echo $((sub a))"),
    ("echo $[1 + x]", "echo $((1 + x | ?x))"),
    ("echo ${A.B} ${AWS::Region} ${a::2} ${a b}", "echo {{A.B}} {{AWS::Region}} ${a::2} {{a b}}"),
    ('echo "a\\$b \\\\ \\" \\n"', "echo 'a$b \\ \" \\n'"),
    ("echo 'a\\n' $'a\\n\\x41' $\"b\"", "echo 'a\\n' 'a⏎A' 'b'"),
    ("echo a'b'\"c\"$d", "echo a·'b'·'c'·$d"),
    ("echo \"\" ''", "echo '' ''"),
    ('echo $ "$" a$', "echo $ '$' a$"),
    ("x=$(<f)", "x=$( <f)"),
    ("echo ${x:-{{ y }}}", "echo ${x:-{{y}}}"),
    ('echo "$(echo "$(echo "$x")")"', 'echo "$(echo "$(echo "$x")")"'),
]

HEREDOCS = [
    ("cat <<-E\n\t$x\n\tE", "cat <<-\"$x\"·'⏎'"),
    ("cat <<E\na\\\nE\nE", "cat <<'a'·'E⏎'"),
    ("cat <<E\na $x\nE\nb", "cat <<'a '·\"$x\"·'⏎'; b"),
    ('cat <<"E"\na $x\nE', "cat <<!'a $x⏎'"),
    ("cat <<\\E\n$x\nE", "cat <<!'$x⏎'"),
    ("cat <<-E\n\ta\n\t\tb $x\n\tE", "cat <<-'a⏎b '·\"$x\"·'⏎'"),
    ("cat <<A <<B; c\n1\nA\n2\nB\nd", "cat <<'1⏎' <<'2⏎'; c; d"),
    ("cat <<E | b && c >f\na\nE", "((pipe cat <<'a⏎' | b) && c >f)"),
    ("if a <<E; then\nb\nE\n  c\nfi", "(if a <<'b⏎' then c)"),
    ("x=$(cat <<E\na\nE\n)", "x=$(cat <<'a⏎')"),
    ('cat <<E\n`a` $(b) \\$c \\"d\\" "e"\nE', 'cat <<"`a`"·\' \'·"$(b)"·\' $c \\"d\\" "e"⏎\''),
    ("cat <<E >f\n\nE", "cat <<'⏎' >f"),
    ("while read x; do a; done <<E\nb\nE", "(while read x do a) <<'b⏎'"),
    ("f() { cat <<E\na\nE\n}", "(function f {cat <<'a⏎'})"),
    ("mysql <<E &\na\nE", "(mysql <<'a⏎' &)"),
]

PLACEHOLDERS = [
    ("x={{ command }}", "x={{command}}"),
    ("echo \"{{ a }} b\" '{{ b }}' {{ c }}d", 'echo "{{a}}"·\' b\' "{{b}}" {{c}}·d'),
    ("{{ command }} a", "{{command}} a"),
    ("case {{ x }} in a) b;; esac", "(case {{x}} [a: b ;;])"),
    ("echo $(( {{ n }} + 1 ))", "echo $(({{ n }} + 1 | {{n}}))"),
    ("cat <<E\n{{ a }} b\nE", "cat <<\"{{a}}\"·' b⏎'"),
    ("for x in {{ a }}; do b; done", "(for x in {{a}} do b)"),
    ('[ "{{ a }}" = b ]', '([ "{{a}}" = b)'),
    ("a=({{ x }} 1)", "a=({{x}} 1)"),
    ("{{ a }}{{ b }}", "{{a}}·{{b}}"),
    ("x{{ a }}=1", "x·{{a}}·=1"),
    ("echo ${x:-{{ y }}}", "echo ${x:-{{y}}}"),
    ("# {{ a }}", ""),
    ("echo \\{{ a }}", "echo {{a}}"),
]


@pytest.mark.parametrize(("script", "expected"), [*EXPANSIONS, *HEREDOCS, *PLACEHOLDERS])
def test_reads(script: str, expected: str) -> None:
    syntax = parse(script, placeholders_of(script))
    assert render(syntax.block) == expected
    assert syntax.errors == ()
    assert syntax.warnings == ()
