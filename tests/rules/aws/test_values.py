"""Values that a reply can have, and those that a runbook waits for."""

from __future__ import annotations

import pytest

from tests.rules.asking import messages


@pytest.mark.parametrize(
    ("desired", "said"),
    [
        ("[running, Stopped]", []),
        ("[runing]", ["`runing`"]),
        ("[available, running]", ["`available`"]),
        ("['{{ State }}', 16, true]", []),
        ("'{{ States }}'", []),
    ],
)
def test_values_that_never_come(desired: str, said: list[str]) -> None:
    step = (
        "  - name: wait\n    action: aws:waitForAwsResourceProperty\n    inputs:\n"
        "      Service: ec2\n      Api: DescribeInstances\n"
        "      PropertySelector: $.Reservations[0].Instances[0].State.Name\n"
        f"      DesiredValues: {desired}\n"
    )
    found = messages("impossible-desired-value", f"schemaVersion: '0.3'\nmainSteps:\n{step}")
    assert [message.split()[4].rstrip(";") for message in found] == said
