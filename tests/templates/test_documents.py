"""The templates as documents: what can be said of them without running them."""

from __future__ import annotations

import re
import subprocess
from typing import Any

import pytest
import re2
from ruamel.yaml import YAML

from tests.programs import require_program
from tests.templates.host import GUARD, STUBS, TEMPLATES, template_script

NAMES = sorted(path.stem for path in TEMPLATES.glob("*.yaml"))

every_template = pytest.mark.parametrize("name", NAMES)


def load(name: str) -> dict[str, Any]:
    document = YAML(typ="safe").load((TEMPLATES / f"{name}.yaml").read_text())
    assert isinstance(document, dict)
    return document


def without_comments(script: str) -> str:
    return "\n".join(line for line in script.splitlines() if not line.lstrip().startswith("#"))


def test_there_is_one_for_each_kind_of_application() -> None:
    assert NAMES == ["empty", "iris", "mongodb", "mysql", "postgresql"]


# --- the document -----------------------------------------------------------------------------


@every_template
def test_it_is_small_enough_for_the_service(name: str) -> None:
    assert (TEMPLATES / f"{name}.yaml").stat().st_size < 64 * 1024


@every_template
def test_it_has_what_data_lifecycle_manager_asks_for(name: str) -> None:
    document = load(name)
    assert document["schemaVersion"] == "2.2"
    command = document["parameters"]["command"]
    assert command["type"] == "String"
    assert command["allowedValues"] == ["pre-script", "post-script", "dry-run"]
    assert command["default"] == "dry-run"


@every_template
@pytest.mark.parametrize(
    ("execution", "allowed"),
    [
        ("None", True),
        ("0a1b2c3d-0000-4000-8000-00000000BEEF", True),
        ("", False),
        ("None'; reboot; '", False),
        ("0a1b2c3d-0000-4000-8000-00000000beef\n", False),
    ],
)
def test_an_execution_id_can_not_carry_commands(name: str, execution: str, allowed: bool) -> None:
    parameter = load(name)["parameters"]["executionId"]
    assert (re2.search(parameter["allowedPattern"], execution) is not None) is allowed
    assert re2.search(parameter["allowedPattern"], parameter["default"])


@every_template
def test_the_watchdog_waits_longer_than_the_step_may_take(name: str) -> None:
    (step,) = load(name)["mainSteps"]
    seconds = int(step["inputs"]["timeoutSeconds"])
    delay = re.search(r"^WATCHDOG_SECONDS=(\d+)$", template_script(name), re.MULTILINE)
    assert delay is not None
    assert 10 <= seconds <= 120 < int(delay[1])


# --- the script -------------------------------------------------------------------------------


@every_template
def test_the_shebang_is_the_very_first_line(name: str) -> None:
    assert template_script(name).startswith("#!/bin/bash\n")


@every_template
def test_bash_and_shellcheck_have_nothing_to_say(name: str) -> None:
    script = template_script(name)
    parsed = subprocess.run(
        [require_program("bash", package="bash"), "-n"], input=script, text=True, timeout=GUARD
    )
    assert parsed.returncode == 0
    checked = subprocess.run(
        [require_program("shellcheck", package="shellcheck"), "-"],
        input=script,
        text=True,
        capture_output=True,
        timeout=GUARD,
    )
    assert checked.stdout == ""


def test_the_stand_ins_of_the_tests_are_held_to_the_same() -> None:
    stubs = [str(path) for path in STUBS.iterdir() if path.suffix != ".md"]
    checked = subprocess.run(
        [require_program("shellcheck", package="shellcheck"), "-x", "-P", "SCRIPTDIR", *stubs],
        text=True,
        capture_output=True,
        timeout=GUARD,
    )
    assert checked.stdout == ""


@every_template
def test_its_table_of_exit_codes_is_what_it_exits_with(name: str) -> None:
    script = template_script(name)
    table = set(re.findall(r"^#   (\d+) +\w", script, re.MULTILINE))
    used = set(re.findall(r"\bexit (\d+)", without_comments(script)))
    assert table == {"0", "201", "202", "203", "204", "205", "206"}
    assert used == table - {"0"}


@every_template
def test_every_parameter_is_used_once_and_in_quotes(name: str) -> None:
    script = template_script(name)
    assert re.findall(r"^(\w+)='\{\{ (\w+) \}\}'$", script, re.MULTILINE) == [
        ("COMMAND", "command"),
        ("EXECUTION_ID", "executionId"),
    ]
    assert script.count("{{") == 2


@every_template
def test_it_is_short_enough_to_be_read(name: str) -> None:
    assert len(template_script(name).splitlines()) < 300


def functions(name: str) -> dict[str, str]:
    """The text of every function of a template, by name."""
    script = template_script(name)
    found = re.findall(r"^(\w+)\(\) (\{ .* \}|\{\n(?:.*\n)*?\})$", script, re.MULTILINE)
    assert found
    return dict(found)


@pytest.mark.parametrize("shared", ["log", "has_ended", "stop_unit", "rollback", "post_script"])
def test_what_all_have_in_common_is_the_same_in_all(shared: str) -> None:
    assert len({functions(name)[shared] for name in NAMES}) == 1


@pytest.mark.parametrize(
    "shared", ["may_be_frozen", "find_mount_points", "freeze_filesystems", "thaw_filesystems"]
)
def test_those_that_freeze_filesystems_do_it_the_same_way(shared: str) -> None:
    assert len({functions(name)[shared] for name in ("mysql", "postgresql", "empty")}) == 1
