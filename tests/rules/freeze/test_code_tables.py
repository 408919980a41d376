"""Tables of exit codes in comments."""

from __future__ import annotations

import pytest

from tests.rules.freeze.dlm import said, stages

CODES = stages("fsfreeze -f /data || exit 201", "fsfreeze -u /data || exit 202")


@pytest.mark.parametrize(
    "table",
    [
        "# 201 pre-script has failed\n# 202 post-script has failed\n# 203 thawed by itself\n",
        "#   201  pre-script has failed\n#   202  post-script\n#   203  thawed by itself\n",
        "# 201 = pre-script has failed\n# 202 = post-script\n# 203 = thawed by itself\n",
    ],
)
def test_a_row_needs_no_dash(table: str) -> None:
    (message,) = said("exit-code-never-used", table + CODES)
    assert message.startswith("no path of the script ends with 203")


@pytest.mark.parametrize(
    "comments",
    [
        "# 201 pre-script has failed\n# 203 thawed by itself\n",
        "# 200 GB are needed\n\n# 201 is what pre-script gives\n\n# 203 comes later\n",
        "# 201 pre-script\n# (nothing is frozen)\n# 202 post-script\n# (or less)\n# 203 thawed\n",
    ],
)
def test_numbers_in_prose_are_no_table(comments: str) -> None:
    assert said("exit-code-never-used", comments + CODES) == []
