"""The packaged tables `commands.toml` and `effects.toml`, read once."""

from __future__ import annotations

import functools
import pkgutil
from typing import Any

from ssmlint import toml


@functools.cache
def load(name: str) -> dict[str, Any]:
    """The packaged table `name`; callers must not change what they get.

    Raises FileNotFoundError when the package lacks it.
    """
    data = pkgutil.get_data("ssmlint.shell", name)
    if data is None:
        raise FileNotFoundError(name)
    return toml.loads(data.decode("utf-8"))
