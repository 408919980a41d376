"""Calls of functions that are not there, beside what the pages show."""

from __future__ import annotations

import pytest

from tests.rules.asking import messages, script


def early(text: str) -> list[str]:
    return messages("function-not-yet-defined", script(f"#!/bin/bash\n{text}"))


def misspelled(text: str) -> list[str]:
    return messages("misspelled-function", script(f"#!/bin/bash\n{text}"))


@pytest.mark.parametrize(
    "text",
    [
        "main() { step; }\nstep() { date; }\nmain",
        "if [ -e /x ]; then work() { date; }; fi\ngo",
        ". /opt/app/functions.sh\ngo\ngo() { date; }",
        'eval "$code"\ngo\ngo() { date; }',
        "curl -O http://x\ncurl() { command curl -sS; }",
        "work() { date; }\ngo\ngo() { uptime; }",
        "trap leave EXIT\nleave() { date; }",
    ],
)
def test_a_function_that_is_there_in_time_may_be_called(text: str) -> None:
    assert early(text) == []


def test_each_function_is_reported_once() -> None:
    assert len(early("work\nwork\nwork() { date; }")) == 1


def test_a_call_in_a_loop_or_subshell_comes_too_early_as_well() -> None:
    assert len(early("for x in 1 2; do (work $x); done\nwork() { date; }")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "pgsql() { sudo -u postgres psql; }\npsql -c 'select 1'",
        "pg_dump_all() { date; }\npg_dumpall",
        "log() { echo; }\nlogs",
        "freeze_all() { date; }\ncommand -v freeze_al && freeze_al",
        "freeze_all() { date; }\ncp x /usr/local/bin/freeze_al\nfreeze_al",
        "freeze_all() { date; }\nalias freeze_al=freeze_all\nfreeze_al",
        ". /opt/app/functions.sh\nfreeze_all() { date; }\nfreeze_al",
        "freeze_one() { date; }\nfreeze_all() { date; }\nfreeze_all",
        "docker exec app sh -c 'freeze_al'\nfreeze_all() { date; }",
    ],
)
def test_what_may_be_a_program_is_left_alone(text: str) -> None:
    assert misspelled(text) == []


def test_a_slip_in_a_child_shell_is_found() -> None:
    text = "thaw_all() { date; }\nexport -f thaw_all\nnohup bash -c 'sleep 9; thaw_all_' &"
    assert len(misspelled(text)) == 1
