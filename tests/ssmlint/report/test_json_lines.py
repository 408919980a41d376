"""One JSON object per finding."""

from __future__ import annotations

import json

from tests.ssmlint.report.making import printed, rendered, sample


def test_each_line_is_a_finding_of_the_json_format() -> None:
    lines = rendered(*sample(), as_="json-lines").splitlines()
    assert [json.loads(line) for line in lines] == json.loads(rendered(*sample(), as_="json"))[
        "findings"
    ]


def test_nothing_found() -> None:
    assert printed(as_="json-lines") == ""
