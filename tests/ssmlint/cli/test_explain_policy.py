"""`ssmlint explain-policy`: the account as people and as programs read it."""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.command import ssmlint

POLICIES = Path(__file__).parents[3] / "fixtures/policies"
SHOWN = [
    "own-document",
    "vss",
    "pre-script-only",
    "interval",
    "archive-by-count",
    "images-deprecated",
    "default-policy",
    "event-based",
    "stored",
]


@pytest.fixture(autouse=True)
def fixed_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")  # 2026-01-01
    monkeypatch.chdir(POLICIES)


@pytest.mark.parametrize("name", SHOWN)
def test_as_text(name: str, snapshot: SnapshotAssertion) -> None:
    result = ssmlint("explain-policy", f"good/{name}.json")
    assert (result.status, result.err) == (0, "")
    assert result.out == snapshot


def test_as_json(snapshot: SnapshotAssertion) -> None:
    result = ssmlint("explain-policy", "--output-format", "json", "good/own-document.json")
    assert result.json == snapshot


@pytest.mark.parametrize("path", sorted(POLICIES.glob("*/*.json")), ids=lambda path: path.stem)
def test_every_policy_that_can_be_read_is_explained(path: Path) -> None:
    result = ssmlint("explain-policy", str(path))
    if path.stem == "guide-quotes-missing":
        assert result.status == 2
        assert "`ssmlint check` says what is wrong with it" in result.err
    else:
        assert result.status == 0
        assert "None" not in result.out


def test_several_policies_and_standard_input() -> None:
    policy = (POLICIES / "good/vss.json").read_text()
    result = ssmlint("explain-policy", "-", stdin=f"[{policy}, {policy}]".encode())
    assert result.out.count("<stdin>: snapshot policy for instances") == 2


def test_a_schedule_with_an_interval_has_a_start() -> None:
    text = (POLICIES / "good/interval.json").read_text()
    timed = text.replace('"IntervalUnit": "HOURS"', '"IntervalUnit": "HOURS", "Times": ["09:00"]')
    out = ssmlint("explain-policy", "-", stdin=timed.encode()).out
    assert "fires: every 12 hours from 09:00 UTC" in out
    assert "2026-01-01 09:00" in out
    assert "2026-01-01 21:00" in out


@pytest.mark.parametrize("arguments", [["nowhere.json"], ["../README.md"], []])
def test_wrong_use(arguments: list[str]) -> None:
    result = ssmlint("explain-policy", *arguments)
    assert result.status == 2
    assert result.err.startswith("ssmlint: error: ")


def test_a_terminal_gets_no_escape_sequences() -> None:
    text = (POLICIES / "good/vss.json").read_text().replace("nightly", "night\\u001b[31mly")
    assert "\x1b" not in ssmlint("explain-policy", "-", stdin=text.encode()).out


def test_what_is_no_number_is_not_told_as_one(tmp_path: Path) -> None:
    policy = tmp_path / "policy.json"
    text = (POLICIES / "good/interval.json").read_text(encoding="utf-8")
    policy.write_text(text.replace('"Count": ', '"Count": 0.'), encoding="utf-8")
    assert "the last ? snapshots" in ssmlint("explain-policy", str(policy)).out
