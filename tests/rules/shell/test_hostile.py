"""Scripts that are long, repetitive or absurd neither crash a rule nor keep it busy."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssmlint.engine import check_file
from ssmlint.files import read
from ssmlint.packs import load_pack
from ssmlint.rule import INTERNAL_ERROR
from ssmlint.shell.scriptfacts import ShellScript, shell_scripts_of
from ssmlint.source import Source

RULES = [rule for rule in load_pack("builtin", "ssmlint_rules").rules if rule.on is ShellScript]
LINES = 1500

LONG = {
    "names": "variable_{i}=1; echo $variabel{i} ${{var_{i}_more}}",
    "one name": "x={i}; echo $x; x+=1",
    "functions": "f{i}() {{ f{j}; local y=1; echo $y; }}; export -f f{i}",
    "children": "bash -c 'echo $x{i}; eval \"echo $x{j}\"'; x{i}=1",
    "pipelines": "ls | while read a; do b{i}=$a; done; echo $b{i}",
    "traps": "trap 'trap \"eval x={i}\" EXIT; exit {i}' EXIT",
    "statuses": "date; echo x; if [ $? -ne 0 ]; then exit $?; fi; r{i}=$?",
    "parameters": "echo '{{{{ a }}}}' {{{{ a }}}} \"{{{{ a }}}}\"; bash -c '{{{{ a }}}}'",
    "codes": "# return {i}\necho 'Error code: 20{i}'; exit 20{j}",
    "stages": "case x in pre-script) f{i};; post-script) exit 20{j};; esac",
    "locks": "mysql -e 'FLUSH TABLES WITH READ LOCK'; mysql -e 'UNLOCK TABLES'",
    "lists": 'for t in $(lsblk -o MOUNTPOINTS); do [[ $t == *"/b{i}"* ]] && fsfreeze -f $t; done',
}


def document(text: str) -> Source:
    parameters = {
        "command": {"type": "String", "allowedValues": ["pre-script", "post-script", "dry-run"]},
        "a": {"type": "String"},
    }
    step = {"action": "aws:runShellScript", "name": "x", "inputs": {"runCommand": [text]}}
    whole = {"schemaVersion": "2.2", "parameters": parameters, "mainSteps": [step]}
    return Source("document.json", json.dumps(whole))


def crashes(text: str) -> list[str]:
    found = check_file(read(document(text)), RULES)
    return [finding.message for finding in found if finding.rule is INTERNAL_ERROR]


@pytest.mark.parametrize("line", LONG.values(), ids=LONG)
def test_long_scripts(line: str) -> None:
    lines = (line.format(i=i, j=(i * 7) % 500) for i in range(LINES))
    assert crashes("#!/bin/bash\n" + "\n".join(lines)) == []


PIECES = [
    *("$x", "${x:-$y}", "$(", ")", "`", "'", '"', "$((", "))", "{{ a }}", "<<EOF", "\nEOF\n", "\n"),
    *("if [ ", " ]; then ", "; fi", "f() {", "}", "trap 'exit 1' EXIT", "bash -c '", "export -f f"),
    *("case $x in", "pre-script)", ";;", "esac", "exit 20", "$?", "x=", "local x", "|", "&&", "||"),
    *("for t in $(lsblk -o MOUNTPOINTS); do", "done", "[[ $t == *", "]]", "# return 204", "&", ";"),
    *("mysql -e 'FLUSH TABLES WITH READ LOCK'", "read -r x", "\\", "#!/bin/bash", "\r", "é", "\0"),
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_any_jumble_of_shell(pieces: list[str]) -> None:
    assert crashes(" ".join(pieces)) == []


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_every_place_lies_in_the_script(pieces: list[str]) -> None:
    for script in shell_scripts_of(read(document(" ".join(pieces))).documents[0]):
        end = len(script.script.text)
        spans = [read.span for read in script.reads]
        spans += [write.span for write in script.writes]
        spans += [use.span for use in script.uses]
        assert all(0 <= span.start <= span.end <= end for span in spans)


def test_a_text_for_another_shell_is_found_letter_by_letter() -> None:
    text = "trap 'rm -f \"$LOCK\"' EXIT\nnohup bash -c 'echo $inner; f \"$inner\"' &\n"
    (script,) = shell_scripts_of(read(document(text)).documents[0])
    written = [script.written(read.span) for read in script.reads]
    assert written == ["$LOCK", "$inner", "$inner"]
    assert [script.written(use.span) for use in script.uses][2:] == [
        'rm -f "$LOCK"',
        "echo $inner",
        'f "$inner"',
    ]
