"""What shellcheck says is asked of shellcheck itself."""

from __future__ import annotations

import pytest

from tests.programs import require_program


@pytest.fixture(autouse=True)
def installed() -> str:
    return require_program("shellcheck", package="shellcheck")
