"""Which of shellcheck's rules run, and that it is not started for nothing."""

from __future__ import annotations

import pytest

from ssmlint import engine
from ssmlint.errors import UserError
from ssmlint.packs import all_rules
from ssmlint.settings import Settings, enabled_rules, wants_shellcheck
from tests.ssmlint.external.asking import literal, names

DOCUMENT = literal("ls $1 `date`")


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (Settings(shellcheck=True, ignore=("SH", "SSM")), ["SC2086", "SC2006", "SC2046"]),
        (Settings(select=("shellcheck",)), ["SC2086", "SC2006", "SC2046"]),
        (Settings(select=("SSM301",), extend_select=("shellcheck/SC2006",)), ["SC2006"]),
        (Settings(select=("shellcheck/SC20",)), ["SC2086", "SC2006", "SC2046"]),
        (Settings(select=("shellcheck/SC208",)), ["SC2086"]),
        (Settings(select=("shellcheck",), ignore=("shellcheck/SC2086",)), ["SC2006", "SC2046"]),
        (Settings(select=("shellcheck/SC2086",), ignore=("shellcheck",)), ["SC2086"]),
        (Settings(select=("shellcheck",), ignore=("ALL",)), ["SC2086", "SC2006", "SC2046"]),
        (Settings(select=("shellcheck",), ignore=("shellcheck",)), []),
        (Settings(select=("SSM301",), shellcheck=True), []),
        (Settings(ignore=("shellcheck", "SH", "SSM"), shellcheck=True), []),
        (Settings(select=("ALL",), ignore=("SH", "SSM", "DLM")), []),
    ],
)
def test_what_runs(settings: Settings, expected: list[str]) -> None:
    assert names(engine.check(DOCUMENT, settings)) == expected
    assert wants_shellcheck(settings) or not expected


@pytest.mark.parametrize(
    ("selector", "hint"),
    [
        ("SC2086", "did you mean `shellcheck/SC2086`?"),
        ("shellcheck/2086", "did you mean `shellcheck/SC2086`?"),
        ("2086", "did you mean `shellcheck/SC2086`?"),
        ("shelcheck", "did you mean `shellcheck`?"),
    ],
)
def test_selectors_that_are_none(selector: str, hint: str) -> None:
    with pytest.raises(UserError) as error:
        enabled_rules(all_rules(), Settings(select=(selector,)))
    assert error.value.hint == hint


def test_nothing_is_started_unless_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def start(*_: object, **__: object) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr("subprocess.Popen", start)
    assert engine.check(DOCUMENT, Settings(select=("SSM301",))) == []
