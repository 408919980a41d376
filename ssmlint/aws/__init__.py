"""What the AWS API is: services, operations, and what these take and give back.

botocore's service models say so, where botocore is installed (`pip install 'ssmlint[aws]'`);
they are read when a document calls an operation, and not before.
"""

from __future__ import annotations

import functools
import os


@functools.cache
def data_folder() -> str | None:
    """The folder of botocore's models, None where botocore is not installed.

    botocore itself is not imported: that takes longer than everything else that we do.
    """
    from importlib.util import find_spec  # not at the top: most runs call no API

    try:
        spec = find_spec("botocore")
    except (ImportError, ValueError):
        return None
    for place in (spec.submodule_search_locations or ()) if spec is not None else ():
        folder = os.path.join(place, "data")
        if os.path.isdir(folder):
            return folder
    return None


def missing() -> str | None:
    """What to tell the user where a document calls the AWS API and botocore is not there."""
    if data_folder() is not None:
        return None
    return (
        "botocore is not installed, so no call of the AWS API was checked:"
        " pip install 'ssmlint[aws]'"
    )
