"""Hints behind lines, and lenses above stages."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from ssmlint.source import Span
from ssmlint_lsp.hinting import hints
from ssmlint_lsp.lensing import lenses, title
from tests.ssmlint_lsp.test_names import AUTOMATION
from tests.ssmlint_lsp.test_navigating import POLICY
from tests.ssmlint_lsp.writing import FORMS, SCRIPT, facts_of, literal

NOW = datetime(2024, 2, 28, 17, 0, tzinfo=timezone.utc)

STAGES = """\
#!/bin/bash
freeze() {
    fsfreeze -f /data || exit 201
    fsfreeze -f /logs || exit 201
}
thaw() {
    fsfreeze -u /logs || exit 202
    fsfreeze -u /data || exit 202
}
case "{{ command }}" in
    pre-script) freeze ;;
    post-script) thaw ;;
    dry-run) echo "nothing is done" ;;
    *) exit 1 ;;
esac
"""


def hinted(text: str, within: Span | None = None) -> list[tuple[str, str]]:
    facts = facts_of(text)
    return [(facts.file.source.at(hint.span), hint.label) for hint in hints(facts, NOW, within)]


@pytest.mark.parametrize("form", FORMS)
def test_exit_codes_say_what_they_mean(form: str) -> None:
    text = FORMS[form](SCRIPT)
    assert hinted(text) == [("201", "the pre script failed")]
    assert hinted(text, Span(0, 40)) == []


def test_timeouts_say_what_takes_effect() -> None:
    assert hinted(literal("#!/bin/bash\n")) == []
    text = literal("#!/bin/bash\n").replace("'120'", "3")
    assert hinted(text) == [("3", "3600 s")]
    text = text.replace("timeoutSeconds: 3", "workingDirectory: /")
    assert hinted(text) == [("aws:runShellScript", "timeout 3600 s")]
    assert hinted(literal("#!/bin/bash\n").replace("'120'", "'{{ folder }}'")) == []
    assert hinted(AUTOMATION) == []


def test_policies_say_how_long_they_wait_and_when_they_fire() -> None:
    arn = "arn:aws:ssm:eu-west-1:123456789012:document/freeze-it"
    assert hinted(POLICY) == [
        ("cron(0 18 ? * WED *)", "next Wed 2024-02-28 18:00 UTC"),
        ("freeze-it", "timeout 10 s"),
        (f'"{arn}"', "timeout 10 s"),
    ]
    assert (
        "timeout"
        not in str(hinted(POLICY.replace("Stages:", "ExecutionTimeout: 60, Stages:")))[:90]
    )


def looked(text: str) -> list[tuple[str, str]]:
    facts = facts_of(text)
    source = facts.file.source
    return [(source.at(lens.span), title(facts, lens.stage)) for lens in lenses(facts)]


def test_stages_say_how_they_can_end() -> None:
    assert looked(literal(STAGES)) == [
        ("freeze", "pre-script ends with 0 or 201 (3 ways); 1 of them leaves filesystem held"),
        ("thaw", "post-script ends with 0 or 202 (3 ways)"),
        ("dry-run", "dry-run ends with 0 (1 way)"),
    ]


@pytest.mark.parametrize("form", FORMS)
def test_lenses_stand_where_the_stages_begin(form: str) -> None:
    text = FORMS[form](STAGES)
    facts = facts_of(text)
    assert [facts.file.source.at(lens.span) for lens in lenses(facts)] == [
        "freeze",
        "thaw",
        "dry-run",
    ]


def test_what_can_not_be_followed_says_why() -> None:
    ((_, words), *_) = looked(literal('#!/bin/bash\neval "$(cat /x)"\n'))
    assert words.startswith("pre-script: ")


@pytest.mark.parametrize(
    "text", [AUTOMATION, POLICY, literal("#!/bin/bash\nif\n"), literal(""), "a: b"]
)
def test_other_files_have_no_lenses(text: str) -> None:
    assert looked(text) == []
