"""A missing program is a visible skip at a desk and a failure in CI."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.programs import find_program, require_program


def test_a_program_on_the_path_is_found() -> None:
    assert Path(require_program("sh", package="dash")).name == "sh"


def test_a_program_in_a_system_folder_is_found_without_it_in_the_path(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "serverd"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setattr("tests.programs._SYSTEM_FOLDERS", (str(tmp_path),))
    assert find_program("serverd") == str(program)


def test_the_newest_postgresql_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for version in ("9.6", "15", "17"):
        program = tmp_path / version / "bin" / "clusterd"
        program.parent.mkdir(parents=True)
        program.write_text("#!/bin/sh\n")
        program.chmod(0o755)
    monkeypatch.setattr("tests.programs._POSTGRESQL_FOLDERS", f"{tmp_path}/*/bin")
    assert find_program("clusterd") == str(tmp_path / "17" / "bin" / "clusterd")


def test_a_missing_program_skips_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("SSMLINT_REQUIRE_PROGRAMS", raising=False)
    with pytest.raises(pytest.skip.Exception, match="apt-get install some-package"):
        require_program("no-such-program", package="some-package")


def test_a_missing_program_fails_where_programs_are_required(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSMLINT_REQUIRE_PROGRAMS", "1")
    with pytest.raises(pytest.fail.Exception, match="no-such-program"):
        require_program("no-such-program", package="some-package")
