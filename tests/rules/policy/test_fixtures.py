"""Whole policies: what the provider's tests create is clean, what the guide gets wrong is found."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from syrupy.assertion import SnapshotAssertion

from ssmlint.engine import check_file
from ssmlint.files import parse, read
from ssmlint.packs import load_pack
from ssmlint.rule import Finding
from ssmlint.source import Source, decode
from ssmlint.tree import plain

POLICIES = Path(__file__).parents[3] / "fixtures/policies"
GOOD = sorted(POLICIES.glob("good/*"))
BAD = sorted(POLICIES.glob("bad/*"))
RULES = [rule for rule in load_pack("builtin", "ssmlint_rules").rules if rule.default]


@pytest.fixture(autouse=True)
def fixed_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")  # 2026-01-01


def findings(source: Source) -> list[Finding]:
    return check_file(read(source), RULES)


def load(path: Path) -> Source:
    return decode(path.read_bytes(), path.name)


def listed(found: list[Finding]) -> str:
    rows = []
    for finding in found:
        place = finding.source.lines.position(finding.span.start)
        where = f"{place.line + 1}:{place.column + 1}"
        rows.append(f"{where} {finding.severity.value} {finding.rule.name}: {finding.message}")
        rows += [f"    {finding.source.at(n.span)}: {n.message}" for n in finding.problem.related]
    return "\n".join(rows)


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_good_policy_is_clean(path: Path) -> None:
    source = load(path)
    assert read(source).policies
    assert listed(findings(source)) == ""


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_bad_policy(path: Path, snapshot: SnapshotAssertion) -> None:
    assert listed(findings(load(path))) == snapshot


def test_demonstration_has_a_finding_at_every_mistake() -> None:
    found = findings(load(POLICIES / "bad/demonstration.json"))
    assert len({finding.span for finding in found}) >= 12
    assert len({(finding.rule.name, finding.message) for finding in found}) == len(found)


def as_yaml(source: Source) -> Source:
    """The same policy in YAML."""
    writer = YAML(typ="safe")
    writer.version = (1, 1)
    stream = io.StringIO()
    writer.dump(plain(parse(source).roots[0]), stream)
    return Source(source.path.replace(".json", ".yaml"), stream.getvalue())


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_good_policy_is_clean_in_yaml(path: Path) -> None:
    source = as_yaml(load(path))
    assert read(source).policies
    assert listed(findings(source)) == ""


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_yaml_and_json_give_the_same_findings(path: Path) -> None:
    source = load(path)
    if parse(source).broken:
        pytest.skip("no JSON at all")
    said = [
        sorted((f.rule.name, f.message) for f in findings(s)) for s in (source, as_yaml(source))
    ]
    assert said[0] == said[1]
