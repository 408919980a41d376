"""The templates obey every rule, the opt-in ones included."""

from __future__ import annotations

import pytest

from ssmlint.engine import check
from ssmlint.files import read
from ssmlint.packs import all_rules
from ssmlint.settings import Settings
from ssmlint.shell.stage_runs import stage_report
from ssmlint.source import Source
from tests.templates.host import TEMPLATES

every_template = pytest.mark.parametrize(
    "source",
    [Source(path.name, path.read_text()) for path in sorted(TEMPLATES.glob("*.yaml"))],
    ids=lambda source: source.path,
)


@every_template
def test_no_rule_has_anything_to_say(source: Source) -> None:
    assert check(source, Settings(), all_rules()) == []


@every_template
def test_that_silence_means_something(source: Source) -> None:
    (document,) = read(source).documents
    report = stage_report(document)
    assert report is not None
    assert report.complete
    assert all(end.held for end in report.pre.successes)
