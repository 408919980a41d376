"""What every test starts from: an environment that does not depend on who runs it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

# A machine that is busy is no reason for a test to fail.
settings.register_profile("ssmlint", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ssmlint")


@pytest.fixture(autouse=True)
def scrubbed_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "SSMLINT_CACHE_DIR", "SSMLINT_JOBS"):
        monkeypatch.delenv(name, raising=False)
    # What one test finds is no other test's business; the tests of the cache have their own.
    monkeypatch.setenv("SSMLINT_NO_CACHE", "1")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests have measured (`record_property("summary", ...)`), workers included."""
    reports = terminalreporter.getreports("passed") + terminalreporter.getreports("failed")
    lines = [
        str(value)
        for report in reports
        if getattr(report, "when", "") == "call"
        for name, value in report.user_properties
        if name == "summary"
    ]
    if lines:
        terminalreporter.section("measured")
        for line in sorted(lines):
            terminalreporter.line(line)
