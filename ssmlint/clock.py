"""What time it is: the one thing in a run that does not come from its input."""

from __future__ import annotations

import os
from datetime import datetime, timezone

_looks = 0


def looks() -> int:
    """How often this process has asked what time it is.

    What was made without a look at the clock is as good on any other day.
    """
    return _looks


def now() -> datetime:
    """The present, in UTC and whole seconds.

    `SOURCE_DATE_EPOCH` (seconds since 1970, see reproducible-builds.org) stands in for it
    where set, so that the same input can give the same output on any day.
    """
    global _looks
    _looks += 1
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    if fixed.isascii() and fixed.isdigit() and len(fixed) < 12:
        return datetime.fromtimestamp(int(fixed), timezone.utc)
    return datetime.now(timezone.utc).replace(microsecond=0)
