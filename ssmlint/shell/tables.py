"""The packaged tables `commands.toml` and `effects.toml`, read once."""

from __future__ import annotations

import functools
import sys
from importlib import resources
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib  # type: ignore[import-not-found, unused-ignore]


@functools.cache
def load(name: str) -> dict[str, Any]:
    """The packaged table `name`; callers must not change what they get."""
    text = resources.files("ssmlint.shell").joinpath(name).read_text(encoding="utf-8")
    table: dict[str, Any] = tomllib.loads(text)
    return table
