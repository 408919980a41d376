"""GNU bash itself judges: what it accepts, how it prints what it read, what words mean."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest

from ssmlint.shell.statements import Command, Function, Unknown, walk_block
from ssmlint.shell.syntax import parse
from tests.ssmlint.shell.canonical import canonical
from tests.ssmlint.shell.corpus import PublishedScript, published_scripts
from tests.ssmlint.shell.oracle import needs_bash, objection, run
from tests.ssmlint.shell.render import render
from tests.ssmlint.shell.test_statements import (
    CASE,
    COMMANDS,
    CONDITIONS,
    DECLARATIONS,
    FUNCTIONS,
    GROUPS,
    LISTS,
    LOOPS,
    TESTS,
)
from tests.ssmlint.shell.test_words_read import EXPANSIONS, HEREDOCS

pytestmark = needs_bash

EXAMPLES = [
    script
    for group in (
        *(LISTS, COMMANDS, DECLARATIONS, CONDITIONS, LOOPS, CASE, FUNCTIONS, GROUPS, TESTS),
        *(EXPANSIONS, HEREDOCS),
    )
    for script, _ in group
]


def published() -> list[Any]:
    return [
        pytest.param(script, id=f"{script.origin}-{number}")
        for number, script in enumerate(published_scripts())
    ]


@pytest.mark.parametrize("script", published())
def test_published_scripts_are_read_whole(script: PublishedScript) -> None:
    if objection(script.substituted):
        pytest.skip("bash does not take it")
    syntax = script.parse()
    assert syntax.errors == ()
    assert not any(isinstance(node, Unknown) for node in walk_block(syntax.block))


@pytest.mark.parametrize("script", EXAMPLES)
def test_examples_are_correct_bash(script: str) -> None:
    assert objection(script, "-O", "extglob") == ""


#: bash 5.2 prints the name of such a coprocess twice.
_PRINTED_WRONG = "coproc a"


@pytest.mark.parametrize(
    "script",
    [
        *(script for script in EXAMPLES if not script.startswith(_PRINTED_WRONG)),
        *(script.substituted for script in published_scripts()),
    ],
)
def test_bash_prints_what_we_read(script: str) -> None:
    """`declare -f` prints a function from bash's own tree; both texts must read the same."""
    wrapped = f"f() {{\n{script}\n}}\n"
    read = parse(wrapped)
    assert [type(statement) for statement in read.block] == [Function]
    printed = run(f"{wrapped}declare -f f\n", "-O", "extglob").stdout.decode()
    again = parse(printed)
    assert render(canonical(again.block)) == render(canonical(read.block))


_PIECES = (
    *("a", "b c", '"', "'", "\\", "$'", "\\n", "\\x41", "\\'", '\\"', "$", "$ ", "#", "{", "}"),
    *("*", "?", "[", "]", "~", "é", "=", "!", "\\\n", "\n", "\t", ";", "|", "&", "(", ")", "<"),
    *(">", "\\\\", "`", "\\`", "%", "\\101", "\\u00e9", "\\cA", " ", '$"', "x=1", "^", "@(", "1"),
)


def _literal_commands(seed: int, count: int) -> list[tuple[str, list[str]]]:
    """Random commands of literal words, with the words as we read them."""
    chance = random.Random(seed)
    found: list[tuple[str, list[str]]] = []
    while len(found) < count:
        text = "p " + "".join(chance.choices(_PIECES, k=chance.randint(1, 7)))
        syntax = parse(text + "\n\n")
        if syntax.errors or syntax.warnings or syntax.comments or len(syntax.block) != 1:
            continue
        command = syntax.block[0]
        if not isinstance(command, Command) or command.redirects or command.assignments:
            continue
        words = [word.literal for word in command.words]
        if words[0] == "p":
            known = [word for word in words if word is not None]
            if len(known) == len(words):
                found.append((text, known[1:]))
    return found


@pytest.mark.parametrize("seed", range(4))
def test_literal_words_mean_the_same(seed: int) -> None:
    commands = _literal_commands(seed, 500)
    prelude = "set -f +BH; HOME='~'; p() { printf '%s\\0' \"$#\" \"$@\"; }\n"
    printed = run(prelude + "".join(f"{text}\n\n" for text, _ in commands)).stdout.decode()
    fields_left = iter(printed.split("\0"))
    for text, words in commands:
        number = int(next(fields_left))
        assert (text, [next(fields_left) for _ in range(number)]) == (text, words)


# Without backquotes, `$((` and `$(` in here-documents, whose inside `bash -n` does not look
# at, and without `for ((`, after which it forgets the rest of a broken script.
_SCRIPTS = (
    """\
start=$(date +%s)
freeze() {
    for target in $(lsblk -nlo MOUNTPOINT | sort); do
        if [ "$target" = "/" ] || [[ $target == *boot* ]]; then continue; fi
        message=$(fsfreeze -f "$target" 2>&1)
        if [ $? -ne 0 ]; then
            echo "ERROR: $target: ${message:-unknown}" >&2
            return 201
        fi
    done
}
case "$1" in
    pre-script) freeze || exit $? ;;
    post-script|thaw)
        thaw
        ;;
    *) exit 1 ;;
esac
echo "took $seconds seconds"
""",
    """\
set -euo pipefail
trap 'echo "line $LINENO"' ERR
names=(alpha "beta gamma" [5]=delta)
while IFS= read -r line; do
    [[ $line =~ ^([a-z]+)=(.*)$ ]] && echo "${BASH_REMATCH[1]}"
done < <(printf '%s\\n' "${names[@]}")
cat <<EOF | mysql -u root && echo done
FLUSH TABLES; -- $HOSTNAME {
EOF
until (( tries++ > 3 )); do { sleep 1; ping -c1 host; } && break; done &
for i in "${!names[@]}"; do ( cd /tmp; ls "${names[i]}" ); done
if ! systemctl is-active --quiet db; then start_db; elif test -f x; then :; else exit 3; fi
""",
)
_TOKENS = re.compile(r"\b(?:fi|done|esac|then|do|in|else|if|case|for)\b|;;|&&|\|\||[{}()\"';|&]")


def _mutations(seed: int, count: int) -> list[str]:
    """Scripts with one or two small mistakes: a token or character lost or doubled."""
    chance = random.Random(seed)
    scripts = []
    for _ in range(count):
        script = chance.choice(_SCRIPTS)
        for _ in range(chance.randint(1, 2)):
            tokens = list(_TOKENS.finditer(script))
            token = chance.choice(tokens)
            at = chance.randrange(len(script))
            script = chance.choice(
                (
                    script[: token.start()] + script[token.end() :],
                    script[: token.end()] + token[0] + script[token.end() :],
                    script[:at] + script[at + 1 :],
                    script[:at] + chance.choice(tokens)[0] + script[at:],
                )
            )
        # bash takes `done[[ ... ]]` for the element of an array that is nowhere assigned.
        if not re.search(r"\w\[\[", script):
            scripts.append(script)
    return scripts


@pytest.mark.parametrize("seed", range(4))
def test_mistakes_are_seen_where_bash_sees_one(seed: int) -> None:
    for script in _mutations(seed, 100):
        said = objection(script)
        assert (script, bool(parse(script).errors)) == (script, bool(said))
