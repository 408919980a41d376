"""Exit codes: reserved, invalid, overwritten, masked, and at odds with what is written."""

from __future__ import annotations

import pytest

from ssmlint.shell.exits import mentioned_codes
from tests.rules.asking import fixed, messages, places, script
from tests.rules.freeze.dlm import dlm, stages


def found(rule: str, text: str) -> list[str]:
    return [place for _, place in places(rule, script(f"#!/bin/bash\n{text}"))]


def in_dlm(rule: str, text: str) -> list[str]:
    return [place for _, place in places(rule, dlm(text))]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("exit 256", "a success"),
        ("exit 300", "it arrives as 44"),
        ("exit 3010", "is 194: the agent reboots"),
        ("exit 137", "ran into its timeout"),
        ("CODE=512\nexit $CODE", "a success"),
        ("fail() { exit $1; }\nfail 261", "it arrives as 5"),
        ("fail() { local code=$2; exit $code; }\nfail x 261", "it arrives as 5"),
    ],
)
def test_codes_with_a_meaning_of_their_own(text: str, what: str) -> None:
    (message,) = messages("reserved-exit-code", script(f"#!/bin/bash\n{text}"))
    assert what in message


@pytest.mark.parametrize("text", ["exit 194", "exit 168", "exit 1", "(exit 256)", "x=$(exit 256)"])
def test_codes_that_may_be_meant(text: str) -> None:
    assert found("reserved-exit-code", text) == []


def test_no_pre_post_script_means_to_reboot() -> None:
    assert in_dlm("reserved-exit-code", "exit 194") == ["194"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("exit -1", ["-1"]),
        ("exit abc", ["abc"]),
        ("exit 1 2", ["exit 1 2"]),
        ("exit $missing", ["exit $missing"]),
        ("exit", []),
        ("exit 0", []),
        ("exit $?", []),
        ('exit "$1"', []),
        ("code=3\nexit $code", []),
        ("exit $((1 + 1))", []),
    ],
)
def test_what_is_no_exit_code(text: str, places: list[str]) -> None:
    assert found("invalid-exit-code", text) == places


LOOP = "code=0\nfor t in a b; do\n{}\ndone\nexit $code"


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("fsfreeze -u $t; code=$?", 1),
        ("if f $t; then code=201; else code=204; fi", 1),
        ("if ! f $t; then code=201; fi", 0),
        ("f $t || code=$?", 0),
        ("if f $t; then code=201; break; else code=204; break; fi", 0),
        ("if [ $code -eq 0 ]; then code=201; else code=204; fi", 0),
        ("fsfreeze -u $t; code=$?; [ $code -eq 0 ] || break", 0),
        ("f $t; code=$((code | $?))", 0),
    ],
)
def test_codes_that_a_later_turn_overwrites(body: str, count: int) -> None:
    assert len(found("exit-code-overwritten", LOOP.format(body))) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("mkfs /dev/x\necho done", 1),
        ("mkfs /dev/x\nrm -f /tmp/x\nexit 0", 1),
        ("tar cf - / | gzip > x.gz\necho done\nexit", 1),
        ("sudo mkfs /dev/x\nexit 0", 1),
        ("mkfs /dev/x || exit 1\necho done", 0),
        ("set -e\nmkfs /dev/x\necho done", 0),
        ("trap 'exit 1' ERR\nmkfs /dev/x\necho done", 0),
        ("mkfs /dev/x\nif [ $? -ne 0 ]; then exit 1; fi\necho done", 0),
        ("cat /etc/fstab\necho done", 0),
        ("f() { exit 1; }\nf\necho done", 0),
        ("mkfs /dev/x\necho done > /tmp/marker", 0),
        ("echo only", 0),
        ("mkfs /dev/x", 0),
    ],
)
def test_work_whose_failure_nobody_sees(text: str, count: int) -> None:
    assert len(found("masked-exit-code", text)) == count


def test_the_shebang_may_bring_errexit() -> None:
    assert found("masked-exit-code", "") == []
    text = script("#!/bin/bash -e\nmkfs /dev/x\necho done")
    assert places("masked-exit-code", text) == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Return Error Code: 204", [204]),
        ("# return 201 if it fails", [201]),
        ("exits with 202, not with code 205", [202, 205]),
        ("status code=206", [206]),
        ("copies 204 files", []),
        ("error 204", []),
    ],
)
def test_codes_that_a_text_mentions(text: str, codes: list[int]) -> None:
    assert [code for code, _ in mentioned_codes(text)] == codes


TABLE = "# 1 pre failed - 201\n# 2 post failed - 202\n# 3 not ready - 206\n"


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (f"{TABLE}exit 201", ["202", "206"]),
        (f"{TABLE}R=206\nfail() {{ exit $1; }}\nfail 202\nexit 201 # exit $R", []),
        (f"{TABLE}echo template", []),
        (f"{TABLE}exit $((200 + $1))", ["201", "202", "206"][3:]),
        ("# 201: pre failed\n# 202: post failed\n# 206: not ready\nexit 201", ["202", "206"]),
        ("# only 206 - not ready\nexit 201", []),
    ],
)
def test_promised_codes(text: str, rows: list[str]) -> None:
    assert in_dlm("exit-code-never-used", text) == rows


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("echo 'Error Code: 204'\nexit 205", ["205"]),
        ("printf 'return 201'\nx=1\nexit 202", ["202"]),
        ("log 'ERROR: broken'\nexit 0", ["0"]),
        ("echo 'ERROR: broken'\nexit 0", ["0"]),
        ("echo 'INFO: fine'\nexit 0", []),
        ("echo 'Error Code: 204'\nexit 204", []),
        ("echo 'Error Code: 204'\nif a; then exit 205; fi", []),
        ("# return 204\nif a; then exit 205; fi", ["204"]),
        ("# return 204\necho broken\nexit 205", ["204"]),
        ("# return 204\nif a; then exit 204; else exit 205; fi", []),
        ("# return 204 or return 205\nif a; then exit 206; fi", []),
        ("# return 204\n\nexit 205", []),
    ],
)
def test_codes_at_odds_with_words(text: str, places: list[str]) -> None:
    assert in_dlm("exit-code-mismatch", text) == places


def test_codes_outside_of_pre_post_documents_are_free() -> None:
    text = f"{TABLE}echo 'Error Code: 204'\nexit 207"
    for rule in ("exit-code-mismatch", "exit-code-never-used", "undocumented-exit-code"):
        assert found(rule, text) == []


@pytest.mark.parametrize(
    ("pre", "post", "functions", "places"),
    [
        ("exit 202", "exit 202", "", ["202"]),
        ("exit 201", "exit 204", "", ["204"]),
        ("f", "true", "f() { exit 205; }", ["205"]),
        ("trap 'exit 202' TERM", "true", "", ["202"]),
        ("exit 201", "exit 202", "", []),
        ("exit 206", "exit 206", "", []),
    ],
)
def test_codes_of_the_other_stage(pre: str, post: str, functions: str, places: list[str]) -> None:
    assert in_dlm("exit-code-of-other-stage", stages(pre, post, functions)) == places


def test_a_step_gets_the_longest_time_that_a_policy_waits() -> None:
    text = dlm("date")
    assert "  inputs:\n      timeoutSeconds: '120'\n" in fixed("timeout-missing", text)
    late = text.replace("  inputs:\n", "  inputs:\n      timeoutSeconds: 600\n")
    assert [place for _, place in places("timeout-missing", late)] == ["600"]
    soon = text.replace("  inputs:\n", "  inputs:\n      timeoutSeconds: '{{ limit }}'\n")
    assert places("timeout-missing", soon) == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("f() { return 2006; }\nf", ["return 2006"]),
        ("f() { return 206; }\nf", []),
        ("f() { return; }\nf", []),
        ("bad=300\nf() { return $bad; }\nf", ["return $bad"]),
    ],
)
def test_codes_of_functions_fit_into_a_byte(text: str, codes: list[str]) -> None:
    assert found("reserved-exit-code", text) == codes


def test_codes_of_the_agent_come_from_functions_too() -> None:
    text = "rc=0\nwork || rc=$?\nexit $rc"
    functions = "work() { fsfreeze -f /data || return 194; }"
    assert in_dlm("reserved-exit-code", stages(text, functions=functions)) == ["return 194"]
    assert found("reserved-exit-code", f"{functions}\n{text}") == []
