"""What is told of a place."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from ssmlint.source import Span
from ssmlint_lsp.hovering import Judged, hover
from tests.ssmlint_lsp.test_names import AUTOMATION
from tests.ssmlint_lsp.test_navigating import POLICY
from tests.ssmlint_lsp.writing import FORMS, SCRIPT, facts_of, literal, offset_of

NOW = datetime(2024, 2, 28, 17, 0, tzinfo=timezone.utc)


def shown(text: str, snippet: str, inside: str | None = None) -> tuple[str, str]:
    """What the hover is about, and what it says."""
    facts = facts_of(text)
    found = hover(facts, offset_of(text, snippet, inside), NOW)
    return ("", "") if found is None else (facts.file.source.at(found.span), found.text)


def script(text: str) -> str:
    return literal(f"#!/bin/bash\n{text}\n")


@pytest.mark.parametrize(
    ("snippet", "inside", "subject", "words"),
    [
        ("mainSteps", None, "mainSteps", "The steps, in the order they run."),
        ("inputs:", "inputs", "inputs", "Runs a shell script on Linux and macOS"),
        ("timeoutSeconds", None, "timeoutSeconds", "5 to 172800"),
        ("'120'", None, "'120'", "5 to 172800"),
        ("aws:runShell", None, "aws:runShellScript", "Runs a shell script"),
        ("allowedValues", None, "allowedValues", "The values that pass"),
        ("name: freeze", "name", "name", "**name** (string), required"),
        ("  folder:", "folder", "folder", "One parameter."),
        ("in {{ folder", "folder", "folder", "**folder**, parameter"),
        ("in {{ folder", "{{", "{{ folder }}", "default: /data"),
        ("'{{ command", "command", "command", "allowedValues: [pre-script"),
        ('$mount" ||', "mount", "mount", "local to `freeze`"),
        ('freeze "$mount"', "mount", "mount", "line 27: `for mount in {{ folder }} /data; do`"),
        ("STATE=", None, "STATE", "Always `/run/🧊state`."),
        ('freeze "$mount"', None, "freeze", "function, defined in line 22, named 1 time"),
        ("exit 201", "201", "201", "**exit code 201**: the pre script failed"),
        ("exit 201", None, "201", "the pre script failed"),
        ("fsfreeze -f", None, 'fsfreeze -f "$mount"', "stays until something releases it"),
    ],
)
def test_a_document(snippet: str, inside: str | None, subject: str, words: str) -> None:
    found = shown(literal(), snippet, inside)
    assert found[0] == subject
    assert words in found[1]


@pytest.mark.parametrize("form", FORMS)
def test_scripts_in_every_form(form: str) -> None:
    text = FORMS[form](SCRIPT)
    assert shown(text, "in {{ folder", "folder")[0] == "folder"
    assert "local to `freeze`" in shown(text, "froze ${mount}", "mount")[1]
    assert "the pre script failed" in shown(text, "exit 201", "201")[1]
    assert "fsfreeze(8)" in shown(text, "fsfreeze")[1]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("0", "success"),
        ("204", "a pre script came where a post script was expected"),
        ("194", "the agent reboots the instance and runs the step once more"),
        ("137", "ran into its timeout"),
        ("256", "success: only the low byte counts"),
    ],
)
def test_exit_codes(code: str, words: str) -> None:
    assert words in shown(script(f"exit {code}"), f"exit {code}", code)[1]


def test_exit_codes_by_the_comments_of_the_script() -> None:
    table = "# 7 - nothing\n# 201 - it was busy\n# 202 - it was gone\n# 203 - it was late\n"
    found = shown(script(f"{table}exit 201"), "exit 201", "201")[1]
    assert "By the comments of the script: `201 - it was busy`" in found


def test_exit_codes_mean_nothing_more_elsewhere() -> None:
    text = script("exit 201").replace("[pre-script, post-script, dry-run]", "[a, b]")
    assert shown(text, "exit 201", "201") == ("", "")


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("mysql -e 'FLUSH TABLES WITH READ LOCK'", "held by the client's session"),
        ("systemctl stop mysqld", "Takes hold of"),
        ("fsfreeze -u /data", "Lets go of (thaws, unlocks, resumes, starts) filesystem `/data`"),
        ("sudo fsfreeze -f /data", "filesystem `/data`"),
    ],
)
def test_what_commands_do(command: str, words: str) -> None:
    assert words in shown(script(command), command)[1]


@pytest.mark.parametrize(
    ("line", "snippet", "words"),
    [
        ("echo $AWS_SSM_INSTANCE_ID", "AWS_SSM", "Set by the agent"),
        ("echo $RANDOM", "RANDOM", "Set by bash"),
        ("echo $nobody", "nobody", "Not assigned in this script"),
    ],
)
def test_variables_that_nothing_assigns(line: str, snippet: str, words: str) -> None:
    assert words in shown(script(line), snippet)[1]


def test_a_function_with_its_comment() -> None:
    text = script("# Thaws what\n# pre-script froze.\nthaw() {\n  :\n}\nthaw")
    found = shown(text, "}\n        thaw", "thaw")[1]
    assert "Thaws what\npre-script froze." in found
    assert "#!/bin/bash" not in found


@pytest.mark.parametrize(
    ("snippet", "inside", "words"),
    [
        ("aws:executeAwsApi", None, "automation-action-executeAwsApi.html"),
        ("Api:", "Api", "**Api** (string), required"),
        ("{{ find.State", "find", "step of `aws:executeAwsApi`"),
        ("{{ find.State", "State", "output of step `find` (String)"),
        ("clean.Output", "Output", "output of step `clean` (String)"),
        ("variable:Count }}", "Count", "Count: {type: Integer, default: 0}"),
        ("{{ Instance", "Instance", "Instance: {type: String}"),
        ("onFailure", None, "What follows a failure"),
    ],
)
def test_a_runbook(snippet: str, inside: str | None, words: str) -> None:
    assert words in shown(AUTOMATION, snippet, inside)[1]


def test_names_in_braces_that_lead_nowhere() -> None:
    assert "`nobody` is not declared" in shown(script("echo {{ nobody }}"), "nobody")[1]
    text = script("echo {{ ssm:/my/name }}")
    assert shown(text, "ssm:")[1] == "**/my/name**, from Parameter Store"
    text = AUTOMATION.replace("{{ Instance }}", "{{ global:REGION }}")
    assert "Region that the automation runs in" in shown(text, "global")[1]


def test_schedules_say_when_they_fire_next() -> None:
    subject, words = shown(POLICY, "cron(0 18")
    assert subject == "cron(0 18 ? * WED *)"
    assert words.splitlines()[2:5] == [
        "- Wed 2024-02-28 18:00 UTC",
        "- Wed 2024-03-06 18:00 UTC",
        "- Wed 2024-03-13 18:00 UTC",
    ]
    once = POLICY.replace("cron(0 18 ? * WED *)", "cron(0 18 1 1 ? 2020)")
    assert shown(once, "cron(0")[1] == "This schedule never fires again."


def test_members_of_policies() -> None:
    assert "`PRE` before the snapshots" in shown(POLICY, "Stages")[1]
    assert "One of `PRE`, `POST`" in shown(POLICY, "[PRE", "PRE")[1]
    assert "Pre and post scripts need `INSTANCE`" in shown(POLICY, "ResourceTypes")[1]


def test_rules_by_their_names_and_over_what_they_found() -> None:
    text = "# ssmlint: ignore[undefined-variable]\n" + script("echo $nobody")
    subject, words = shown(text, "undefined-variable")
    assert subject == "undefined-variable"
    assert words.startswith("**SH101 undefined-variable** (warning)")
    at = text.index("nobody")
    judged = [Judged(Span(at - 1, at + 6), "SH101"), Judged(Span(0, 1), "SH102")]
    found = hover(facts_of(text), at, NOW, judged)
    assert found is not None
    own, _, page = found.text.partition("\n\n---\n\n")
    assert own.startswith("**nobody**, variable")
    assert page.startswith("**SH101")
    assert "SH102" not in page


@pytest.mark.parametrize("snippet", ["🧊 a", "#!/bin", "done"])
def test_where_there_is_nothing_to_say(snippet: str) -> None:
    assert shown(literal().replace("🧊 a", "|\n  🧊 a\n  b"), snippet) == ("", "")
