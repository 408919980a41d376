"""The checking process without the process: what it is told and what it tells."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ssmlint import files
from ssmlint.interruption import Interrupted, interruptible
from ssmlint_lsp.checking import session
from ssmlint_lsp.checking.session import Session
from ssmlint_lsp.messages import (
    Check,
    Checked,
    Closed,
    Documents,
    How,
    Mend,
    Mended,
    Report,
    Setting,
    Text,
)
from ssmlint_lsp.options import Options
from tests.ssmlint_lsp.test_diagnostics import PLAIN, TEMPLATE

#: A document with a finding that only a run shows, and one that is there at a glance.
FREEZES = TEMPLATE.replace("fsfreeze -u", "true").replace("dry-run) is_ready", "dry-run) $typo")


class Told(list[Report]):
    """What a session has told, and the session."""

    def __init__(self, folder: Path) -> None:
        self.session = Session(self.append)
        self.session.take(Setting("utf-16", (str(folder),), Options(), is_told=True))

    def check(self, *orders: Text | Closed) -> list[Checked]:
        """What is told of files when something has changed."""
        self.clear()
        for order in orders:
            self.session.take(order)
        self.session.take(Check(1))
        self.session.check()
        return [report for report in self if isinstance(report, Checked)]


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Told:
    """A session that takes every wait for a long one."""
    monkeypatch.setattr(session, "_NOTICED", -1.0)
    return Told(tmp_path)


def names(checked: Checked) -> set[str]:
    return {finding.name for finding in checked.findings}


def test_what_shows_at_a_glance_is_told_before_what_takes_a_run(told: Told) -> None:
    early, complete = told.check(Text("/a.yaml", 1, FREEZES))
    assert (early.is_complete, complete.is_complete) == (False, True)
    assert "undefined-variable" in names(early) < names(complete)


def test_what_is_told_early_names_its_fixes_and_has_no_edits_yet(told: Told) -> None:
    loop = "cat /etc/mounts | while read m; do fsfreeze -f $m; done"
    early, complete = told.check(Text("/a.yaml", 1, FREEZES.replace("$typo", loop)))
    sketched = {f.name: f.remedy for f in early.findings if f.remedy is not None}
    whole = {f.name: f.remedy for f in complete.findings if f.remedy is not None}
    assert sketched.keys() == whole.keys() == {"unquoted-variable"}
    assert sketched["unquoted-variable"].title == whole["unquoted-variable"].title
    assert not sketched["unquoted-variable"].edits
    assert whole["unquoted-variable"].edits


def test_meanwhile_what_the_last_run_has_found_moves_with_its_text(told: Told) -> None:
    (_, before) = told.check(Text("/a.yaml", 1, FREEZES))
    early, complete = told.check(Text("/a.yaml", 2, "# one more line\n" + FREEZES))
    assert names(early) == names(before)
    places = {(f.name, f.range, len(f.spots)) for f in complete.findings}
    assert {(f.name, f.range, len(f.spots)) for f in early.findings} == places
    assert {f.range[0] for f in complete.findings} == {f.range[0] + 1 for f in before.findings}


def test_what_the_edit_goes_through_is_gone_until_it_is_found_again(told: Told) -> None:
    (_, before) = told.check(Text("/a.yaml", 1, FREEZES))
    slow = next(f for f in before.findings if f.spots and f.name != "undefined-variable")
    start, end = slow.span
    middle = (start + end) // 2
    edited = f"{FREEZES[:middle]}  {FREEZES[middle:]}"
    early, _ = told.check(Text("/a.yaml", 2, edited))
    assert slow.name in names(before)
    assert (slow.name, slow.message) not in {(f.name, f.message) for f in early.findings}


def test_what_has_not_changed_is_not_checked_again(told: Told) -> None:
    told.check(Text("/a.yaml", 1, PLAIN))
    assert told.check() == []
    assert [c.path for c in told.check(Text("/b.yaml", 1, PLAIN))][-1] == "/b.yaml"


def test_what_is_none_of_our_business_is_not_even_parsed(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "parse", None)
    assert told.check(Text("/chart.yaml", 1, "a: 1\n" * 100_000)) == [
        Checked("/chart.yaml", 1, is_ours=False)
    ]


def test_what_was_interrupted_is_checked_the_next_time(told: Told) -> None:
    told.session.take(Text("/a.yaml", 1, FREEZES))
    with pytest.raises(Interrupted), interruptible(lambda: True):
        told.session.check()
    assert told.check()[-1].is_complete


def test_the_names_of_documents_are_told_once(told: Told, tmp_path: Path) -> None:
    (tmp_path / "database.yaml").write_text(TEMPLATE, "utf-8")
    told.check(Text("/elsewhere/other.yaml", 1, PLAIN))
    places = (("database", str(tmp_path / "database.yaml")), ("other", "/elsewhere/other.yaml"))
    assert [r.places for r in told if isinstance(r, Documents)] == [places]
    told.check(Text("/elsewhere/other.yaml", 2, PLAIN + "\n"))
    assert [r for r in told if isinstance(r, Documents)] == []
    told.check(Closed("/elsewhere/other.yaml"))
    assert [r.places for r in told if isinstance(r, Documents)] == [places[:1]]


@pytest.mark.parametrize(
    ("order", "why"),
    [
        (Mend(1, "/a.yaml", 1, How.SUPPRESS), "has changed meanwhile"),
        (Mend(1, "/b.yaml", 2, How.SUPPRESS), "has changed meanwhile"),
        (Mend(1, "/a.yaml", 2, How.SUPPRESS, 99), "not there any more"),
        (Mend(1, "/a.yaml", 2, How.ALL), "nothing that can be fixed"),
    ],
)
def test_what_cannot_be_mended_is_refused_in_words(told: Told, order: Mend, why: str) -> None:
    told.check(Text("/a.yaml", 2, PLAIN))
    answer = told.session.mend(order)
    assert answer.edits == ()
    assert why in answer.refusal


def test_a_comment_is_the_edit_that_suppresses(told: Told) -> None:
    told.check(Text("/a.yaml", 1, PLAIN))
    answer = told.session.mend(Mend(7, "/a.yaml", 1, How.SUPPRESS))
    assert isinstance(answer, Mended)
    ((_, text),) = answer.edits
    assert text.strip() == "# ssmlint: ignore[undefined-variable]"


def test_the_process_that_checks_does_not_load_the_protocol() -> None:
    """Its libraries take longer to import than all of the engine."""
    program = "import sys, ssmlint_lsp.checking.loop; print(*sys.modules)"
    command = (sys.executable, "-c", program)
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert "ssmlint.engine" in loaded
    assert not {"lsprotocol", "pygls", "cattrs"} & set(loaded)
