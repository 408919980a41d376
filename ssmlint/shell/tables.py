"""The packaged tables `commands.toml` and `effects.toml`, read once."""

from __future__ import annotations

import functools
import pkgutil
import sys
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib  # type: ignore[import-not-found, unused-ignore]


@functools.cache
def load(name: str) -> dict[str, Any]:
    """The packaged table `name`; callers must not change what they get.

    Raises FileNotFoundError when the package lacks it.
    """
    data = pkgutil.get_data("ssmlint.shell", name)
    if data is None:
        raise FileNotFoundError(name)
    table: dict[str, Any] = tomllib.loads(data.decode("utf-8"))
    return table
