"""Loading rule packs."""

from __future__ import annotations

import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from ssmlint.packs import RULE_GROUP, announced, load_pack

RULE = '''
"""
## What it does
Reports nothing.
"""
from ssmlint.rule import Severity, rule
from ssmlint.source import Source

@rule("OWN{number}", "rule-{number}", Severity.INFO, on=Source)
def nothing(source):
    yield from ()
'''


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> str:
    """The name of an empty package of its own."""
    name = f"pack_{request.node.name}"
    (tmp_path / name).mkdir()
    (tmp_path / name / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    return name


def test_every_module_below_a_package_in_order_of_ids(package: str, tmp_path: Path) -> None:
    (tmp_path / package / "below").mkdir()
    (tmp_path / package / "b.py").write_text(RULE.format(number=101))
    (tmp_path / package / "below" / "a.py").write_text(RULE.format(number=100))
    (tmp_path / package / "imports.py").write_text(f"from {package}.b import nothing\n")
    pack = load_pack("own", package)
    assert [rule.id for rule in pack.rules] == ["OWN100", "OWN101"]
    assert pack.failures == ()


def test_a_module_that_fails_takes_no_other_along(package: str, tmp_path: Path) -> None:
    (tmp_path / package / "good.py").write_text(RULE.format(number=102))
    (tmp_path / package / "bad.py").write_text("import no_such_module\n")
    pack = load_pack("own", package)
    assert [rule.id for rule in pack.rules] == ["OWN102"]
    (failure,) = pack.failures
    assert failure.startswith(f"`{package}.bad`: ModuleNotFoundError: ")


def test_a_package_that_is_not_there() -> None:
    pack = load_pack("gone", "no_such_package")
    assert pack.rules == ()
    assert len(pack.failures) == 1


def test_packs_are_found_as_the_standard_library_finds_them() -> None:
    expected = {entry.name: entry.value for entry in entry_points(group=RULE_GROUP)}
    assert announced(sys.path) == expected
    assert expected["builtin"] == "ssmlint_rules"


def test_a_pack_announces_itself_by_an_entry_point(tmp_path: Path) -> None:
    (tmp_path / "ours-1.0.dist-info").mkdir()
    (tmp_path / "ours-1.0.dist-info" / "entry_points.txt").write_text(
        "[console_scripts]\nours = ours.cli:main\n\n"
        "[ssmlint.rules]\n; company rules\nours=ours.rules\nmore = ours.more [extra]\n"
    )
    (tmp_path / "other-1.0.dist-info").mkdir()
    folders = [str(tmp_path / "nowhere"), str(tmp_path)]
    assert announced(folders) == {"ours": "ours.rules", "more": "ours.more"}
