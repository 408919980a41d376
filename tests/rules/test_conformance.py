"""What the agent and the service take is clean of errors, what they refuse is reported."""

from __future__ import annotations

import pytest

from ssmlint.engine import check
from ssmlint.rule import Severity
from ssmlint.settings import DEFAULTS
from ssmlint.source import Source
from tests.rules.conformance import CASES, Case


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_documents(case: Case) -> None:
    found = check(Source(case.path, case.text), DEFAULTS)
    grave = Severity.WARNING if case.stub else Severity.ERROR
    errors = {f.rule.name for f in found if f.severity is grave}
    said = [finding.message for finding in found]
    assert errors == set() if case.refused_by is None else case.refused_by in errors, said


def test_cases_are_told_apart() -> None:
    assert len({case.name for case in CASES}) == len(CASES)
