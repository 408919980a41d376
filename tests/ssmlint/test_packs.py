"""Loading rule packs."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssmlint.packs import load_pack

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
