"""What fixes write, and where they leave things alone; the pages show the rest."""

from __future__ import annotations

import json

import pytest

from ssmlint_rules.crons import meant_cron
from ssmlint_rules.patterns import anchored
from ssmlint_rules.policy_structure import accepted_form
from tests.rules.asking import ask, document, fixed, script


def bash(text: str) -> str:
    return script(f"#!/bin/bash\n{text}")


def mended(rule: str, text: str) -> str:
    """The script, with every fix of a rule made."""
    whole = bash("\0")
    head, tail = whole.split("\0")
    margin = " " * (len(head) - len(head.rstrip(" ")))
    after = fixed(rule, bash(text))
    assert after.startswith(head)
    assert after.endswith(tail)
    body = after[len(head) : len(after) - len(tail)]
    return "\n".join(line.removeprefix(margin) for line in body.split("\n"))


class TestScripts:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("f=$(cat x)\n[ -n $f ]", 'f=$(cat x)\n[ -n "$f" ]'),
            ("f=$(cat x)\nbash -c '[ -n $f ]'", "f=$(cat x)\nbash -c '[ -n \"$f\" ]'"),
            # The quotes would end those around it, or be taken away by the shell outside.
            ('f=$(cat x)\ntrap "[ -n \\$f ]" EXIT', 'f=$(cat x)\ntrap "[ -n \\$f ]" EXIT'),
        ],
    )
    def test_quotes_inside_of_quotes(self, text: str, expected: str) -> None:
        assert mended("unquoted-variable", text) == expected

    @pytest.mark.parametrize(
        "text",
        [
            "freeze() { date; }\nsudo freeze",
            "freeze() { date; }\ntimeout 3 freeze now",
            "freeze() { date; }\nssh host freeze",
        ],
    )
    def test_functions_that_no_shell_can_be_given(self, text: str) -> None:
        assert mended("function-behind-program", text) == text

    def test_a_function_is_exported_once(self) -> None:
        text = "freeze() { date; }\nexport -f freeze\ntimeout 3 freeze || nohup freeze"
        expected = text.replace("3 freeze", "3 bash -c freeze").replace("nohup", "nohup bash -c")
        assert mended("function-behind-program", text) == expected

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("a=(1 2)\necho $a", 'a=(1 2)\necho "${a[@]}"'),
            ('a=(1 2)\necho "$a"', 'a=(1 2)\necho "${a[@]}"'),
            ('a=(1 2)\necho "all: $a"', 'a=(1 2)\necho "all: $a"'),
            ("a=(1 2)\nb=$a\necho $b", "a=(1 2)\nb=$a\necho $b"),
        ],
    )
    def test_arrays_where_several_words_are_welcome(self, text: str, expected: str) -> None:
        assert mended("array-without-index", text) == expected

    def test_negative_codes_by_the_shell_that_runs(self) -> None:
        assert mended("invalid-exit-code", "exit -2") == "exit 254"
        fixes = [f.problem.fix for f in ask("invalid-exit-code", script("exit -2\n"))]
        assert [fix.safety.value for fix in fixes if fix] == ["unsafe"]

    def test_the_client_wherever_it_stands(self) -> None:
        text = "docker exec db psql -f x.sql || exit 1"
        expected = "docker exec db psql -v ON_ERROR_STOP=1 -f x.sql || exit 1"
        assert mended("sql-error-unnoticed", text) == expected

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            (
                "n=0\nls | while read -r x; do n=1; done\necho $n",
                "n=0\nwhile read -r x; do n=1; done < <(ls)\necho $n",
            ),
            (
                "n=0\nls |\n  sort | while read -r x; do n=1; done\necho $n",
                "n=0\nls |\n  sort | while read -r x; do n=1; done\necho $n",
            ),
            (
                "n=0\nls | while read -r x; do n=1; done < y\necho $n",
                "n=0\nls | while read -r x; do n=1; done < y\necho $n",
            ),
        ],
    )
    def test_loops_that_a_command_feeds(self, text: str, expected: str) -> None:
        assert mended("subshell-loses-assignment", text) == expected

    def test_the_language_is_set_behind_the_first_comments(self) -> None:
        text = "# says why\nm=$(mount 2>&1)\n[[ $m == *'no such file'* ]]"
        assert mended("locale-dependent-match", text) == (
            "# says why\nexport LC_ALL=C\nm=$(mount 2>&1)\n[[ $m == *'no such file'* ]]"
        )

    def test_an_arithmetic_is_no_name(self) -> None:
        text = "exit_code=0\n(( exit_coed = 1 ))\nexit $exit_code"
        assert mended("misspelled-assignment", text) == text


STAGES = "command:\n  type: String\n  allowedValues: [pre-script, post-script, dry-run]\n"


class TestStages:
    @pytest.mark.parametrize(
        "text",
        [
            # On one line, without a branch for each stage, with a branch for all.
            "case {{ command }} in pre-script) date ;; post-script|dry-run) date ;; esac",
            "case {{ command }} in\n  pre-script) date ;;\nesac",
            "case {{ command }} in\n  pre-script|post-script|dry-run) date ;;\n  *) date ;;\nesac",
        ],
    )
    def test_no_branch_is_added(self, text: str) -> None:
        whole = script(f"#!/bin/bash\n{text}\n", STAGES)
        assert fixed("unknown-stage-succeeds", whole) == whole

    def test_functions_that_a_watchdog_calls_go_along(self) -> None:
        text = (
            "#!/bin/bash\nsay() { echo $1; }\nthaw() { say now; fsfreeze -u /data; }\n"
            "case {{ command }} in\n  pre-script)\n"
            "    systemd-run --on-active=150 bash -c 'thaw' || exit 201\n"
            "    fsfreeze -f /data || exit 201 ;;\n"
            "  post-script) thaw || exit 202 ;;\n  *) exit 206 ;;\nesac\n"
        )
        after = fixed("idle-watchdog", script(text, STAGES))
        assert 'bash -c "$(declare -f thaw say); thaw"' in after


class TestDocuments:
    def test_a_key_goes_and_the_comment_stays(self) -> None:
        parameters = "a: {type: String, type: String} # why\n"
        expected = "a: {type: String} # why\n"
        text = document(parameters)
        assert fixed("duplicate-key", text) == text.replace(parameters, expected)

    def test_keys_with_different_values_stay(self) -> None:
        text = json.dumps({"schemaVersion": "2.2", "mainSteps": [], "a": 1})
        text = text.replace('"a": 1', '"a": 1, "a": 2')
        assert fixed("duplicate-key", text, "a.json") == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cron(0 9 * * 1-5)", "cron(0 9 ? * MON-FRI *)"),
        ("0 9 * * *", "cron(0 9 * * ? *)"),
        ("cron(0 9 1 * *)", "cron(0 9 1 * ? *)"),
        ("cron(0 9 * * 0,7)", "cron(0 9 ? * SUN,SUN *)"),
        ("cron(0 9 * * * *)", "cron(0 9 * * ? *)"),
        ("cron(0/15 9 * * *)", "cron(0/15 9 * * ? *)"),
        ("cron(0 9 1 * MON *)", None),
        ("cron(0 9 1 * 1)", None),
        ("cron(0 24 * * ? *)", None),
        ("cron(0 9 * * ? *)", None),
        ("rate(1 day)", None),
        ("", None),
    ],
)
def test_lines_of_crontab(text: str, expected: str | None) -> None:
    assert meant_cron(text) == expected


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("[a-z]+", "^[a-z]+$"),
        ("^[a-z]+", "^[a-z]+$"),
        ("a|b", "^(a|b)$"),
        ("^a|b$", "^(a|b)$"),
        ("(?i)a|b", "(?i)^(a|b)$"),
        ("a\\$", "^a\\$$"),
        ("(", None),
    ],
)
def test_patterns_for_whole_values(pattern: str, expected: str | None) -> None:
    assert anchored(pattern) == expected


@pytest.mark.parametrize(
    ("member", "pattern", "text", "expected"),
    [
        ("Times", "^([01]\\d|2[0-3]):[0-5]\\d$", "9:00", "09:00"),
        ("Times", "^([01]\\d|2[0-3]):[0-5]\\d$", "25:00", None),
        ("TargetAccounts", "^[0-9]{12}$", "1111 2222-3333", "111122223333"),
        ("TargetAccounts", "^[0-9]{12}$", "1111", None),
        ("TargetRegion", "^[a-z]+-[a-z]+-[0-9]$", "EU-West-1", "eu-west-1"),
        ("Description", "^[a-z]$", "A", None),
    ],
)
def test_forms_of_the_api(member: str, pattern: str, text: str, expected: str | None) -> None:
    assert accepted_form(member, pattern, text) == expected
